// What runs inside a page that tracks: events one after another, each with five properties, each call timed.

/**
 * @param {import("playwright-core").Page} page
 * @param {{first?: number, times: number, gap: number}} turn the first event's number, how many, and the ms between them
 * @returns {Promise<{ids: string[], call: number[], task: number[]}>} µs until `track` returned, and until the microtasks that
 *   it left behind were done: the browser can neither paint nor answer before that
 */
export const paced = (page, { first = 0, times, gap }) => page.evaluate(async ([first, times, gap]) => {
  const seen = { ids: [], call: [], task: [] };
  for (let number = first; number < first + times; number += 1) {
    const properties = { id: `event-${number}`, plan: "crew", seats: 12, trial: false, source: "pricing page" };
    const began = performance.now();
    window.tracker.track("Plan Chosen", properties);
    seen.call.push((performance.now() - began) * 1000);
    if (gap > 0) {
      for (let turn = 0; turn < 100; turn += 1) await null; // longer chains of promises than any of them has
      seen.task.push((performance.now() - began) * 1000);
      await new Promise((done) => setTimeout(done, gap));
    }
    seen.ids.push(properties.id);
  }
  return seen;
}, [first, times, gap]);

/** The value that a part of the numbers does not exceed. */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
