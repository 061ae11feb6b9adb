// The books of a test: what was tracked, and that it arrived, each event once.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { call, watched } from "./privateer.mjs";
import { until } from "./until.mjs";

const SILENCE_MS = 60_000; // of a page without locks that could not say goodbye

/** Tracks so many events called "Counted" in one go. Their places go on from `from`, so that several bursts stay apart. */
export const burst = (page, count = 20, { from = 0, bytes = 0 } = {}) => page.evaluate(
  async (first, end, filler) => {
    const privateer = await window.privateer;
    for (let place = first; place < end; place += 1) privateer.track("Counted", { place, ...(filler && { filler: "x".repeat(filler) }) });
    return true;
  },
  from,
  from + count,
  bytes,
);

/** The same, and in the same task the page goes to another address. */
export const burstAndGo = (page, path, count = 20, { from = 0, bytes = 0 } = {}) => page.evaluate(
  async (first, end, filler, address) => {
    const privateer = await window.privateer;
    setTimeout(() => {
      for (let place = first; place < end; place += 1) privateer.track("Counted", { place, ...(filler && { filler: "x".repeat(filler) }) });
      location.href = address;
    });
    return true;
  },
  from,
  from + count,
  bytes,
  path,
);

/** Waits until the page shows another address, and all of it. */
export const arrivedAt = (page, path) => until(
  () => page.evaluate((wanted) => location.pathname === wanted && document.readyState === "complete", path).catch(() => false),
  `the page is at ${path}`,
);

/**
 * Lets time pass in a page with clock.js, in steps: each may send something, and the answer is waited for, or the page would
 * think that it took as long as the next step.
 */
export async function passTime(page, ms, step) {
  for (let rest = ms; rest > 0; rest -= step) {
    await skip(page, Math.min(step, rest));
    await until(() => page.evaluate(() => window.underWay === 0), "every request is answered");
    await sleep(20);
  }
}

/** Lets time pass at once, also while something is under way. */
export async function skip(page, ms) {
  await page.evaluate((time) => window.passTime(time), ms);
  await sleep(20);
}

/**
 * Every event from 0 to `count` was collected, under one id each; nothing was written twice, unless `copies` allows it;
 * page views are as many as pages that were opened. Waits for the last one, and then a moment for what should not come.
 * @param {object} expected
 * @param {number} [expected.pages] page views
 * @param {boolean} [expected.copies] whether the matrix allows a second copy on the wire
 * @param {number} [expected.patience] how long the last event may take, in milliseconds
 */
export async function complete(site, count, { pages, copies = false, patience = 15_000 } = {}) {
  // The number is known without reading what was written.
  const all = async () => site.collector.store.size >= count && missing(await site.events(), count).length === 0;
  await until(all, "every event was collected", patience).catch(async () => {
    const lost = missing(await site.events(), count);
    assert.fail(`Lost ${lost.length} of ${count} events after ${patience / 1000} s: ${lost.slice(0, 30)}`);
  });
  if (pages !== undefined) await until(async () => views(await site.events()) >= pages, `${pages} page views were collected`, patience);
  await quiet(site);
  const events = await site.events();
  none(doubled(events), "recorded under more than one id");
  if (pages !== undefined) assert.equal(views(events), pages, "page views");
  if (!copies) none(copied(site), "written more than once");
}

/** Waits until the views of these pages have arrived, and the pages have heard the answer: what comes then is the test's. */
export async function viewed(site, ...pages) {
  await until(async () => views(await site.events()) >= pages.length, `${pages.length} page views were collected`);
  for (const page of pages) await until(async () => (await call(page, "status")).queued === 0, "the page has heard of it");
}

/**
 * Closes tabs and waits until their pages are gone: drivers say so somewhat earlier (measured: Firefox's by 7 ms, in one of thirty
 * cases), and the last word of a page that is still there would be of a time that the test takes for later.
 * @param {object[]} tabs some of the visitor's
 * @param {number} [others] how many tabs with Privateer stay
 */
export async function closed(site, visitor, tabs, others = 0) {
  await Promise.all(tabs.map((tab) => tab.close()));
  const beside = await visitor.open(`${site.url}/plain`);
  await until(async () => (await beside.evaluate(present)) <= others, "the pages are gone", SILENCE_MS + 15_000);
  await beside.close();
}

// How many pages say that they are there: they hold locks, or note it now and then where there are none.
async function present() {
  const isHeard = (key) => key.startsWith("privateer.alive.") && Date.now() - localStorage[key] < 60_000;
  if (!navigator.locks) return Object.keys(localStorage).filter(isHeard).length;
  const { held } = await navigator.locks.query();
  return new Set(held.filter(({ name }) => name.startsWith("privateer.")).map(({ clientId }) => clientId)).size;
}

/** Nothing waits in this page any more, nothing was given up, and the page never saw an exception of ours. */
export async function settled(page, { dropped = 0 } = {}) {
  const status = await until(async () => {
    const now = await call(page, "status");
    return now.queued === 0 && now;
  }, "nothing waits any more");
  assert.equal(status.dropped, dropped, "dropped");
  assert.deepEqual((await watched(page)).uncaught, []);
}

/** Waits until nothing has come for a while from now on. */
export function quiet(site, ms = 800) {
  const begun = Date.now();
  const last = () => Math.max(begun, ...site.arrivals.map(({ at }) => at));
  return until(() => Date.now() - last() >= ms, "the collector is left in peace");
}

/** Events that the collector wrote more than once, as a page that sends them again makes it do: a name and a place each. */
function copied(site) {
  const names = new Map();
  const seen = new Set();
  const again = new Set();
  for (const { messages, written } of site.arrivals) {
    for (const { messageId, event, type, properties } of messages) names.set(messageId, `${event ?? type} ${properties?.place ?? ""}`.trim());
    for (const id of written) (seen.has(id) ? again : seen).add(id);
  }
  return [...again].map((id) => names.get(id));
}

function none(events, what) {
  assert.ok(events.length === 0, `${events.length} events were ${what}: ${events.slice(0, 30).join(", ")}`);
}

export const counted = (events) => events.filter(({ event }) => event === "Counted");

const views = (events) => events.filter(({ type }) => type === "page").length;

function missing(events, count) {
  const there = new Set(counted(events).map(({ properties }) => properties.place));
  return Array.from({ length: count }, (_, place) => place).filter((place) => !there.has(place));
}

function doubled(events) {
  const places = counted(events).map(({ properties }) => properties.place);
  return places.filter((place, index) => places.indexOf(place) !== index);
}
