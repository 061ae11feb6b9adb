// What a page that tracks costs before anything happens: the bytes it fetched, and its main thread's time until it rests.
import { brotliBytes } from "../../scripts/shared/brotli.mjs";
import { median } from "../support/rounds.mjs";
import { inRounds, once, withTrackers } from "../support/visits.mjs";
import { nothing } from "../trackers/nothing.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 7;
const EVENT_MS = 1500;

const measured = once(() => withTrackers([...TRACKERS, nothing], async (world) => {
  const subjects = [...TRACKERS, nothing];
  const visits = Object.fromEntries(subjects.map(({ name }) => [name, []]));
  await inRounds(subjects, ROUNDS, async (tracker) => {
    world.sites.served.length = 0;
    visits[tracker.name].push(await world.visit(tracker, (page, clock) => started(page, clock, world.sites), clockOf));
  });
  return visits;
}));

// It counts from when it is enabled: before the page is loaded.
async function clockOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

async function started(page, clock, sites) {
  const { metrics } = await clock.send("Performance.getMetrics");
  const ms = (metric) => metrics.find(({ name }) => name === metric).value * 1000;
  // What is loaded for the first event counts as well.
  await page.evaluate(() => window.tracker.track("Plan Chosen", { plan: "crew" }));
  await page.waitForTimeout(EVENT_MS);
  const files = sites.served.filter(({ path }) => /\.(js|wasm)$/.test(path));
  return { thread: ms("TaskDuration"), script: ms("ScriptDuration"), bytes: files.reduce((sum, { contents }) => sum + delivered(contents), 0) };
}

const sizes = new Map();
const delivered = (file) => sizes.get(file.length) ?? sizes.set(file.length, brotliBytes(file)).get(file.length);

const figures = async (figure) => {
  const visits = await measured();
  return Object.fromEntries(Object.keys(visits).map((name) => [name, median(visits[name].map((visit) => visit[figure]))]));
};

/** Of each product, beyond a page without any: bytes after brotli 11, or ms of the main thread, or of its scripts. */
export const trackStart = (figure) => async () => {
  const { [nothing.name]: floor, ...found } = await figures(figure);
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value - floor]));
};
