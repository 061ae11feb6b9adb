// Random payloads and visitors: the same answers as GrowthBook's SDK 1.8.0, but for the known differences, which are told by name.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { ablations } from "./ablation.mjs";
import { assertNone, bothAnswers, disagreements, outline } from "./agreement.mjs";
import { amendedGrowthbook, growthbook } from "./growthbook.mjs";
import { KNOWN_DIFFERENCES } from "./known_differences.mjs";
import { privateer } from "./privateer.mjs";
import { randomCases, randomRuns } from "./random_payloads.mjs";

const SEED = 20_260_301;
const PAYLOADS = 4_000;
const VISITORS = 6;
// Asked for beside the payload's own; the last one meets a known difference.
const OTHER_FEATURES = ["no such feature", "constructor"];

// The SDK complains of what is tried on purpose.
before(() => {
  console.error = () => {};
});

test(`${(PAYLOADS * VISITORS).toLocaleString("en")} random pairs of payload and visitor, every feature`, async () => {
  const [differing, met] = [[], new Counts()];
  for (const asked of pairs(PAYLOADS, VISITORS)) {
    const answers = await bothAnswers({ ...asked, features: OTHER_FEATURES });
    const decisions = answers.filter(({ question }) => question === "evaluate");
    assertHonest(asked, decisions);
    for (const decision of decisions) ways(asked, decision).forEach((way) => met.add(way));
    differing.push(...disagreements(answers).map((disagreement) => ({ asked, disagreement })));
  }
  await assertNone(differing);
  met.assertEach(EXPECTED);
});

test("4,000 random experiments without a feature, and automatic ones", async () => {
  const [differing, met] = [[], new Counts()];
  for (let place = 0; place < 1_000; place += 1) {
    const asked = randomRuns(SEED - 1 - place, 4);
    const answers = await bothAnswers(asked);
    for (const { question, theirs } of answers) {
      if (question === "run") met.add(outcome(theirs));
      if (question === "automatic") outcomes(theirs).forEach((each) => met.add(each));
    }
    differing.push(...disagreements(answers).map((disagreement) => ({ asked, disagreement })));
  }
  await assertNone(differing);
  met.assertEach({ "in by hash": 300, "in by force": 50, out: 500, "in an automatic one": 100, redirected: 15 });
});

test("an engine that has seen other visitors decides like a new one", async () => {
  for (let place = 0; place < 500; place += 1) {
    const cases = randomCases(SEED + place, VISITORS);
    const [{ payload, circumstances: { sticky: _, ...circumstances } }] = cases;
    const shared = await privateer({ payload, circumstances });
    for (const { attributes } of cases) {
      const fresh = await privateer({ payload, circumstances, attributes });
      shared.setAttributes(attributes);
      for (const key of Object.keys(payload.features)) assert.deepEqual([shared.flag(key), shared.evaluate(key)], [fresh.flag(key), fresh.evaluate(key)]);
      fresh.free();
    }
    shared.free();
  }
});

test("every part of a payload, and every operator both ways, changes an answer somewhere", () => {
  const idle = ablations().filter((ablation) => changes(ablation, 3) < 3).map(({ name }) => name);
  assert.deepEqual(idle, []);
});

// How often each way of deciding must at least have been met; all are met several times as often.
const EXPECTED = {
  "source defaultValue": 10_000,
  "source force": 5_000,
  "source experiment": 5_000,
  "source prerequisite": 500,
  "source cyclicPrerequisite": 500,
  "source unknownFeature": 10_000,
  "force alone": 500,
  "force by condition": 500,
  "force by range": 200,
  "force by coverage": 500,
  "force after filters": 100,
  "force after prerequisites": 200,
  "experiment by equal weights": 500,
  "experiment by weights": 500,
  "experiment by coverage": 500,
  "experiment by ranges": 200,
  "experiment by namespace": 200,
  "experiment by condition": 200,
  "experiment after filters": 100,
  "experiment after prerequisites": 200,
  "experiment by hash version 1": 500,
  "experiment by hash version 2": 500,
  "experiment by seed": 500,
  "experiment of a contextual bandit": 200,
  "leaf of a contextual bandit": 50,
  "held back by a holdout": 100,
  "another hash attribute": 200,
  "a fallback attribute": 50,
  "a sticky bucket": 50,
  "forced by circumstances": 100,
  "an id that is a number": 200,
  "an id beyond ASCII": 200,
  ...Object.fromEntries(Object.keys(KNOWN_DIFFERENCES).map((name) => [name, 3])),
};

