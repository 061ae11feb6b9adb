// Where WebAssembly is refused the core runs as plain JavaScript, and comes to the same decisions.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { digest, everyDecision } from "./digest.mjs";
import { expectedDigest, payloads, users } from "./payloads.mjs";
import { plain } from "./plain.mjs";
import { privateer } from "./privateer.mjs";

test("it comes to the committed digest", () => {
  const engine = plain({ payload: payloads[100] });
  assert.equal(digest(everyDecision(engine, users)), expectedDigest);
  engine.free();
});

test("it decides 1,000 features as WebAssembly does, its memory growing on the way", async () => {
  await alike(payloads[1000], users.slice(0, 20));
});

test("texts beyond ASCII, and more of them than there was room for", async () => {
  const long = "größe €".repeat(50_000);
  const rule = { condition: { name: { $regex: "^gr.{1,2}ße" } }, force: long };
  await alike({ features: { "größe": { defaultValue: "😀", rules: [rule] } } }, [{ name: "größe" }, { name: long }, {}]);
});

test("the deepest conditions and prerequisites that are allowed, and one deeper", async () => {
  for (const depth of [10, 126, 127, 128, 129, 500]) {
    const features = { not: { defaultValue: "no", rules: [{ condition: nested(depth), force: "yes" }] }, ...chain(depth) };
    await alike({ features }, [{ id: "a", plan: "crew" }, { id: "b", plan: "solo" }]);
  }
});

test("numbers: the largest, the smallest, the odd", async () => {
  const numbers = [0, -0, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, -(2 ** 53), 2 ** 31, -(2 ** 31) - 1, 1e21, 1e-7];
  const rules = numbers.map((number) => ({ condition: { n: { $gte: number } }, force: number }));
  await alike({ features: { n: { defaultValue: null, rules } } }, numbers.map((n) => ({ n })));
});

test("many ids are placed as WebAssembly places them", async () => {
  const ids = Array.from({ length: 5_000 }, (_, number) => `visitor-${number}-€`);
  for (const hashVersion of [1, 2]) {
    const experiment = { key: "split", hashVersion, variations: [0, 1, 2], weights: [0.2, 0.3, 0.5], coverage: 0.9 };
    const expected = await privateer({ payload: {} });
    assert.deepEqual(plain({ payload: {} }).assignMany(experiment, ids), expected.assignMany(experiment, ids));
  }
});

// As Cloudflare's workers are: https://developers.cloudflare.com/workers/runtime-apis/webassembly/
test("a server that compiles nothing runs a compiled module", async (t) => {
  const wasm = new WebAssembly.Module(await readFile(inRoot("pkg", "privateer_bg.wasm")));
  const { Module } = WebAssembly;
  t.after(() => { WebAssembly.Module = Module; });
  WebAssembly.Module = class {
    constructor() { throw new WebAssembly.CompileError("not here"); }
    static [Symbol.hasInstance](value) { return value instanceof Module; }
  };
  const { experiments, instantiate } = await import("../../pkg/index.js?compiled");
  const engine = await experiments({ features: { f: { defaultValue: 7 } } }, { wasm });
  assert.equal(engine.flag("f", 0), 7);
  assert.ok(instantiate(wasm) instanceof WebAssembly.Memory, "the module runs, and not what takes its place");
});

async function alike(payload, visitors) {
  const [expected, engine] = [await privateer({ payload }), plain({ payload })];
  assert.deepEqual([...everyDecision(engine, visitors)], [...everyDecision(expected, visitors)]);
  assert.deepEqual(engine.problems(), expected.problems());
  for (const each of [expected, engine]) each.free();
}

function nested(depth) {
  let condition = { plan: "crew" };
  for (let level = 1; level < depth; level += 1) condition = { $not: condition };
  return condition;
}

// Each feature asks the next one.
function chain(length) {
  const rule = (number) => ({ parentConditions: [{ id: `f${number + 1}`, condition: { value: true } }], force: number });
  const links = Array.from({ length }, (_, number) => [`f${number}`, { defaultValue: true, rules: [rule(number)] }]);
  return { ...Object.fromEntries(links), [`f${length}`]: { defaultValue: true } };
}
