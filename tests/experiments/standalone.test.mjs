// What pages and servers hand in by mistake is answered, and leaves everything working.
import assert from "node:assert/strict";
import test from "node:test";
import { experimentsNow } from "../../pkg/index.js";
import { privateer } from "./privateer.mjs";

await privateer({ payload: {} }); // instantiates the module

const EXPERIMENT = { key: "layout", hashVersion: 2, variations: [0, 1, 2, 3] };
const engine = () => experimentsNow({ features: { f: { defaultValue: 7 } } }, { attributes: { id: "u1" } });

test("an id that is no text is hashed as one, and none is in no variation", () => {
  const experiments = engine();
  for (const id of [123, 0.5, true, { toString: () => "x" }]) {
    assert.equal(experiments.assign(EXPERIMENT, id), experiments.assign(EXPERIMENT, String(id)));
  }
  assert.deepEqual([undefined, null, ""].map((id) => experiments.assign(EXPERIMENT, id)), [-1, -1, -1]);
  const unreadable = { toString: () => { throw new Error("no text"); } };
  assert.equal(experiments.assign(EXPERIMENT, unreadable), -1);
  // The ids after it fall where they always do.
  const ids = ["u0", "u1", "u2", "u3", "u4", "u5"];
  assert.deepEqual([...experiments.assignMany(EXPERIMENT, ids)], ids.map((id) => engine().assign(EXPERIMENT, id)));
});

test("many ids are assigned as each of them is", () => {
  const experiments = engine();
  const lists = [[], [""], ["a"], ["a", ""], ["", "a"], ["a\nb", ""], ["a\nb", "c"], ["\n"], [1, null, undefined, "é", "😀"]];
  for (const ids of lists) {
    const expected = ids.map((id) => experiments.assign(EXPERIMENT, id));
    assert.deepEqual([...experiments.assignMany(EXPERIMENT, ids)], expected, JSON.stringify(ids));
  }
  assert.deepEqual([...experiments.assignMany(EXPERIMENT, new Set(["a", "b"]))], ["a", "b"].map((id) => experiments.assign(EXPERIMENT, id)));
  assert.deepEqual([...experiments.assignMany(EXPERIMENT, undefined)], []);
});

test("an experiment that is none leaves everybody out and the rest working", () => {
  const experiments = engine();
  const circular = {};
  circular.self = circular;
  for (const experiment of [undefined, null, 5, () => {}, circular, { key: "k", variations: [1n, 2n] }, "nowhere"]) {
    assert.equal(experiments.assign(experiment, "a"), -1);
    assert.deepEqual([...experiments.assignMany(experiment, ["a"])].filter((index) => index !== -1), []);
    assert.equal(experiments.run(experiment).inExperiment, false);
  }
  assert.equal(experiments.flag("f", 0), 7);
});

test("a payload that is none has no features", () => {
  for (const payload of [undefined, null, "", "{", 5, [], new Uint8Array(), new Uint8Array([255])]) {
    assert.equal(experimentsNow(payload).flag("f", "fallback"), "fallback");
  }
});

test("a payload beyond ASCII is read whole", () => {
  const payload = { features: { "größe": { defaultValue: "€".repeat(70_000) } } };
  assert.equal(experimentsNow(payload).flag("größe", ""), "€".repeat(70_000));
  assert.equal(experimentsNow(new TextEncoder().encode(JSON.stringify(payload))).flag("größe", ""), "€".repeat(70_000));
});

test("unknown flags are not remembered", () => {
  const experiments = engine();
  for (let number = 0; number < 1000; number += 1) assert.equal(experiments.flag(`unknown-${number}`, "fallback"), "fallback");
  assert.equal(experiments.variation("unknown"), null);
});

test("attributes that are no JSON change nothing, and later ones are taken", (t) => {
  t.mock.method(console, "warn", () => {});
  const rule = { condition: { plan: "crew" }, force: "crew" };
  const experiments = experimentsNow({ features: { f: { defaultValue: "none", rules: [rule] } } }, { attributes: { plan: "crew" } });
  const circle = {};
  circle.self = circle;
  for (const values of [{ n: 1n }, circle, { get plan() { throw new Error("no"); } }]) {
    experiments.attributes(values);
    assert.equal(experiments.flag("f", null), "crew");
    experiments.setAttributes(values);
    assert.equal(experiments.flag("f", null), "crew");
  }
  assert.equal(console.warn.mock.callCount(), 6);
  experiments.attributes({ plan: "solo" });
  assert.equal(experiments.flag("f", null), "none");
});

test("a listener's mistake keeps nobody else from hearing, and nobody hears of a visitor who is gone", async (t) => {
  t.mock.method(console, "error", () => {});
  const experiments = experimentsNow({ features: { f: { defaultValue: 0, rules: [{ condition: { v: 1 }, force: 1 }] } } });
  const heard = [];
  experiments.subscribe("f", () => { throw new Error("mine"); });
  experiments.subscribe("f", ({ value }) => heard.push(value));
  experiments.subscribe(() => heard.push("all"));
  experiments.setAttributes({ v: 1 });
  await null;
  assert.deepEqual(heard, [1, "all"]);
  assert.equal(console.error.mock.callCount(), 1);
  experiments.setAttributes({ v: 2 });
  experiments.free();
  await null;
  assert.deepEqual(heard, [1, "all"]);
});

test("no ids are in no list", () => {
  assert.equal(engine().assignMany(EXPERIMENT, new Uint8Array()).length, 0);
});
