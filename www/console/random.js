// A small seeded source of chance: the same seed gives the same visitors, on every machine.

/** Xorshift with a multiplied output (Marsaglia 2003; Vigna 2016). Good enough to draw visitors, not to keep secrets. */
export function randomFrom(seed) {
  // Neighbouring seeds are spread out first; zero would stay zero for ever.
  let state = Math.imul((seed ^ 0x5bd1e995) + 1, 0x9e3779b1) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.imul(state, 0x2c9277b5) >>> 0;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();

  const unit = () => next() / 2 ** 32;
  return {
    /** A number from 0 up to, not including, 1. */
    unit,
    /** True with this probability. */
    chance: (probability) => unit() < probability,
    /** One of `[weight, value]` pairs; the weights sum to 1. */
    pick(pairs) {
      let rest = unit();
      for (const [weight, value] of pairs) if ((rest -= weight) < 0) return value;
      return pairs.at(-1)[1];
    },
  };
}
