// Many features are decided in one call after something changed. That must not show: not in values, not in exposures.
import assert from "node:assert/strict";
import test from "node:test";
import { experimentsNow } from "../../pkg/index.js";
import { privateer } from "./privateer.mjs";

await privateer({ payload: {} }); // instantiates the module

const MANY = 40; // from 16 on they are decided together
const KEYS = Array.from({ length: MANY }, (_, number) => `f${number}`);
const META = [{ key: "c" }, { key: "t" }];

// Experiments of their own; pairs that share one by two attributes, so that what is kept for one goes for the other; and
// features whose prerequisite is an experiment.
function rules(number) {
  const split = { key: `e${number}`, variations: ["c", "t"], meta: META, hashVersion: 2 };
  if (number % 4 === 1) return [{ ...split, key: `e${number - 1}`, hashAttribute: "account", fallbackAttribute: "id" }];
  if (number % 4 === 3) return [{ parentConditions: [{ id: `f${number - 1}`, condition: { value: "t" } }], force: "after" }];
  return [split];
}

const PAYLOAD = { features: Object.fromEntries(KEYS.map((key, number) => [key, { defaultValue: "none", rules: rules(number) }])) };
const visitor = (number) => ({ id: `user-${number}`, account: `account-${number % 7}` });
const engine = (attributes) => experimentsNow(PAYLOAD, { attributes, sticky: true, exposures: true });
const values = (experiments) => KEYS.map((key) => experiments.flag(key, null));
const counted = (experiments) => experiments.exposures().map(({ event, properties }) => [event, properties.experiment_id, properties.variation_id]);

test("a visitor who follows another one is decided and counted as if they had come first", () => {
  for (let number = 0; number < 50; number += 1) {
    const former = engine(visitor(1000 + number));
    values(former);
    former.exposures();
    former.setAttributes(visitor(number));
    // What was kept for an account that both visitors have belongs to it: the other engine is told as well.
    const kept = former.stickyDocuments();
    const sticky = Object.values(kept).map((document) => JSON.stringify(document));
    const told = experimentsNow(PAYLOAD, { attributes: visitor(number), sticky, exposures: true });
    assert.deepEqual(values(former), values(told), `visitor ${number}`);
    assert.deepEqual(counted(former), counted(told), `visitor ${number}`);
    for (const each of [former, told]) each.free();
  }
});

test("each change is seen, there and back", () => {
  const experiments = experimentsNow(PAYLOAD, { attributes: visitor(1) });
  const alone = (number) => {
    const fresh = experimentsNow(PAYLOAD, { attributes: visitor(number) });
    const found = values(fresh);
    fresh.free();
    return found;
  };
  for (const number of [1, 2, 3, 2, 1]) {
    experiments.setAttributes(visitor(number));
    assert.deepEqual(values(experiments), alone(number));
    assert.equal(experiments.flag("unknown", "fallback"), "fallback");
  }
});

test("texts of three bytes a letter are found and kept", () => {
  const key = "€".repeat(600);
  const experiments = experimentsNow({ features: { [key]: { defaultValue: key } } });
  assert.equal(experiments.flag(key, null), key);
});
