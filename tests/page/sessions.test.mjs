// When a visit ends and another one begins: when the page says so, at another campaign, at midnight somewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { skip } from "./support/ledger.mjs";
import { call, named, started } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";
import { until } from "./support/until.mjs";

const tracking = (section) => ({ site: (definition) => Object.assign(definition.tracking, section) });
const sessionOf = ({ context }) => context.sessionId;
const sessionNow = async (page) => (await call(page, "identity")).sessionId;

test("the page begins a session: another id, the same tab, the first event of it, and nothing of the campaign", async (t) => {
  const site = await startQuick(t);
  const page = await site.open("/?utm_source=newsletter");
  await call(page, "track", "Before");
  const before = await call(page, "identity");
  await call(page, "newSession");
  const after = await call(page, "identity");
  for (const name of ["First", "Second"]) await call(page, "track", name);
  await call(page, "flush");
  const events = await site.events();
  const [earlier, first, second] = ["Before", "First", "Second"].map((name) => named(events, name)[0]);
  assert.notEqual(after.sessionId, before.sessionId);
  assert.deepEqual([earlier, first, second].map(sessionOf), [before.sessionId, after.sessionId, after.sessionId]);
  assert.deepEqual([earlier, first, second].map(({ context }) => context.sessionEvent), [2, 1, 2]);
  assert.deepEqual([earlier, first].map(({ context }) => context.campaign), [{ source: "newsletter" }, undefined]);
  assert.deepEqual([after.windowId, after.anonymousId], [before.windowId, before.anonymousId]);
});

test("a session that the page began goes on with the next page", async (t) => {
  const site = await startQuick(t);
  const page = await site.open();
  await call(page, "newSession");
  const session = await sessionNow(page);
  await page.goto(`${site.url}/next`);
  assert.equal(await sessionNow(page), session);
});

const LANDINGS = ["/?utm_source=a", "/next", "/?utm_source=a", "/?utm_source=b", "/?utm_source=b&gclid=click-4711", "/next"];

/** The sessions of pages that follow each other, as numbers, and the campaigns that their views tell. */
async function landings(site) {
  const page = await site.open(LANDINGS[0]);
  await started(page);
  for (const path of LANDINGS.slice(1)) {
    await page.goto(site.url + path);
    await started(page);
  }
  const views = await until(async () => {
    const all = named(await site.events(), "page");
    return all.length === LANDINGS.length && all;
  }, "every page view was collected");
  views.sort((one, other) => one.messageId.localeCompare(other.messageId)); // ids sort by time
  const ids = [...new Set(views.map(sessionOf))];
  return { sessions: views.map((view) => ids.indexOf(sessionOf(view))), campaigns: views.map(({ context }) => context.campaign) };
}

const CAMPAIGNS = [{ source: "a" }, { source: "a" }, { source: "a" }, { source: "b" }, { source: "b", gclid: "click-4711" }, { source: "b", gclid: "click-4711" }];

test("where a site wants that, another campaign and another click begin a session, and the same one does not", async (t) => {
  const site = await startQuick(t, tracking({ session_on_campaign: true }));
  assert.deepEqual(await landings(site), { sessions: [0, 0, 0, 1, 2, 2], campaigns: CAMPAIGNS });
});

test("elsewhere the session goes on, and tells of the latest campaign", async (t) => {
  const site = await startQuick(t);
  assert.deepEqual(await landings(site), { sessions: [0, 0, 0, 0, 0, 0], campaigns: CAMPAIGNS });
});

// Twenty minutes pass from then on. By hand: Berlin is an hour ahead of UTC in winter and two in summer, Kolkata five and a half,
// St. John's three and a half behind in winter.
const MIDNIGHTS = [
  { zone: "Europe/Berlin", from: "2026-03-01T22:50:00Z", ends: true },
  { zone: "Europe/Berlin", from: "2026-07-01T21:50:00Z", ends: true },
  { zone: "Europe/Berlin", from: "2026-07-01T22:50:00Z", ends: false },
  { zone: "Asia/Kolkata", from: "2026-03-01T18:20:00Z", ends: true },
  { zone: "America/St_Johns", from: "2026-03-01T03:20:00Z", ends: true },
  { zone: "UTC", from: "2026-03-01T22:50:00Z", ends: false },
  { zone: undefined, from: "2026-03-01T23:50:00Z", ends: false },
];

for (const { zone, from, ends } of MIDNIGHTS) {
  test(`midnight ${zone ? `in ${zone}` : "nowhere"}, and the twenty minutes from ${from}: ${ends ? "two sessions" : "one"}`, async (t) => {
    const first = `shiftClock(${Date.parse(from)} - Date.now());`;
    const site = await startQuick(t, { ...tracking({ session_midnight: zone }), clock: true, first });
    const page = await site.open();
    await call(page, "track", "Before");
    const before = await sessionNow(page);
    await skip(page, 20 * 60_000);
    await call(page, "track", "After");
    await call(page, "flush");
    const events = await site.events();
    const [earlier, later] = ["Before", "After"].map((name) => sessionOf(named(events, name)[0]));
    assert.equal(earlier, before);
    assert.equal(later !== before, ends);
  });
}
