// Simulated visitors, one after another: the same seed gives the same ones, on every day and machine.
import { Invitations } from "./invitations.js";
import { randomFrom } from "./random.js";
import { walk } from "./walk.js";

// Two weeks of a fixed January.
const BEGIN_MS = Date.UTC(2026, 0, 5);
const SPAN_MS = 14 * 24 * 3600 * 1000;

/** Yields of each visitor what `walk` returns. The engine has to be there. */
export function* crowd({ seed, visitors, site }) {
  const random = randomFrom(seed);
  const invitations = new Invitations();
  for (let index = 0; index < visitors; index++) {
    const startMs = Math.round(BEGIN_MS + (SPAN_MS * (index + random.unit())) / visitors);
    yield walk({ site, random, seed: visitorSeed(seed, index), startMs, invitations });
  }
}

/** Distinct for every visitor of a run: two visitors with one seed would be one person. */
function visitorSeed(seed, index) {
  return (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
}
