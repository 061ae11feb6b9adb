// Faults 31 and 32: the visitor's clock is wrong or set anew, and a network that is slow and fails half the time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { byChance } from "../../../scripts/serve/faults.mjs";
import { burst, complete, counted, settled, viewed } from "../support/ledger.mjs";
import { started } from "../support/privateer.mjs";
import { startQuick } from "../support/remote.mjs";

const HOUR = 3_600_000;
const CLOCKS = { "two hours ahead": 2 * HOUR, "two hours behind": -2 * HOUR, "two days ahead": 48 * HOUR, "two days behind": -48 * HOUR };
const EXACT_MS = 50;

for (const [how, ms] of Object.entries(CLOCKS)) {
  test(`31: the clock is ${how} all along: the collector can tell the true times`, async (t) => {
    const site = await startQuick(t, { clock: true, first: `shiftClock(${ms});` });
    const page = await site.open();
    const from = Date.now();
    await burst(page);
    const to = Date.now();
    await complete(site, 20, { pages: 1 });
    trueTimes(await site.events(), ms, from, to);
    await settled(page);
  });

  test(`31: the clock is set, and then is ${how}, while events wait: delivered soon`, async (t) => {
    const site = await startQuick(t, { clock: true });
    const page = await site.open();
    await viewed(site, page);
    site.faults.always({ kind: "refuse" });
    const from = Date.now();
    await burst(page, 10);
    await sleep(1_500);
    await page.evaluate((by) => window.shiftClock(by), ms);
    await burst(page, 10, { from: 10 });
    const to = Date.now();
    site.faults.clear();
    await complete(site, 20, { pages: 1 });
    await settled(page);
    // What was recorded by the clock before it was set is off by as much as it was set: no page can tell that from a sleep.
    trueTimes((await site.events()).filter(({ properties }) => properties.place >= 10), ms, from, to);
  });
}

for (const how of ["two days ahead", "two days behind"]) {
  test(`31: the clock is set, and then is ${how}, between two pages: delivered by the second`, async (t) => {
    const site = await startQuick(t, { clock: true, first: `if (location.pathname === "/next") shiftClock(${CLOCKS[how]});` });
    const page = await site.open();
    await started(page);
    site.faults.always({ kind: "refuse" });
    await burst(page);
    await sleep(500);
    await page.goto(`${site.url}/plain`);
    await sleep(500);
    site.faults.clear();
    await page.goto(`${site.url}/next`);
    await complete(site, 20, { pages: 2 });
    await settled(page);
  });
}

test("32: three seconds for every answer, half of them 503, and five pages meanwhile", async (t) => {
  const site = await startQuick(t);
  site.faults.where(byChance(0.5, 32), { kind: "respond", status: 503, afterMs: 3_000 });
  site.faults.always({ kind: "slow", afterMs: 3_000 });
  const page = await site.open();
  for (let visit = 0; visit < 5; visit += 1) {
    await burst(page, 4, { from: visit * 4 });
    await sleep(700);
    await page.goto(`${site.url}/${visit % 2 ? "" : "next"}`);
  }
  await complete(site, 20, { pages: 6, copies: true, patience: 90_000 });
  await settled(page);
});

/**
 * By Segment's rule a time is corrected by `receivedAt` - `sentAt`: right but for the way, if both times of the page are by its own
 * clock, which shows so much more than the collector's.
 */
function trueTimes(events, ms, from, to) {
  for (const { timestamp, sentAt, receivedAt, properties } of counted(events)) {
    const [happened, sent] = [timestamp, sentAt].map((time) => Date.parse(time) - ms);
    assert.ok(happened >= from - EXACT_MS && happened <= to + EXACT_MS, `${properties.place} happened at ${happened}, and it was ${from} to ${to}`);
    assert.ok(sent >= happened && sent <= Date.parse(receivedAt) + EXACT_MS, `${properties.place} was sent at ${sent}, and came at ${receivedAt}`);
  }
}
