// A reason is true: whoever keeps a variation from before is not said to have got it by today's weights.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { experiments } from "../../pkg/index.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { describe } from "../../www/harness/describe.js";

const wasm = await readFile(inRoot("pkg", "privateer_bg.wasm"));
const meta = [{ key: "0" }, { key: "1" }];
const payload = (weights) => ({
  features: { hero: { defaultValue: "a", rules: [{ key: "headline", variations: ["a", "b"], weights, hashVersion: 2, meta }] } },
});
const before = { attributeName: "id", attributeValue: "u1", assignments: { headline__0: "0" } };

test("a variation that was given before is kept, and said to be", async () => {
  const engine = await experiments(payload([0, 1]), { attributes: { id: "u1" }, sticky: [before], wasm });
  const decision = engine.decide("hero");
  assert.deepEqual([decision.value, decision.kept], ["a", true]);
  assert.match(describe(decision), /gave this visitor variation 0 before/);
  assert.doesNotMatch(describe(decision), /belongs to/);
  assert.match((await engine.why("hero")).reason, /keeps this visitor in variation 0/);
});

test("without one, the place on the line decides, and is said to", async () => {
  const engine = await experiments(payload([0, 1]), { attributes: { id: "u1" }, sticky: true, wasm });
  const decision = engine.decide("hero");
  assert.deepEqual([decision.value, decision.kept], ["b", false]);
  assert.match(describe(decision), /which belongs to variation 1/);
});
