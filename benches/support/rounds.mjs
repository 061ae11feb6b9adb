// Side by side: every round gives each subject one turn, so that a busy moment of the machine meets them all.

const WARM_UP_MS = 200;
const TURN_MS = 20;

/**
 * @param {Record<string, (times: number) => unknown>} subjects each does its work that many times and returns something of it
 * @param {number} [rounds] fewer where one time is long
 * @returns {Record<string, number>} nanoseconds for one time, the median of the rounds
 */
export function nanoseconds(subjects, rounds = 25) {
  const names = Object.keys(subjects);
  const turns = Object.fromEntries(names.map((name) => [name, timesFor(subjects[name])]));
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < names.length; place += 1) {
      // Nobody is always the first.
      const name = names[(place + round) % names.length];
      samples[name].push((elapsed(subjects[name], turns[name]) * 1e6) / turns[name]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])]));
}

/** How many times fill a turn, found while warming up. */
function timesFor(work) {
  let times = 1;
  let spent = 0;
  let last = 0;
  while (spent < WARM_UP_MS || last < 1) {
    last = elapsed(work, times);
    spent += last;
    if (last < TURN_MS / 2) times *= 2;
  }
  return Math.max(1, Math.round((times * TURN_MS) / last));
}

function elapsed(work, times) {
  const began = performance.now();
  // Kept where others could see it, so that no engine may leave the work out.
  globalThis.kept = work(times);
  return performance.now() - began;
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
