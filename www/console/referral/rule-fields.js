// The fields of one rule of the rewards, by its kind; and what a new rule is.

export const KINDS = [
  ["percent", "Share of the price"], ["fixed", "Money"], ["points", "Points"], ["days", "Days"],
  ["tiers", "Share by friends"], ["milestones", "Gift for friends"],
];

const NEW = {
  percent: { to: "advocate", percent: 10 },
  fixed: { to: "advocate", amount: 1000 },
  points: { to: "both", amount: 100 },
  days: { to: "both", amount: 30 },
  tiers: { to: "advocate", tiers: [{ friends: 3, percent: 30 }, { friends: 5, percent: 50 }] },
  milestones: { to: "advocate", steps: [{ friends: 5, amount: 30, unit: "days" }] },
};

/** A rule to begin with, under an id that no other has. */
export function newRule(kind, rules) {
  const taken = new Set(rules.map((rule) => rule?.id));
  let id = kind;
  for (let number = 2; taken.has(id); number += 1) id = `${kind}-${number}`;
  return { id, kind, ...structuredClone(NEW[kind]) };
}

/** The rule as another kind: what both kinds know stays. */
export function asKind(rule, kind) {
  const { percent, amount, tiers, steps, ...kept } = rule;
  const { to, ...worth } = structuredClone(NEW[kind] ?? {});
  const own = { percent, amount, tiers, steps };
  const used = Object.fromEntries(Object.entries(worth).map(([name, value]) => [name, own[name] ?? value]));
  return { ...kept, kind, ...(kind === "milestones" && { to }), ...used };
}

/** Which list of steps a kind has, if any. */
export const listOf = (kind) => ({ tiers: "tiers", milestones: "steps" })[kind];

/** What a step is worth: `percent`, or a unit. */
export const worthOf = (list, step) => (list === "tiers" && Object(step).percent !== undefined ? "percent" : Object(step).unit ?? "money");

/** The step with another worth. */
export function asWorth({ friends }, worth) {
  if (worth === "percent") return { friends, percent: 10 };
  return { friends, amount: worth === "money" ? 1000 : 30, ...(worth !== "money" && { unit: worth }) };
}

/** A step after the last one. */
export function nextStep(steps) {
  const last = Object(steps?.at(-1));
  return { ...last, friends: (Number(last.friends) || 0) + 2 };
}

const UNITS = [["money", "money"], ["points", "points"], ["days", "days"]];

/** The fields of a step, whose members stand below `path`. */
export function stepFields(path, list, step) {
  const worth = worthOf(list, step);
  const options = list === "tiers" ? [["percent", "% of price"], ...UNITS] : UNITS;
  return [
    { path: `${path}.friends`, label: "Friends", kind: "number" },
    worth === "percent" ? { path: `${path}.percent`, label: "Percent", kind: "number" } : { path: `${path}.amount`, label: "Amount", kind: worth === "money" ? "money" : "number" },
    { path: `${path}.unit`, whole: path, label: "Of", kind: "choice", options, get: (each) => worthOf(list, each), set: asWorth },
  ];
}

const WORTH = {
  percent: { name: "percent", label: "Percent", kind: "number", hint: "Rounded down to the smallest unit" },
  fixed: { name: "amount", label: "Amount", kind: "money" },
  points: { name: "amount", label: "Points", kind: "number" },
  days: { name: "amount", label: "Days", kind: "number" },
};

const LIMITS = [
  { name: "cap", label: "At most, each time", kind: "money", usual: "no limit", paysMoney: true },
  { name: "cap_per_person", label: "At most, each person", kind: "money", usual: "no limit", paysMoney: true },
  { name: "minimum_purchase", label: "From a purchase of", kind: "money", usual: "any" },
  { name: "at_most", label: "How many times", kind: "number", usual: "no limit" },
  { name: "within_days", label: "Within days", kind: "number", usual: "ever" },
  { name: "first_purchase_only", label: "Only the friend’s first purchase counts", kind: "flag", usual: true },
  { name: "duration_days", label: "Purchases count for days", kind: "number", usual: "ever" },
];

/** The fields of a rule, whose members stand below `path`: first what it gives, then its limits. */
export function ruleFields(path, rule) {
  const { kind } = Object(rule);
  const milestones = kind === "milestones";
  const money = kind === "percent" || kind === "fixed" || kind === "tiers";
  const given = [
    { name: "id", label: "Name", kind: "text" },
    { path: `${path}.kind`, whole: path, label: "Gives", kind: "choice", options: KINDS, get: ({ kind: own }) => own ?? "", set: asKind },
    { name: "to", label: "To", kind: "choice", options: milestones ? [["advocate", "The advocate"]] : [["advocate", "The advocate"], ["friend", "The friend"], ["both", "Both"]] },
    ...(WORTH[kind] ? [WORTH[kind]] : []),
    { name: "on", label: "For", kind: "choice", usual: "conversion", options: [["", "A conversion"], ["purchase", "A purchase"], ["recruitment", "Recruitment"]] },
    { name: "levels", label: "Levels paid", kind: "number", usual: "1", hint: "The advocate of the friend" },
  ];
  const limits = LIMITS.filter(({ paysMoney }) => !paysMoney || money).map((field) => (
    // Of a rule with a duration, later purchases count unless it says otherwise.
    field.name === "first_purchase_only" ? { ...field, usual: Object(rule).duration_days === undefined } : field));
  const placed = (fields) => fields.map((field) => ({ path: `${path}.${field.name}`, ...field }));
  return { given: placed(given), limits: placed(milestones ? limits.filter(({ name }) => name === "minimum_purchase") : limits) };
}
