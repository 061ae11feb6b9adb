// Faults 20 to 22: several tabs of one visitor. Each owns what it recorded; what a dead one left, another one delivers, once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { burst, closed, complete, settled, viewed } from "../support/ledger.mjs";
import { call, started } from "../support/privateer.mjs";
import { startQuick } from "../support/remote.mjs";

const DOWN = { kind: "refuse" };
const BUSY_MS = 16_000; // longer than queues without locks wait before they think that a tab is dead

// Old browsers, and pages that are not secure, have no Web Locks.
const WITHOUT_LOCKS = `Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });`;
const LOCKS = { "with Web Locks": "", "without Web Locks": WITHOUT_LOCKS };

for (const [how, first] of Object.entries(LOCKS)) {
  test(`20: two tabs while the collector is down, both closed, ${how}`, async (t) => {
    const site = await startQuick(t, { first });
    const { visitor, tabs } = await openTabs(site, 2);
    site.faults.always(DOWN);
    for (const [place, tab] of tabs.entries()) await burst(tab, 20, { from: 20 * place });
    await sleep(1_500);
    await closed(site, visitor, tabs);
    site.faults.recover(); // what they send as their last word is still under way when they are gone
    const next = await visitor.open(`${site.url}/`);
    // Without locks nothing but a minute of silence says that a tab is gone that could not say goodbye: it has to be long enough for a busy one.
    await complete(site, 40, { pages: 3, patience: first ? 75_000 : 15_000 });
    await settled(next);
  });

  test(`21: the main thread of one tab is busy for 16 s, ${how}`, async (t) => {
    const site = await startQuick(t, { first });
    const { visitor, tabs: [busy] } = await openTabs(site, 1);
    site.faults.always(DOWN);
    await burst(busy);
    await sleep(1_500);
    await busy.evaluate((ms) => {
      setTimeout(() => {
        const end = performance.now() + ms;
        while (performance.now() < end);
      });
    }, BUSY_MS);
    site.faults.clear();
    const beside = await visitor.open(`${site.url}/`);
    await burst(beside, 20, { from: 20 });
    // First of all the busy one is asked: only when it is itself again, it could send what another one took.
    for (const tab of [busy, beside]) await settled(tab);
    await complete(site, 40, { pages: 2 });
  });

  test(`22: ten tabs deliver at once, ${how}`, async (t) => {
    const site = await startQuick(t, { first });
    const { tabs } = await openTabs(site, 10);
    site.faults.always(DOWN);
    await Promise.all(tabs.map((tab, place) => burst(tab, 20, { from: 20 * place })));
    await sleep(1_500);
    site.faults.clear();
    const statuses = await Promise.all(tabs.map((tab) => call(tab, "flush")));
    assert.deepEqual(statuses.map(({ dropped }) => dropped), Array(10).fill(0));
    await complete(site, 200, { pages: 10, patience: 20_000 });
    for (const tab of tabs) await settled(tab);
  });
}

test("22: nine of ten tabs are closed at once, and a new one delivers what they left", async (t) => {
  const site = await startQuick(t);
  const { visitor, tabs } = await openTabs(site, 10);
  site.faults.always(DOWN);
  await Promise.all(tabs.map((tab, place) => burst(tab, 20, { from: 20 * place })));
  await sleep(1_500);
  await closed(site, visitor, tabs.slice(1), 1);
  site.faults.recover();
  const next = await visitor.open(`${site.url}/`);
  await complete(site, 200, { pages: 11, patience: 20_000 });
  for (const tab of [tabs[0], next]) await settled(tab);
});

/** Tabs of one visitor whose page views have arrived, so that what comes then is the test's. */
async function openTabs(site, count) {
  const visitor = await site.visitor();
  const tabs = [];
  for (let place = 0; place < count; place += 1) tabs.push(await visitor.open(`${site.url}/`));
  for (const tab of tabs) await started(tab);
  await viewed(site, ...tabs);
  return { visitor, tabs };
}
