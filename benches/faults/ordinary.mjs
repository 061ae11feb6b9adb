// Faults that every site meets. Each says what the visitor lives through; the collector is well again when `happens` is over.
import { denyStorage, refuseWrites } from "./in_page.mjs";

const refused = (status, headers) => () => ({ status, headers, taken: false });

/** The page stays open; while the collector answers like this, 20 events are recorded. */
const while_ = (trouble, ms) => async (stage) => {
  const page = await stage.open();
  stage.collector.trouble = trouble;
  await stage.burst(page);
  await stage.sleep(ms);
  return page;
};

/** Nobody listens at the collector's address while events are recorded; what comes then happens before it is back. */
const whileDown = (then) => async (stage) => {
  const page = await stage.open();
  await stage.collector.down();
  await stage.burst(page);
  const left = await then(stage, page);
  await stage.collector.up();
  return left;
};

export const ORDINARY = [
  { name: "no fault", happens: while_(undefined, 0) },
  { name: "503 for 6 s", happens: while_(refused(503), 6000) },
  { name: "429 with Retry-After: 2", happens: while_(refused(429, { "Retry-After": "2" }), 4000) },
  { name: "refused 6 s while online", happens: whileDown((stage, page) => stage.sleep(6000).then(() => page)) },
  { name: "offline 5 s", async happens(stage) {
    const page = await stage.open();
    await stage.context.setOffline(true);
    await stage.burst(page);
    await stage.sleep(5000);
    await stage.context.setOffline(false);
    return page;
  } },
  { name: "navigation right after a burst", async happens(stage) {
    const page = await stage.open();
    await stage.burst(page, { away: stage.away });
    await page.waitForURL(stage.away);
    await stage.sleep(2000);
  } },
  { name: "tab closed right after a burst", async happens(stage) {
    const page = await stage.open();
    await stage.burst(page);
    await page.close();
    await stage.sleep(2000);
  } },
  { name: "tab closed while down", happens: whileDown(async (stage, page) => {
    await stage.sleep(2000);
    await page.close();
    await stage.sleep(500);
  }) },
  { name: "crash while down", happens: whileDown(async (stage, page) => {
    await stage.sleep(1000);
    await stage.crash(page);
  }) },
  { name: "no answer, then tab closed", async happens(stage) {
    const page = await stage.open();
    stage.collector.trouble = () => ({ hang: true, taken: false });
    await stage.burst(page);
    await stage.sleep(3000);
    await page.close();
    await stage.sleep(500);
  } },
  { name: "two tabs closed while down", async happens(stage) {
    const tabs = [await stage.open(), await stage.open()];
    await stage.collector.down();
    for (const [number, tab] of tabs.entries()) await stage.burst(tab, { first: number * 10, times: 10 });
    await stage.sleep(2000);
    for (const tab of tabs) await tab.close();
    await stage.sleep(500);
    await stage.collector.up();
  } },
  { name: "tab closed with 120 kB waiting", events: 60, async happens(stage) {
    const page = await stage.open();
    await stage.burst(page, { times: 60, size: 2000 });
    await page.close();
    await stage.sleep(2000);
  } },
  { name: "413 above 5 events", stays: true, happens: while_((events) => (events.length > 5 ? { status: 413, taken: false } : {}), 0) },
  { name: "every write exceeds the quota", async happens(stage) {
    await stage.before(refuseWrites);
    return while_(undefined, 0)(stage);
  } },
  { name: "storage denied", async happens(stage) {
    await stage.before(denyStorage);
    return while_(undefined, 0)(stage);
  } },
  { name: "three answers lost", stays: true, happens: (stage) => {
    let lost = 0;
    return while_(() => ({ cut: (lost += 1) <= 3 }), 0)(stage);
  } },
];
