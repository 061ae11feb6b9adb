// How long the caller waits for `track()`: 300 events 10 ms apart, then a burst of 100. Every event has to arrive.
import { paced, quantile } from "../support/paced.mjs";
import { median } from "../support/rounds.mjs";
import { allArrived, once, provedDelivered, rounds, withTrackers } from "../support/visits.mjs";
import { TRACKERS } from "../trackers/all.mjs";

const ROUNDS = 5;
const PACED = { times: 300, gap: 10 };
const BURST = { first: 1000, times: 100, gap: 0 };

const FIGURES = {
  median: ({ calm }) => quantile(calm.call, 0.5),
  p95: ({ calm }) => quantile(calm.call, 0.95),
  worst: ({ calm }) => Math.max(...calm.call),
  task: ({ calm }) => quantile(calm.task, 0.5),
  burstMedian: ({ burst }) => quantile(burst.call, 0.5),
  burst: ({ burst }) => Math.max(...burst.call),
};

const measured = once(() => withTrackers(TRACKERS, async (world) => {
  const visits = await rounds(world, TRACKERS, ROUNDS, (page, tracker) => calls(page, tracker, world.collector));
  provedDelivered(visits, TRACKERS);
  return visits;
}));

async function calls(page, { name }, collector) {
  const calm = await paced(page, PACED);
  await allArrived(collector, page, name, calm.ids);
  const burst = await paced(page, BURST);
  await allArrived(collector, page, name, [...calm.ids, ...burst.ids]);
  return { calm, burst, arrived: [...collector.arrived.keys()].sort() };
}

/** One figure of each product, in µs: the median of the rounds. */
export const trackCalls = (figure) => async () =>
  Object.fromEntries(Object.entries(await measured()).map(([name, visits]) => [name, median(visits.map(FIGURES[figure]))]));
