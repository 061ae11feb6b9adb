// The engine's trace in words. Loaded when somebody asks, so that pages that never do carry none of it.
const IN = {
  1: (step) => `puts this visitor in variation ${step.variation}: ${hashed(step)}`,
  2: (step) => `keeps this visitor in variation ${step.variation}, which it gave them before`,
  3: (step) => `shows variation ${step.variation}, because the page's address asks for it; it is not counted`,
  4: (step) => `shows variation ${step.variation}, because it is forced; it is not counted`,
  5: (step) => `gives variation ${step.variation} to everybody; it is not counted`,
};

const OUT = {
  11: () => "has fewer than two variations",
  12: () => "does not run: experiments are switched off",
  13: () => "does not run at this address",
  14: () => "is a draft or switched off",
  15: (step) => `needs a value of the attribute "${step.attribute}", which this visitor does not have`,
  16: () => "is for visitors within its filters, and this one is not",
  17: () => "has another part of the namespace than this visitor's",
  18: (step) => `has a condition that does not hold${condition(step)}`,
  19: () => "depends on another feature that does not have the value it needs",
  20: () => "uses a version of the hash that nobody knows",
  21: () => "leaves out visitors who saw an older version of it",
  22: (step) => `covers ${parts(step)} of the line, and ${hashed(step)}`,
  23: () => "forces a variation that does not exist",
  24: () => "places nobody in QA mode",
  25: () => "has ended",
};

const RULES = {
  31: (step) => `gives its value${step.ranges ? `: ${hashed(step)}, within ${parts(step)}` : ""}`,
  32: () => "depends on another feature that does not have the value it needs",
  33: () => "is behind another feature that does not have the value it needs, so the whole feature has no value",
  34: () => "depends on a feature that depends on it, so the whole feature has no value",
  35: () => "is for visitors within its filters, and this one is not",
  36: (step) => `has a condition that does not hold${condition(step)}`,
  37: (step) => `needs a value of the attribute "${step.attribute}", which this visitor does not have`,
  38: () => "uses a version of the hash that nobody knows",
  39: (step) => `reaches ${parts(step)} of the line, and ${hashed(step)}`,
  40: () => "has neither a value nor variations",
};

const ENDS = {
  defaultValue: "No rule decides, so the default value is used.",
  unknownFeature: "There is no such feature.",
  loading: "Nothing is loaded yet.",
};

const hashed = ({ attribute, value, bucket }) => `${attribute} "${value}" is at ${bucket}`;

const parts = ({ ranges }) => ranges.map(([from, to]) => `${round(from)} to ${round(to)}`).join(" and ");

const condition = (step) => (step.condition ? `: ${JSON.stringify(step.condition)}` : "");

const round = (place) => Number(place.toFixed(6));

/** The decision, and every rule that was tried for it, in order: its numbers, and the reason in words. */
export function explain(decision, trace) {
  const steps = trace.map(({ outcome, ...step }) => ({
    ...step,
    applied: outcome in IN || outcome === 31,
    reason: sentence({ outcome, ...step }),
  }));
  const end = ENDS[decision.source] ?? steps.at(-1)?.reason ?? "";
  return { ...decision, reason: end, steps };
}

function sentence(step) {
  const { feature, rule, experiment, outcome } = step;
  const words = IN[outcome] ?? OUT[outcome] ?? RULES[outcome];
  const name = rule ? `Rule ${rule}` : "A rule without an id";
  return `${name} of ${feature}${experiment === undefined ? "" : `, experiment ${experiment},`} ${words(step)}.`;
}
