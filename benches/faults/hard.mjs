// Faults that few sites meet, and that break one product or another.
import { clearStorage, fillStorage, keepBusy, setClockBack, spoilStorage } from "./in_page.mjs";

const POISON = "event-5";
const FROZEN_MS = 16_000;

export const HARD = [
  { name: "1,500 events while down", events: 1500, async happens(stage) {
    const page = await stage.open();
    await stage.collector.down();
    await stage.burst(page, { times: 1500 });
    await stage.sleep(2000);
    await stage.collector.up();
    return page;
  } },
  { name: "400 to whatever holds event 5", stays: true, except: [POISON], async happens(stage) {
    const page = await stage.open();
    stage.collector.trouble = (events) => (events.some(({ properties }) => properties?.id === POISON) ? { status: 400, taken: false } : {});
    await stage.burst(page);
    return page;
  } },
  { name: "storage cleared while down", async happens(stage) {
    const page = await stage.open();
    await stage.collector.down();
    await stage.burst(page);
    await stage.sleep(500);
    await page.evaluate(clearStorage);
    await stage.sleep(1500);
    await stage.collector.up();
    return page;
  } },
  { name: "stored values spoilt", async happens(stage) {
    const page = await stage.open();
    await page.evaluate(spoilStorage);
    await stage.reload(page);
    await stage.burst(page);
    return page;
  } },
  { name: "clock set back 2 h while down", async happens(stage) {
    const page = await stage.open();
    await stage.collector.down();
    await stage.burst(page);
    await stage.sleep(500);
    await page.evaluate(setClockBack);
    await stage.before(setClockBack);
    await stage.sleep(1500);
    await stage.collector.up();
    return page;
  } },
  { name: "storage full, tab closed while down", async happens(stage) {
    const page = await stage.open();
    await page.evaluate(fillStorage);
    await stage.collector.down();
    await stage.burst(page);
    await stage.sleep(2000);
    await page.close();
    await stage.sleep(500);
    await stage.collector.up();
  } },
  { name: "tab frozen 16 s, another opens", async happens(stage) {
    const page = await stage.open();
    await stage.collector.down();
    await stage.burst(page);
    await stage.sleep(500);
    const busy = page.evaluate(keepBusy, FROZEN_MS);
    await stage.collector.up();
    await stage.open();
    await busy;
    await stage.sleep(3000);
    return page;
  } },
  { name: "answers take 3 s, four navigations", async happens(stage) {
    const page = await stage.open();
    stage.collector.trouble = () => ({ afterMs: 3000 });
    await stage.burst(page);
    for (let turn = 0; turn < 4; turn += 1) {
      await stage.sleep(500);
      await stage.reload(page);
    }
    return page;
  } },
  { name: "503 to every other request, by chance", async happens(stage) {
    const page = await stage.open();
    const chance = coin(20);
    stage.collector.trouble = () => (chance() ? { status: 503, taken: false } : {});
    await stage.burst(page);
    await stage.sleep(8000);
    return page;
  } },
];

/** The same throws every time: a multiplicative generator (Park and Miller, 1988). */
function coin(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) % 2 === 0;
}
