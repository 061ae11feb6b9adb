// What brought a visitor: the first time and the last time are kept apart, and a visit that nobody brought changes neither.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";

const HOUR = 3_600_000; // longer than a session's pause

/** So many hours later somebody types this address. */
const comeLater = (hours, path) => ({ hours, path });

/** One visitor's visits, each in a tab of its own, and what they know of their touches after each. */
async function live(t, visits) {
  const site = await startQuick(t, { clock: true, first: `shiftClock(Number(new URLSearchParams(location.search).get("hours")) * ${HOUR});` });
  const visitor = await site.visitor();
  const known = [];
  let page;
  for (const { hours, path } of visits) {
    page = await visitor.open(`${site.url}${path}${path.includes("?") ? "&" : "?"}hours=${hours}`);
    const { firstTouch, lastTouch } = await call(page, "identity");
    known.push({ first: firstTouch, last: lastTouch });
    await page.goto(`${site.url}/plain`);
    await page.close();
  }
  return { site, visitor, known };
}

const brief = ({ first, last }) => [first, last].map((touch) => touch && [touch.campaign?.source ?? null, touch.channel]);

test("the first touch stays, the last one follows the campaigns, and a direct visit is no touch", async (t) => {
  const { known } = await live(t, [comeLater(0, "/?utm_source=a&utm_medium=email"), comeLater(24, "/next?utm_source=b&utm_medium=cpc"), comeLater(48, "/")]);
  const [a, b] = [["a", "Email"], ["b", "Paid Other"]];
  assert.deepEqual(known.map(brief), [[a, a], [a, b], [a, b]]);
  const [{ first }, { last }] = known;
  assert.deepEqual([known[2].first, known[2].last], [first, last], "with all that is told of them");
  assert.match(first.url, /\/\?utm_source=a/);
  assert.match(last.url, /\/next\?utm_source=b/);
  const apart = Date.parse(last.time) - Date.parse(first.time);
  assert.ok(apart >= 24 * HOUR && apart < 24.1 * HOUR, `${apart} ms`);
});

test("somebody whom nobody brought at first is brought by a campaign later", async (t) => {
  const { known } = await live(t, [comeLater(0, "/"), comeLater(24, "/?utm_source=a&utm_medium=email"), comeLater(48, "/next")]);
  const [direct, a] = [[null, "Direct"], ["a", "Email"]];
  assert.deepEqual(known.map(brief), [[direct, direct], [direct, a], [direct, a]]);
});

test("who says who they are says also what brought them first, and now", async (t) => {
  const { site, visitor, known } = await live(t, [comeLater(0, "/?utm_source=a"), comeLater(24, "/?utm_source=b")]);
  const page = await visitor.open(`${site.url}/?hours=25`);
  await started(page);
  await call(page, "identify", "robin");
  await call(page, "track", "Tried");
  await call(page, "flush");
  const events = await site.events();
  const [identify] = named(events, "identify");
  assert.deepEqual(identify.context.firstTouch, known[0].first);
  assert.equal(identify.context.campaign, undefined, "of this visit, which nobody brought");
  assert.equal(named(events, "Tried")[0].context.firstTouch, undefined, "others go without it");
});

test("ids of clicks are in a touch only with consent to marketing, and a no takes the touches away", async (t) => {
  const site = await startQuick(t, { site: (definition) => { definition.consent = { initial: { analytics: "granted", experiments: "granted", marketing: "denied" } }; } });
  const page = await site.open("/?gclid=click-4711&utm_source=a");
  const { firstTouch, lastTouch } = await call(page, "identity");
  assert.deepEqual([firstTouch.clicks, lastTouch.clicks, firstTouch.campaign], [undefined, undefined, { source: "a" }]);
  await call(page, "setConsent", { marketing: "granted" });
  assert.deepEqual((await call(page, "identity")).firstTouch.clicks, { gclid: "click-4711" });
  await call(page, "setConsent", { marketing: "denied" });
  const after = await call(page, "identity");
  assert.deepEqual([after.firstTouch, after.lastTouch], [null, null]);
});
