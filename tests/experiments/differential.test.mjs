// The same decisions as GrowthBook's own JavaScript SDK (npm @growthbook/growthbook 1.8.0), on whole payloads; random.test.mjs tries all else.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { outline } from "./agreement.mjs";
import { amendedGrowthbook, growthbook } from "./growthbook.mjs";
import { KNOWN_DIFFERENCES, THROWS } from "./known_differences.mjs";
import { payloads, users } from "./payloads.mjs";
import { privateer } from "./privateer.mjs";
import { randomUsers } from "./random_users.mjs";

// The SDK complains of what is tried on purpose.
before(() => {
  console.error = () => {};
});

for (const [features, visitors] of [[100, 1_000], [1_000, 200]]) {
  test(`${features} features, ${visitors} users`, async () => {
    assert.equal(Object.keys(payloads[features].features).length, features);
    assert.equal(users.length, 1_000);
    await assertSame(users.slice(0, visitors), payloads[features]);
  });
}

test("200 random users: ids beyond ASCII, ids that are numbers, missing attributes", async () => {
  const random = randomUsers(200, 20260301);
  for (const kind of ["number", "string", "undefined"]) assert.ok(random.some(({ id }) => typeof id === kind), `an id of type ${kind}`);
  await assertSame(random, payloads[100]);
});

for (const [name, { payload, attributes, circumstances = {}, ours, theirs, feature = "feature", asked = "value" }] of Object.entries(KNOWN_DIFFERENCES)) {
  test(`known difference: ${name}`, async () => {
    const given = { payload, attributes, circumstances };
    const [engine, sdk, amended] = [await privateer(given), growthbook(given), amendedGrowthbook(given)];
    const { result, names } = amended.evaluate(feature);
    engine.flag(feature);
    const told = (decision, exposures) => (asked === "exposures" ? exposures.length : decision[asked]);
    const decision = sdk.evaluate(feature);
    assert.equal(told(engine.evaluate(feature), engine.exposures()), ours, "ours");
    assert.equal(decision.throws ? THROWS : told(decision, sdk.exposures()), theirs, "SDK 1.8.0");
    assert.deepEqual([told(result, amended.exposures()), ...names], [ours, name], "SDK 1.8.0 without this difference");
    engine.free();
  });
}

/** One engine for all users, as a page or a worker keeps it; an SDK for each. */
async function assertSame(users, payload) {
  const engine = await privateer({ payload });
  for (const attributes of users) {
    engine.setAttributes(attributes);
    const sdk = growthbook({ payload, attributes, circumstances: {} });
    for (const key of Object.keys(payload.features)) assertSameFeature(key, engine, sdk);
    sdk.free();
  }
  engine.free();
}

// These payloads meet no known difference: every field is the same, and our own shape tells the same.
function assertSameFeature(key, engine, sdk) {
  const result = sdk.evaluate(key);
  const { value, source, rule, variation, bucket } = engine.decide(key);
  assert.deepEqual({ value, source, rule, variation, bucket }, outline(result));
  assert.deepEqual(engine.evaluate(key), JSON.parse(JSON.stringify(result)));
}