class Counts {
  #counts = new Map();

  add(name) {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  assertEach(expected) {
    const short = Object.entries(expected).map(([name, least]) => [name, this.#counts.get(name) ?? 0, least]).filter(([, count, least]) => count < least);
    assert.deepEqual(short, [], "met too seldom: [what, how often, how often at least]");
  }
}

function* pairs(payloads, visitors) {
  for (let place = 0; place < payloads; place += 1) yield* randomCases(SEED + place, visitors);
}

// Amending must not answer for the SDK: before the first difference that counts, it is the SDK's own word.
function assertHonest(asked, decisions) {
  const engine = growthbook(asked);
  const first = decisions.findIndex(({ names }) => names.length > 0);
  for (const { subject, theirs } of decisions.slice(0, first)) assert.deepEqual(outline(theirs), outline(engine.evaluate(subject)));
  engine.free();
}

const outcomes = ({ results, redirect }) => [...results.map(() => "in an automatic one"), ...(redirect ? ["redirected"] : [])];

const outcome = ({ inExperiment, hashUsed }) => (inExperiment ? `in by ${hashUsed ? "hash" : "force"}` : "out");

/** By which ways an answer was come to. */
function ways({ payload, attributes }, { theirs: result, names }) {
  const rule = ruleOf(payload, result.ruleId);
  const decided = { force: forceWays, experiment: experimentWays }[result.source];
  return [`source ${result.source}`, ...names, ...(rule && decided ? decided(rule, result, attributes) : [])];
}

function ruleOf({ features }, id) {
  return id && features[id.split("/")[0]].rules.find((rule) => rule.id === id);
}

function forceWays(rule) {
  return named({
    "force alone": !["condition", "range", "coverage", "filters", "parentConditions"].some((name) => rule[name] !== undefined),
    "force by condition": rule.condition,
    "force by range": rule.range,
    "force by coverage": !rule.range && rule.coverage,
    "force after filters": rule.filters?.length,
    "force after prerequisites": rule.parentConditions,
  });
}

function experimentWays(rule, { experimentResult: result }, { id }) {
  if (!result.hashUsed) return ["forced by circumstances"];
  return named({
    "experiment by equal weights": !rule.weights && !rule.ranges,
    "experiment by weights": rule.weights && !rule.ranges,
    "experiment by coverage": rule.coverage !== undefined && !rule.ranges,
    "experiment by ranges": rule.ranges,
    "experiment by namespace": rule.namespace && !rule.filters,
    "experiment by condition": rule.condition,
    "experiment after filters": rule.filters?.length,
    "experiment after prerequisites": rule.parentConditions,
    "experiment by hash version 1": !rule.hashVersion || rule.hashVersion === 1,
    "experiment by hash version 2": rule.hashVersion === 2,
    "experiment by seed": rule.seed,
    "experiment of a contextual bandit": result.leafId !== undefined,
    "leaf of a contextual bandit": result.leafId >= 0,
    "held back by a holdout": rule.key === "holdout",
    "another hash attribute": result.hashAttribute !== "id",
    "a fallback attribute": rule.fallbackAttribute && result.hashAttribute === rule.fallbackAttribute && result.hashAttribute !== (rule.hashAttribute || "id"),
    "a sticky bucket": result.stickyBucketUsed,
    "an id that is a number": result.hashAttribute === "id" && typeof id === "number",
    "an id beyond ASCII": result.hashAttribute === "id" && typeof id === "string" && /[^\x00-\x7f]/.test(id),
  });
}

const named = (ways) => Object.keys(ways).filter((way) => ways[way]);

/** How many visitors are answered differently once a part is gone; counts no further than `enough`. */
function changes({ needs, edit }, enough) {
  let count = 0;
  for (let place = 0; place < 2 * PAYLOADS && count < enough; place += 1) {
    const { text, asked, answers } = answered(place);
    if (text.includes(needs) && !isDeepStrictEqual(answers, answersTo(edit(asked)))) count += 1;
  }
  return count;
}

const alreadyAnswered = [];

function answered(place) {
  return (alreadyAnswered[place] ??= (() => {
    const [asked] = randomCases(SEED + place, 1);
    return { text: JSON.stringify(asked), asked, answers: answersTo(asked) };
  })());
}

function answersTo(asked) {
  const engine = amendedGrowthbook(asked);
  const found = Object.keys(asked.payload.features).map((key) => JSON.parse(JSON.stringify(engine.evaluate(key).result)));
  engine.free();
  return found;
}
