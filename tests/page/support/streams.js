// Random models and histories, the same ones as tests/scoring_digest.rs makes, scored step by step. Runs in Node and in pages.

const START = 1_772_355_900_000;
const MINUTE = 60_000;
const MEASURES = ["count", "distinct", "sum", "since", "streak", "first"];
const DECAYS = [null, { half_life_days: 3 }, { lifespan_days: 10 }, { step_days: 2, step_loss: 0.25 }];

/** Mulberry32 (Tommy Ettinger): whole numbers below a bound. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** `{ site, steps: [[time, event, properties]] }` */
export function streamOf(seed) {
  const below = randomFrom(seed);
  const rules = Array.from({ length: 1 + below(5) }, (_, index) => {
    const rule = { id: `r${index}`, event: "AB*"[below(3)], points: (below(240) - 80) / 4, measure: MEASURES[below(6)], of: "n" };
    const decay = DECAYS[below(4)];
    if (decay) rule.decay = decay;
    if (below(3) === 0) rule.window_days = 1 + below(20);
    if (below(3) === 0) rule.cooldown_minutes = below(600);
    if (below(4) === 0) rule.at_least = 2;
    if (below(4) === 0) rule.once = true;
    if (below(3) === 0) rule.maximum_a_day = 15;
    if (below(3) === 0) rule.maximum = 25;
    return rule;
  });
  let time = START;
  const steps = Array.from({ length: 1 + below(9) }, () => {
    time += below(3000) * MINUTE;
    return [time, "ABC"[below(3)], { n: below(5) }];
  });
  return { site: { scoring: { minimum: -100, rules }, tracking: { pageviews: false } }, steps };
}

/** A stream's score after each step, a line each, as whoever counts along finds it. `Visitor` is the bare core's. */
export function linesOf(Visitor, { site, steps }, asks = () => true) {
  const visitor = Visitor.simulated(JSON.stringify(site), "{}", 1, START);
  const lines = [];
  try {
    steps.forEach(([time, event, properties], index) => {
      visitor.step("now", "", "", time);
      visitor.step("track", event, JSON.stringify(properties));
      if (asks(index)) lines.push(lineOf(JSON.parse(visitor.ask("score"))));
    });
  } finally {
    visitor.free();
  }
  return lines;
}

const lineOf = ({ total, reasons }) => `${total} ${reasons.map(({ rule, points, count }) => `${rule}:${points}:${count}`).join(" ")}`;

/** FNV-1a over all lines of so many streams; and whether a recount from nothing came to the same last line. */
export function digestOf(Visitor, streams) {
  let state = 0x811c9dc5;
  let agree = true;
  for (let seed = 0; seed < streams; seed += 1) {
    const stream = streamOf(seed);
    const lines = linesOf(Visitor, stream);
    const last = stream.steps.length - 1;
    agree &&= linesOf(Visitor, stream, (index) => index === last)[0] === lines[last];
    for (const line of lines) for (const letter of `${line}\n`) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return { digest: state.toString(16), agree };
}
