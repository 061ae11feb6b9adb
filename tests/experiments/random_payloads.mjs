// Payloads with every kind of rule, and the circumstances a decision is asked in.
import { hash } from "../../node_modules/@growthbook/growthbook/dist/esm/util.mjs";
import { groupMembers, randomCondition } from "./random_conditions.mjs";
import { choices } from "./random_numbers.mjs";
import { ATTRIBUTES, anything, randomAttributes } from "./random_visitors.mjs";

const VALUES = [true, false, null, 0, 1, "", "on", "off", "5", 5, [1, "a"], { a: { b: 1 } }, 3.25, 1e21, "é🏴‍☠️"];
const FEATURES = ["f0", "f1", "f2", "f3", "f4", "é 5"];
const EXPERIMENTS = ["exp-1", "exp-2", "exp-3", "exp 4", "f0"];
const KEYED = ["exp-1", "exp-2", "exp 4"];
// Where the visitors u1, u2 and so on stand exactly: one of them meets the end of a bucket.
const EDGE_SEED = "edge";
const edge = (random) => hash(EDGE_SEED, `u${random.below(25)}`, 1);
const RANGES = [[0, 0.5], [0.5, 1], [0, 1], [0.25, 0.75], [0.1, 0.2], [0, 0]];
const range = (random) => {
  if (random.percent(85)) return random.one(RANGES);
  return random.percent(50) ? [0, edge(random)] : [edge(random), 1];
};
const BANDITS = ["bandit", "bandit without contexts", "no such bandit"];

/** An experiment without a feature, and all that only such a one can have. */
const randomExperiment = (random, key = random.one([...EXPERIMENTS, "holdout"])) => ({
  ...(key === "holdout" ? holdout(random) : experiment(random, key)),
  ...targeting(random),
  ...maybe(random, 10, "status", () => random.one(["draft", "running", "stopped"])),
  ...maybe(random, 5, "active", () => random.percent(50)),
  ...maybe(random, 8, "force", () => random.one([0, 1, 2, 9, -1])),
  ...maybe(random, 30, "urlPatterns", () => random.some(3, () => urlPattern(random))),
});

const urlPattern = (random) => ({
  include: random.percent(75),
  ...random.one([
    () => ({ type: "simple", pattern: random.one(SIMPLE_PATTERNS) }),
    () => ({ type: "regex", pattern: random.one(["^https", "/a/?$", "b=\\d", "^/(a|x)", "(", "EXAMPLE"]) }),
  ])(),
});

/** Experiments that belong to no feature and run by the address; each has a key of its own. */
function automaticExperiments(random) {
  const keys = EXPERIMENTS.filter(() => random.percent(60));
  return keys.map((key) => {
    const { force: _, ...shared } = randomExperiment(random, key);
    const kind = random.one([redirect, visual, visual, plain]);
    return { ...shared, ...kind(random, shared.variations.length), ...maybe(random, 10, "manual", () => true) };
  });
}

const redirect = (random, count) => ({
  urlPatterns: random.percent(80) ? [{ include: true, type: "regex", pattern: "^https?://.*/(a.*)?$" }] : [urlPattern(random)],
  variations: random.times(count, (_, place) => (place === 0 ? {} : { urlRedirect: random.one(DESTINATIONS) })),
  ...maybe(random, 50, "persistQueryString", () => true),
});

const visual = (random, count) => ({
  variations: random.times(count, (_, place) => (place === 0 ? {} : random.one([{ css: "a { color: red }" }, { js: "void 0" }, { domMutations: [] }]))),
});

const plain = (random, count) => ({ variations: random.times(count, (_, place) => ({ place })) });

const DESTINATIONS = ["https://example.com/b", "https://example.com/b?b=2&own=1#part", "http://other.example/?a=%20+", "https://example.com/a"];
const SIMPLE_PATTERNS = ["https://example.com/", "example.com/a/*", "/a", "/a/b", "*", "/A?b=1", "/a#x*", "//shop.example.com", "*.example.com/*", "/*?b=*", "https://example.com:8080/a", "http://[", "/caf\u00e9"];
const URLS = ["", "https://example.com/", "https://example.com/a", "https://example.com/a/b/?b=1&b=2#x1", "http://shop.example.com/A/?b=", "https://example.com:8080/a?exp-1=1", "/a", "not a url", "https://ex\u00e4mple.com/caf\u00e9"];

/** One payload and its circumstances for each of several visitors; all follows from the seed. */
export function randomCases(seed, visitors) {
  const random = choices(seed);
  const payload = randomPayload(random);
  const circumstances = randomCircumstances(random);
  return random.times(visitors, () => asJson({ payload, circumstances, attributes: randomAttributes(random) }));
}

/** A case with experiments to run, automatic ones, and an address that they may ask for. */
export function randomRuns(seed, experiments) {
  const random = choices(seed);
  const [asked] = randomCases(random.below(1e9), 1);
  asked.circumstances.url = random.one(URLS);
  asked.payload.experiments = asJson(automaticExperiments(random));
  return { ...asked, experiments: asJson(random.times(experiments, () => randomExperiment(random))) };
}

