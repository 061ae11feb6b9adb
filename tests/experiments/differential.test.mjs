// The same decisions as GrowthBook's own JavaScript SDK (npm @growthbook/growthbook 1.8.0), for the page build that ships.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { GrowthBook } from "@growthbook/growthbook";
import { initSync, Visitor } from "../../pkg/privateer.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { randomUsers } from "./random_users.mjs";

const json = async (name) => JSON.parse(await readFile(inRoot("tests", "data", "experiments", name), "utf8"));
const payload = await json("payload-100.json");
const users = await json("users.json");
initSync({ module: await readFile(inRoot("pkg", "privateer_bg.wasm")) });

test("1,000 users, 100 features", () => {
  assert.equal(users.length, 1000);
  assert.equal(Object.keys(payload.features).length, 100);
  assertSame(users, payload);
});

test("200 random users: ids beyond ASCII, ids that are numbers, missing attributes", () => {
  const random = randomUsers(200, 20260301);
  for (const kind of ["number", "string", "undefined"]) assert.ok(random.some(({ id }) => typeof id === kind), `an id of type ${kind}`);
  assertSame(random, payload);
});

// Where specification 0.12.0, which we follow, and SDK 1.8.0 part. One that no longer occurs fails: strike it out.
const KNOWN_DIFFERENCES = {
  "a text is not equal to a number": { condition: { age: 5 }, attributes: { age: "5" }, ours: false },
  "a text is not compared with a number": { condition: { age: { $gt: 4 } }, attributes: { age: "5" }, ours: false },
  "a missing number is not less than one": { condition: { age: { $lt: 4 } }, attributes: {}, ours: false },
  "a missing version is not lower than one": { condition: { version: { $vlt: "1.0.0" } }, attributes: {}, ours: false },
  "a pattern is not tried on a number": { condition: { age: { $regex: "5" } }, attributes: { age: 5 }, ours: false },
  "what every object inherits is not there": { condition: { constructor: { $exists: true } }, attributes: {}, ours: false },
  "an unknown operator passes nowhere, not even negated": { condition: { $not: { age: { $near: 1 } } }, attributes: { age: 5 }, ours: false },
  "no operators hold for everybody": { condition: { age: {} }, attributes: { age: 5 }, ours: true },
  "true is nothing to be hashed": { coverage: 1, attributes: { id: true }, ours: false },
};

for (const [name, { attributes, ours, ...rule }] of Object.entries(KNOWN_DIFFERENCES)) {
  test(`known difference: ${name}`, () => {
    const one = { features: { feature: { defaultValue: false, rules: [{ force: true, ...rule }] } } };
    assert.equal(decideOurs(attributes, one).feature.value, ours);
    assert.equal(decideTheirs(attributes, one).feature.value, !ours);
  });
}

function assertSame(users, payload) {
  const differences = users.flatMap((user) => {
    const [ours, theirs] = [decideOurs(user, payload), decideTheirs(user, payload)];
    const differing = Object.keys(payload.features).filter((feature) => JSON.stringify(ours[feature]) !== JSON.stringify(theirs[feature]));
    return differing.map((feature) => ({ user, feature, ours: ours[feature], theirs: theirs[feature] }));
  });
  assert.deepEqual(differences.slice(0, 3), [], `${differences.length} decisions differ; the first three:`);
}

/** Every feature's decision, in one shape for both engines. */
function decideOurs(attributes, payload) {
  const site = JSON.stringify({ experiments: { payload }, tracking: { pageviews: false } });
  const visitor = Visitor.simulated(site, JSON.stringify({ page: { url: "https://example.com/" } }), 1, 0);
  // The visitor's own id stands in for a missing one, unless the page tells that there is none.
  visitor.step("attributes", JSON.stringify({ ...attributes, id: attributes.id ?? null }), "", 0);
  const decide = (feature) => {
    const { value, source, rule, experiment, variation, variationKey, bucket } = JSON.parse(visitor.ask("decision", feature));
    return { value, source, rule, experiment, variation, variationKey, bucket };
  };
  const decisions = forEach(payload.features, decide);
  visitor.free();
  return decisions;
}

function decideTheirs(attributes, { features, savedGroups }) {
  const engine = new GrowthBook({ attributes, features, savedGroups });
  const decide = (feature) => {
    const { value, source, ruleId, experiment, experimentResult: result } = engine.evalFeature(feature);
    const { variationId: variation, key: variationKey, bucket } = result ?? {};
    return { value, source, rule: ruleId ?? "", experiment: experiment?.key, variation, variationKey, bucket };
  };
  const decisions = forEach(features, decide);
  engine.destroy();
  return decisions;
}

const forEach = (features, decide) => Object.fromEntries(Object.keys(features).map((feature) => [feature, decide(feature)]));
