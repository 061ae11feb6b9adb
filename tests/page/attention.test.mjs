// How long a page was looked at: of several tabs the one in front, of several windows the one with the focus, and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { skip } from "./support/ledger.mjs";
import { named, started } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";
import { until } from "./support/until.mjs";

// No driver has a desktop, so a page is told where it stands there, in the words of a browser.
const DESKTOP = `
  let stands = { visible: true, focused: true };
  Object.defineProperty(document, "visibilityState", { get: () => (stands.visible ? "visible" : "hidden") });
  Object.defineProperty(document, "hidden", { get: () => !stands.visible });
  document.hasFocus = () => stands.focused;
  window.stand = (now) => {
    const before = stands;
    stands = now;
    if (now.focused !== before.focused) dispatchEvent(new Event(now.focused ? "focus" : "blur"));
    if (now.visible !== before.visible) document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };`;

const stand = (page, visible, focused) => page.evaluate((now) => window.stand(now), { visible, focused });
const front = (page) => stand(page, true, true);
const hidden = (page) => stand(page, false, false);
const beside = (page) => stand(page, true, false);

/** Lets time pass in a page, and waits for it: a browser gives tabs in the background little of its own. */
async function pass(page, ms) {
  const from = await page.evaluate(() => Date.now());
  await skip(page, ms);
  await until(() => page.evaluate((end) => Date.now() >= end, from + ms), "the time has passed");
}

/** A visitor with two tabs, of whom the second has just come to the front; `aside` is what the first one is then. */
async function openTwo(t, aside) {
  const begun = Date.now();
  const site = await startQuick(t, { clock: true, first: DESKTOP, site: ({ tracking }) => { tracking.engagement = true; } });
  const visitor = await site.visitor();
  const one = await visitor.open(`${site.url}/`);
  await started(one);
  await pass(one, 10_000);
  await aside(one);
  const other = await visitor.open(`${site.url}/next`);
  await started(other);
  return { site, begun, one, other, pass: (ms) => Promise.all([one, other].map((tab) => pass(tab, ms))) };
}

/** The second in front, then the first, then neither: each of the two is put `aside` in its turn. */
async function takeTurns({ one, other, pass }, aside) {
  await pass(20_000);
  await aside(other);
  await front(one);
  await pass(5_000);
  await aside(one);
  await pass(60_000);
}

/** Leaves both, and compares what was told of each address with the time that passed there. Moments are lost and gained by the test. */
async function compare({ site, begun, one, other }, expected) {
  for (const tab of [one, other]) await tab.leave();
  const told = (events, path) => named(events, "Page Engaged")
    .filter(({ context }) => context.page.path === path)
    .reduce((sum, { properties }) => sum + properties.engaged_time_msec, 0);
  const totals = await until(async () => {
    const events = await site.events();
    const now = ["/", "/next"].map((path) => told(events, path));
    return now.every((ms, place) => ms >= expected[place]) && now;
  }, "all of the time was told");
  const surplus = totals[0] + totals[1] - expected[0] - expected[1];
  assert.ok(surplus <= Date.now() - begun, `${totals.join(" and ")} ms, where ${expected.join(" and ")} passed, and the test took ${Date.now() - begun}`);
}

test("of two tabs the one in front counts, and the time of both is no longer than the visitor's", async (t) => {
  const two = await openTwo(t, hidden);
  await takeTurns(two, hidden); // in the end a third tab is in front, of another site
  await front(two.other);
  await two.pass(1_000);
  await compare(two, [15_000, 21_000]);
});

test("of two windows side by side the one with the focus counts, and neither while another program has it", async (t) => {
  const two = await openTwo(t, beside);
  await takeTurns(two, beside);
  await compare(two, [15_000, 20_000]);
});

test("a page that was only ever behind another one was not looked at", async (t) => {
  const two = await openTwo(t, hidden);
  await hidden(two.other);
  await two.pass(60_000);
  await compare(two, [10_000, 0]);
});