// Nothing undefined, and no object that two places share.
const asJson = (value) => JSON.parse(JSON.stringify(value));

function randomPayload(random) {
  const features = FEATURES.slice(0, 2 + random.below(FEATURES.length - 1));
  return {
    features: Object.fromEntries(features.map((key) => [key, feature(random, key)])),
    savedGroups: Object.fromEntries(Object.entries(SAVED_GROUPS).map(([id, make]) => [id, make(random)])),
    contextualBandits: { bandit: bandit(random), "bandit without contexts": { banditVersion: 3 } },
  };
}

// Conditions of groups may name groups again, themselves among them.
const SAVED_GROUPS = {
  bare: groupMembers,
  list: (random) => ({ type: "list", attributeKey: random.one(["id", "country", "age", "tags"]), values: groupMembers(random) }),
  "second list": (random) => ({ type: "list", attributeKey: random.one(["account.name", "deviceId"]), values: groupMembers(random) }),
  members: (random) => ({ type: "condition", condition: randomCondition(random, 2) }),
  others: (random) => ({ type: "condition", condition: randomCondition(random, 1) }),
  circle: (random) => ({ type: "condition", condition: { $or: [{ $savedGroup: { id: "circle" } }, randomCondition(random, 1)] } }),
  remote: () => ({ type: "remote", attributeKey: "id" }),
  far: () => ({ type: "remote", attributeKey: "id", valuesFrom: "far" }),
  future: () => ({ type: "query", text: "whatever comes next" }),
  broken: () => ({ type: "list", attributeKey: "id", values: "u1" }),
  null: () => null,
};

function bandit(random) {
  const context = (leafId) => ({ leafId, condition: randomCondition(random, 1), weights: weights(random, 2 + random.below(2)) });
  return { banditVersion: 1 + random.below(5), contexts: random.times(random.below(4), () => context(random.below(9))) };
}

function feature(random, key) {
  const rules = random.times(random.below(5), () => rule(random));
  rules.forEach((each, place) => {
    if (random.percent(95)) each.id = `${key}/${place}`;
  });
  return {
    ...(random.percent(90) && { defaultValue: value(random) }),
    ...((rules.length > 0 || random.percent(50)) && { rules }),
  };
}

const value = (random) => structuredClone(random.one(VALUES));

function rule(random) {
  const kind = random.weighted([
    [9, force],
    [8, rollout],
    [1, edgeRollout],
    [18, experiment],
    [3, holdout],
    [5, contextualBandit],
    [1, () => ({})],
  ]);
  return { ...kind(random), ...targeting(random) };
}

const force = (random) => ({ force: value(random) });

const rollout = (random) => ({
  force: value(random),
  ...(random.percent(70) ? { coverage: share(random) } : { range: range(random) }),
  ...hashing(random),
});

const edgeRollout = (random) => ({ force: value(random), coverage: edge(random), seed: EDGE_SEED });

const experiment = (random, key = random.percent(1) ? "constructor" : random.one([undefined, ...EXPERIMENTS, ...EXPERIMENTS])) => {
  const count = random.weighted([[65, 2], [25, 3], [7, 5], [2, 1], [1, 0]]);
  return {
    variations: random.times(count, () => value(random)),
    ...hashing(random),
    ...(key && { key }),
    ...maybe(random, 40, "weights", () => weights(random, random.percent(92) ? count : 2)),
    ...maybe(random, 40, "coverage", () => share(random)),
    ...maybe(random, 15, "ranges", () => random.times(random.percent(90) ? count : 1, () => range(random))),
    ...maybe(random, 20, "namespace", () => ["space", ...range(random)]),
    ...maybe(random, KEYED.includes(key) ? 100 : 40, "meta", () => meta(random, count, KEYED.includes(key))),
    ...maybe(random, 20, "name", () => "An experiment"),
    ...maybe(random, 20, "phase", () => "1"),
    ...maybe(random, 30, "bucketVersion", () => random.below(3)),
    ...maybe(random, 25, "minBucketVersion", () => random.below(3)),
  };
};

// A holdout lets everybody pass but those it holds back.
const holdout = (random) => ({
  ...experiment(random, "holdout"),
  variations: ["held back", "control", "pass"],
  weights: [0.1, 0.1, 0.8],
  meta: [{ key: "held" }, { key: "control" }, { key: "pass", passthrough: true }],
});

const contextualBandit = (random) => {
  const { variations, ...rest } = experiment(random);
  return { ...rest, contextualVariations: variations, ...maybe(random, 10, "variations", () => ["old", "older"]), contextualBanditRef: random.one(BANDITS) };
};

const targeting = (random) => ({
  ...maybe(random, 40, "condition", () => (random.percent(97) ? randomCondition(random) : null)),
  ...maybe(random, 12, "filters", () => random.some(2, () => filter(random))),
  ...maybe(random, 20, "parentConditions", () => random.times(1 + random.below(2), () => prerequisite(random))),
});

