// What the visitor feels, on a processor slowed down four times: the longest task of the page's main thread while it loads and
// while it is used, and how long the page takes to show what a click did, beside the same page without a tracker.
import { median } from "../support/rounds.mjs";
import { MARK, recordTasks } from "../support/tasks.mjs";
import { once, rounds, withTrackers } from "../support/visits.mjs";
import { nothing } from "../trackers/nothing.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 5;
const SLOWER = 4;
const CLICKS = 40;
const SHORTEST_MS = 16; // what the browser reports of an interaction, at least
const BODY = `<button>Choose</button> <output>0</output>`;
const SUBJECTS = [...TRACKERS, nothing];

const measured = once(() => withTrackers(SUBJECTS, (world) =>
  rounds(world, SUBJECTS, ROUNDS, (page, _, recording) => felt(page, recording), (page) => slowed(world.browser, page)), { body: BODY }));

async function slowed(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return recordTasks(browser, page);
}

async function felt(page, recording) {
  await page.evaluate(prepared, [MARK, SHORTEST_MS]);
  for (let click = 0; click < CLICKS; click += 1) {
    await page.click("button");
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(1000);
  const durations = await page.evaluate(() => [...window.interactions.values()]);
  const { before, after } = await recording.stop();
  return { ...interactions(durations), loading: Math.max(...before), used: Math.max(...after) };
}

// A click changes what is shown, as a page's own code would; the tracker is told in the same handler.
function prepared([mark, shortest]) {
  performance.mark(mark);
  window.interactions = new Map();
  const note = ({ name, duration, interactionId }) => name === "click" && interactionId && window.interactions.set(interactionId, duration);
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "event", durationThreshold: shortest });
  let clicks = 0;
  document.querySelector("button").addEventListener("click", () => {
    clicks += 1;
    document.querySelector("output").textContent = String(clicks);
    window.tracker.track("Plan Chosen", { id: `click-${clicks}`, plan: "crew", seats: 12, trial: false, source: "pricing page" });
  });
}

// Of fewer than 50 interactions, the page's INP is the longest. The browser tells lengths in steps of 8 ms, so the mean of
// many tells smaller differences.
function interactions(durations) {
  const all = [...durations, ...Array(CLICKS - durations.length).fill(SHORTEST_MS)];
  return { inp: Math.max(...all), mean: all.reduce((sum, each) => sum + each, 0) / CLICKS };
}

/** One figure of each product, in ms, the page without any last: the median of the rounds. */
export const trackFeel = (figure) => async () =>
  Object.fromEntries(Object.entries(await measured()).map(([name, visits]) => [name, median(visits.map((visit) => visit[figure]))]));
