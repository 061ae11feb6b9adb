// What a page that tracks costs before anything happens: the bytes it fetched, and the work of its main thread until it rests.
import { brotliBytes } from "../../scripts/shared/brotli.mjs";
import { median } from "../support/rounds.mjs";
import { once, rounds, withTrackers } from "../support/visits.mjs";
import { nothing } from "../trackers/nothing.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 5;
const EVENT_MS = 1500;

const measured = once(() => withTrackers([...TRACKERS, nothing], (world) =>
  rounds(world, [...TRACKERS, nothing], ROUNDS, (page, _, clock) => started(page, clock, world.sites), (page) => clockOf(page, world.sites))));

// It is there before the page is loaded, and follows it into its process.
async function clockOf(page, sites) {
  sites.served.length = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

async function started(page, clock, sites) {
  const { metrics } = await clock.send("Performance.getMetrics");
  const thread = metrics.find(({ name }) => name === "ThreadTime").value * 1000;
  // What is loaded for the first event counts as well.
  await page.evaluate(() => window.tracker.track("Plan Chosen", { plan: "crew" }));
  await page.waitForTimeout(EVENT_MS);
  const files = sites.served.filter(({ path }) => /\.(js|wasm)$/.test(path));
  return { thread, bytes: files.reduce((sum, { path, contents }) => sum + delivered(path, contents), 0) };
}

const sizes = new Map();
const delivered = (path, contents) => sizes.get(path) ?? sizes.set(path, brotliBytes(contents)).get(path);


/** Of each product, beyond a page without any: bytes after brotli 11, or ms of the main thread: the median of the rounds. */
export const trackStart = (figure) => async () => {
  const visits = await measured();
  const found = ({ name }) => median(visits[name].map((visit) => visit[figure]));
  return Object.fromEntries(TRACKERS.map((tracker) => [tracker.name, found(tracker) - found(nothing)]));
};
