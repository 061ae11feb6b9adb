// All the work an event makes, its delivery included, beyond what an empty page does in the same time: how long the main
// thread's tasks last, how much of that the thread itself works (a busy machine lengthens only the first), and the work of all
// processes of the browser together, for storage and network are others.
import { paced } from "../support/paced.mjs";
import { median } from "../support/rounds.mjs";
import { allArrived, once, provedDelivered, rounds, withTrackers } from "../support/visits.mjs";
import { nothing } from "../trackers/nothing.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 5;
const EVENTS = { times: 200, gap: 10 };
const WATCHED_MS = 8000; // so long that every product has sent what it will

const measured = once(() => withTrackers([...TRACKERS, nothing], async (world) => {
  const visits = await rounds(world, [...TRACKERS, nothing], ROUNDS, (page, tracker) => work(page, tracker, world));
  provedDelivered(visits, TRACKERS);
  return visits;
}));

async function work(page, tracker, { browser, collector }) {
  const spent = await clocks(browser, page);
  const before = await spent();
  const end = Date.now() + WATCHED_MS;
  const { ids } = await paced(page, EVENTS);
  if (tracker !== nothing) await allArrived(collector, page, tracker.name, ids);
  await page.waitForTimeout(Math.max(0, end - Date.now()));
  const after = await spent();
  const each = (clock) => ((after[clock] - before[clock]) * 1e6) / EVENTS.times;
  return { tasks: each("tasks"), thread: each("thread"), browser: each("browser"), arrived: [...collector.arrived.keys()].sort() };
}

/** Seconds spent so far in the page's tasks, by its main thread, and by the browser's processes. */
async function clocks(browser, page) {
  const ofPage = await page.context().newCDPSession(page);
  const ofBrowser = await browser.newBrowserCDPSession();
  await ofPage.send("Performance.enable");
  return async () => {
    const { metrics } = await ofPage.send("Performance.getMetrics");
    const { processInfo } = await ofBrowser.send("SystemInfo.getProcessInfo");
    const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
    return { tasks: metric("TaskDuration"), thread: metric("ThreadTime"), browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) };
  };
}

/** µs an event by one of the clocks: the median of the rounds, less the empty page's. */
export const trackWork = (clock) => async () => {
  const visits = await measured();
  const spent = ({ name }) => median(visits[name].map((visit) => visit[clock]));
  return Object.fromEntries(TRACKERS.map((tracker) => [tracker.name, spent(tracker) - spent(nothing)]));
};
