// Two engines, one visitor: do they say the same?
import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";
import { amendedGrowthbook } from "./growthbook.mjs";
import { privateer } from "./privateer.mjs";
import { shrink } from "./shrink.mjs";

const asJson = (value) => JSON.parse(JSON.stringify(value));

/** What a feature is, in the shape of our own `decide()`. */
export const outline = ({ value, source, ruleId, experimentResult: result, throws }) => (
  asJson({ value, source, rule: ruleId, variation: result?.variationId ?? null, bucket: result?.bucket ?? null, throws })
);

const outlineOfRun = ({ inExperiment, variationId, value, hashUsed, bucket = null, stickyBucketUsed, passthrough = false, throws }) => (
  asJson({ inExperiment, variationId, value, hashUsed, bucket, stickyBucketUsed, passthrough, throws })
);

/**
 * Asks both engines for every feature and experiment, as a page does: what is asked for counts, and is kept for later.
 * @param {object} asked payload, attributes, circumstances; features: keys to ask for beside the payload's; experiments to run
 * @returns {Promise<{ question: string, subject: unknown, ours: unknown, theirs: unknown, names: string[] }[]>} all answers
 */
export async function bothAnswers(asked) {
  const { payload, attributes = {}, circumstances = {}, features = [], experiments = [] } = asked;
  const complete = { payload, attributes, circumstances };
  const [ours, theirs] = [await privateer(complete), amendedGrowthbook(complete)];
  const found = ours.automatic();
  const answers = theirs.automatic.result.overwritten ? [] : [answer("automatic", null, found, theirs.automatic)];
  for (const key of [...Object.keys(payload.features), ...features]) answers.push(feature(key, ours, theirs));
  for (const experiment of experiments) answers.push(run(experiment, ours, theirs));
  answers.push({ question: "exposures", ours: exposuresOf(ours), theirs: theirs.exposures(), names: [] });
  const kept = (documents) => withoutShared(documents, payload, experiments);
  answers.push({ question: "documents", ours: kept(ours.stickyDocuments()), theirs: kept(theirs.documents()), names: [] });
  ours.free();
  theirs.free();
  return answers;
}

function feature(key, ours, theirs) {
  const result = ours.evaluate(key);
  assertOneMind(ours, key, result);
  return answer("evaluate", key, result, theirs.evaluate(key));
}

// JSON has no undefined, which the SDK gives for an experiment without variations.
function run(experiment, ours, theirs) {
  const { result, names } = theirs.run(experiment);
  return answer("run", experiment, ours.run(experiment), { result: { ...result, value: result.value ?? null }, names });
}

const answer = (question, subject, ours, { result: theirs, names }) => ({ question, subject, ours, theirs, names });

// All that can be asked about one feature tells the same. `flag` comes last: it is what counts.
function assertOneMind(engine, key, result) {
  const { value, on, source, rule, experiment, variation, bucket } = engine.decide(key);
  assert.deepEqual({ value, source, rule, variation, bucket }, outline(result));
  assert.deepEqual({ on, experiment }, { on: result.on, experiment: result.experiment?.key ?? null });
  assert.equal(engine.variation(key), variation);
  assert.deepEqual(engine.flag(key, "fallback"), value ?? "fallback");
}

// Where two rules share an experiment's key but assign differently, the last word is the SDK's last run and our last exposure.
function withoutShared(documents, payload, experiments) {
  const shared = sharedKeys(payload, experiments);
  const isOwn = ([name]) => !shared.has(name.replace(/__\d+$/, ""));
  return Object.fromEntries(Object.entries(documents).map(([name, { assignments, ...rest }]) => [name, { ...rest, assignments: Object.fromEntries(Object.entries(assignments).filter(isOwn)) }]));
}

function sharedKeys({ features, experiments: automatic = [] }, experiments) {
  const ofRules = Object.entries(features).flatMap(([feature, { rules = [] }]) => rules.map(({ key }) => key || feature));
  const keys = [...ofRules, ...[...automatic, ...experiments].map(({ key }) => key)];
  return new Set(keys.filter((key, place) => keys.indexOf(key) !== place));
}

const exposuresOf = (engine) => engine.exposures().map(({ properties: { experiment_id: experiment, variation_id: variation, feature_id: feature = null } }) => ({ experiment, variation, feature }));

// Two spellings of one address are the same.
const outlineOfAutomatic = ({ results, redirect }) => ({ results: results.map(outlineOfRun), redirect: redirect && parts(redirect) });

function parts(address) {
  const { origin, pathname, searchParams, hash } = new URL(address);
  return { origin, pathname, parameters: [...searchParams], hash };
}

const OUTLINES = { evaluate: outline, run: outlineOfRun, automatic: outlineOfAutomatic };

/** The answers that are not the same. Where no known difference counted, every field must be; else the decision. */
export function disagreements(answers) {
  return answers.filter(({ question, ours, theirs, names }) => {
    const view = ((names.length > 0 || question === "automatic") && OUTLINES[question]) || asJson;
    return !isDeepStrictEqual(view(ours), view(theirs));
  });
}

/** Fails with the first of the cases in its smallest form; silent when there is none. */
export async function assertNone(cases) {
  if (cases.length === 0) return;
  const { asked, disagreement } = await smallestForm(cases[0]);
  const text = inspect({ asked, ...disagreement }, { depth: null, breakLength: 150 });
  assert.fail(`${cases.length} answers differ; the first in its smallest form:\n${text}`);
}

/** The same disagreement, not another one that a smaller case happens to have: with the same names, and none where the SDK fails. */
export async function smallestForm({ asked, disagreement }) {
  const find = async (smaller) => disagreements(await bothAnswers(smaller)).find(({ question, names, theirs }) => (
    question === disagreement.question && isDeepStrictEqual(names, disagreement.names) && !theirs.throws === !disagreement.theirs.throws
  ));
  const sound = ({ payload, experiments = [] }) => [...experiments, ...(payload.experiments ?? [])].every(({ key }) => key);
  const smallest = await shrink(asked, async (each) => sound(each) && Boolean(await find(each)));
  return { asked: smallest, disagreement: (await find(smallest)) ?? disagreement };
}
