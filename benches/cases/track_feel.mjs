// What the visitor feels, on a processor slowed down four times: the longest task of the page's main thread while it loads and
// while it is used, how long its thread works at a click, and how long it takes to show what the click did, beside the same page
// without a tracker.
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "../support/rounds.mjs";
import { MARK, recordTasks } from "../support/tasks.mjs";
import { once, rounds, withTrackers } from "../support/visits.mjs";
import { nothing } from "../trackers/nothing.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 5;
const SLOWER = 4;
const CLICKS = 40;
const SHORTEST_MS = 16; // what the browser reports of an interaction, at least
// A click changes what is shown, as a page's own code would; the tracker is told in the same handler.
const BODY = `<button style="position: fixed; left: 0; top: 0; width: 100px; height: 40px">Choose</button><output>0</output><script>
  window.interactions = new Map();
  const note = ({ name, duration, interactionId }) => name === "click" && interactionId && window.interactions.set(interactionId, duration);
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "event", durationThreshold: ${SHORTEST_MS} });
  let clicks = 0;
  document.querySelector("button").addEventListener("click", () => {
    clicks += 1;
    if (clicks === 1) performance.mark("${MARK}");
    document.querySelector("output").textContent = String(clicks);
    window.tracker.track("Plan Chosen", { id: "click-" + clicks, plan: "crew", seats: 12, trial: false, source: "pricing page" });
  });
</script>`;
const SUBJECTS = [...TRACKERS, nothing];

const measured = once(() => withTrackers(SUBJECTS, (world) =>
  rounds(world, SUBJECTS, ROUNDS, (page, _, recording) => felt(page, recording), (page) => slowed(world.browser, page)), { body: BODY }));

async function slowed(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return recordTasks(browser, page);
}

// Nothing is asked of the page while it is recorded: a question is a task as well.
async function felt(page, recording) {
  for (let click = 0; click < CLICKS; click += 1) {
    await page.mouse.click(50, 20);
    await sleep(100);
  }
  await sleep(1000);
  const { before, after, clicks } = await recording.stop();
  const durations = await page.evaluate(() => [...window.interactions.values()]);
  return { ...interactions(durations), loading: Math.max(...before), used: Math.max(...after), handled: median(clicks), handledWorst: Math.max(...clicks) };
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
