// Visits of pages that track, each in a fresh browser context: nobody's storage, cache or connection serves another.
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { findBrowser, howToGet } from "../../scripts/setup/browsers.mjs";
import { Stop } from "../../scripts/shared/stop.mjs";
import { startCollector } from "../collector/collector.mjs";
import { provedSame } from "./proofs.mjs";
import { TRACKS, startSites } from "./sites.mjs";

// Some products ignore browsers that say they are driven; and nobody is to reach the network.
export const ARGUMENTS = [
  "--disable-background-networking", "--disable-blink-features=AutomationControlled", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
export const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const SETTLED_MS = 1500;
const LONGEST_MS = 30_000;

export function chromiumProgram() {
  const found = findBrowser("chromium");
  if (!found) throw new Stop("There is no Chromium to measure in.", howToGet("chromium"));
  return found.program;
}

/** Gives `work` a world of one browser, one collector and a page for each tracker; all of it stops afterwards. */
export async function withTrackers(trackers, work, page = {}) {
  const collector = await startCollector();
  const sites = await startSites(trackers, collector.url, page);
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: ARGUMENTS });
  try {
    return await work({ browser, collector, sites, visit: (...turn) => visit({ browser, collector, sites }, ...turn) });
  } finally {
    await browser.close();
    await sites.stop();
    await collector.stop();
  }
}

/** One visit: `before(page)` on the blank page; the tracker's page is loaded and comes to rest; then `task(page, what before gave)`. */
async function visit({ browser, collector, sites }, tracker, task, before = () => {}) {
  collector.reset();
  const context = await browser.newContext({ userAgent: USER_AGENT });
  try {
    const page = await context.newPage();
    const given = await before(page);
    // The page says so itself: asking it would be a long task of its own.
    const tracks = page.waitForEvent("console", (message) => message.text() === TRACKS);
    await page.goto(sites.addressOf(tracker));
    await tracks;
    await sleep(SETTLED_MS);
    return await task(page, given);
  } finally {
    await context.close();
  }
}

/** Waits until all of these events arrived; says who lost some. */
export async function allArrived(collector, page, name, ids) {
  await page.evaluate("window.tracker.flush()");
  const end = Date.now() + LONGEST_MS;
  const missing = () => ids.filter((id) => !collector.arrived.has(id));
  while (missing().length > 0 && Date.now() < end) await page.waitForTimeout(50);
  if (missing().length > 0) throw new Error(`${name} delivered ${ids.length - missing().length} of ${ids.length} events.`);
}

/** What each subject's visits gave, by its name. Every subject has its turn in every round, and nobody is always the first. */
export async function rounds({ visit }, subjects, times, task, before) {
  const given = Object.fromEntries(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < times; round += 1) {
    for (let place = 0; place < subjects.length; place += 1) {
      const tracker = subjects[(place + round) % subjects.length];
      given[tracker.name].push(await visit(tracker, (page, prepared) => task(page, tracker, prepared), before));
    }
  }
  return given;
}

/** Every tracker delivered the same events in every visit; a visit says which in `arrived`. */
export const provedDelivered = (visits, trackers) =>
  provedSame(Object.fromEntries(trackers.map(({ name }) => [name, visits[name].flatMap(({ arrived }) => arrived)])));

/** `work` is done once, however many rows are read from it. */
export function once(work) {
  let doing;
  return () => (doing ??= work());
}
