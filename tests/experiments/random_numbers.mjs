// Random choices that are the same for the same seed.

/** Mulberry32 by Tommy Ettinger (public domain): whole numbers below a bound. */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** Choices of one generator, in the words of those who choose. */
export function choices(seed) {
  const below = randomNumbers(seed);
  const one = (list) => list[below(list.length)];
  return {
    below,
    one,
    /** True in so many cases of a hundred. */
    percent: (share) => below(100) < share,
    some: (most, make) => Array.from({ length: below(most + 1) }, make),
    times: (count, make) => Array.from({ length: count }, make),
    /** `{ "10": a, "90": b }`: b nine times as often as a. */
    weighted: (pairs) => {
      let left = below(pairs.reduce((total, [weight]) => total + weight, 0));
      return pairs.find(([weight]) => (left -= weight) < 0)[1];
    },
  };
}