const hashing = (random) => ({
  ...maybe(random, 40, "hashAttribute", () => hashAttribute(random)),
  ...maybe(random, 25, "fallbackAttribute", () => random.one(["deviceId", "company", "nobody", "id"])),
  ...maybe(random, 60, "hashVersion", () => random.one([1, 2, 2, 2, 0, 3])),
  ...maybe(random, 50, "seed", () => random.one(["seed", "Saat 🌱", "", EDGE_SEED])),
  ...maybe(random, 10, "disableStickyBucketing", () => random.percent(80)),
});

const hashAttribute = (random) => random.weighted([
  [30, () => random.one(["id", "deviceId"])],
  [10, () => random.one(["company", "country"])],
  [4, () => random.one(["beta", "tags", "nobody"])],
  [4, () => random.one(["", null])],
  [1, () => "constructor"],
])();

const filter = (random) => ({
  seed: random.one(["space", "raum"]),
  ranges: random.times(1 + random.below(2), () => range(random)),
  ...maybe(random, 40, "attribute", () => hashAttribute(random)),
  ...maybe(random, 50, "hashVersion", () => random.one([1, 2, 0, 3])),
});

const prerequisite = (random) => ({
  id: random.one([...FEATURES.slice(0, 4), ...FEATURES, "no such feature"]),
  ...maybe(random, 85, "condition", () => onValue(random)),
  ...maybe(random, 30, "gate", () => random.percent(80)),
});

const onValue = (random) => random.weighted([
  [50, () => ({ value: random.one([{ $exists: true }, { $exists: false }, { $ne: "off" }, { $in: [true, 1, "on"] }, { $type: "object" }]) })],
  [20, () => ({ value: value(random) })],
  [10, () => ({ "value.a.b": random.one([1, { $gt: 0 }]) })],
  [10, () => ({ value: anything(random) })],
  [5, () => ({ $savedGroup: { id: "list", attributeKey: "value" } })],
  [5, () => ({ id: { $exists: true } })],
])();

// All rules of one experiment give its variations the same keys, or none: exposures are told apart by them.
const meta = (random, count, keyed) => random.times(keyed || random.percent(95) ? count : Math.max(0, count - 1), (_, place) => ({
  ...(keyed && { key: ["control", "treatment", "third", "fourth", ""][place] }),
  ...maybe(random, 30, "name", () => `Variation ${place}`),
  ...maybe(random, 8, "passthrough", () => random.percent(80)),
}));

// Halves and thousandths: the latter meet the ends of buckets.
const share = (random) => random.one([0, 0.1, 0.5, 0.5, 0.9, 1, 1, 1.5, -0.5, random.below(1000) / 1000]);

function weights(random, count) {
  const lists = { 2: [[0.5, 0.5], [0.3, 0.7], [0.1, 0.9], [0.4, 0.5999], [0.2, 0.2]], 3: [[0.2, 0.3, 0.5], [0.3334, 0.3333, 0.3333], [1, 0, 0]] };
  return random.one(lists[count] ?? [Array.from({ length: count }, () => 1 / count)]);
}

const maybe = (random, share, name, make) => (random.percent(share) ? { [name]: make() } : {});

/** All of `experiments()`'s options but the visitor. */
const randomCircumstances = (random) => ({
  ...maybe(random, 25, "url", () => random.one(["https://example.com/", `https://example.com/a?exp-1=${random.below(4)}`, "?exp-2=1abc&exp-2=0#x", "/x?exp-3=-1&f0=1", "https://example.com/?exp%204=1&exp 4=1", "http://x??exp-1=1"])),
  ...maybe(random, 5, "enabled", () => random.percent(30)),
  ...maybe(random, 5, "qaMode", () => random.percent(70)),
  ...maybe(random, 12, "forcedVariations", () => Object.fromEntries(random.times(1 + random.below(2), () => [random.one(EXPERIMENTS), random.one([0, 1, 2, 1, 9, -1])]))),
  ...maybe(random, 25, "remoteGroupIds", () => random.one([["remote"], ["remote", "far"], []])),
  ...maybe(random, 25, "compat", () => "0.8"),
  ...maybe(random, 20, "sticky", () => stickyDocuments(random)),
});

function stickyDocuments(random) {
  const names = { id: ATTRIBUTES.id, deviceId: ATTRIBUTES.deviceId, company: ATTRIBUTES.company };
  const document = () => {
    const attributeName = random.one(Object.keys(names));
    const assignments = random.times(1 + random.below(4), () => [`${random.one([...EXPERIMENTS, "holdout"])}__${random.below(3)}`, random.one(["control", "treatment", "third", "0", "no such variation"])]);
    return { attributeName, attributeValue: String(names[attributeName](random) || "u1"), assignments: Object.fromEntries(assignments) };
  };
  // Two documents of one name and value would be one too many: the last is kept.
  const documents = random.times(random.below(60), document);
  return [...new Map(documents.map((each) => [`${each.attributeName}||${each.attributeValue}`, each])).values()];
}
