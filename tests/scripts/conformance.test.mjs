// The runner of shared cases: what it reads, how it asks, when an answer counts, and that it never stays silent.
// All cases here are our own; where one is put to what ships, the expected answer is explained beside it.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { choose, readSections, sectionsIn } from "../../scripts/conformance/cases.mjs";
import { same, sameTo8Decimals } from "../../scripts/conformance/compare.mjs";
import { taken } from "../../scripts/conformance/context.mjs";
import { readOptions } from "../../scripts/conformance/options.mjs";
import { report } from "../../scripts/conformance/report.mjs";
import { documentsOf } from "../../scripts/conformance/sticky_service.mjs";
import { runSuite } from "../../scripts/conformance/suite.mjs";
import { findBrowser, howToGet } from "../../scripts/setup/browsers.mjs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { run } from "../../scripts/shared/run.mjs";

const SAME = {
  "keys in another order": ['{"a":1,"b":[{"c":2,"d":3}]}', '{"b":[{"d":3,"c":2}],"a":1}', true],
  "lists in another order": ["[1,2]", "[2,1]", false],
  "a list and the object with its places": ["[1]", '{"0":1}', false],
  "null and nothing": ['{"a":null}', "{}", false],
  "a number and its text": ["1", '"1"', false],
  "false and null": ["false", "null", false],
  "whole numbers however they are written": ["1", "1.0", true],
  "numbers a bit apart": ["0.3", "0.30000000000000004", false],
  "a key that every object inherits": ['{"a":{"__proto__":1}}', '{"a":{"toString":1}}', false],
  "an own key called __proto__": ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', false],
};

for (const [what, [one, other, expected]] of Object.entries(SAME)) {
  test(`${what}: ${expected ? "the same" : "different"}`, () => {
    assert.equal(same(JSON.parse(one), JSON.parse(other)), expected);
    assert.equal(same(JSON.parse(other), JSON.parse(one)), expected);
  });
}

test("an undefined member is an absent one, on either side", () => {
  assert.ok(same({ a: 1, b: undefined }, { a: 1 }));
  assert.ok(same({ a: 1 }, { a: 1, b: undefined }));
  assert.ok(!same({ a: undefined }, { b: 1 }));
});

test("sums are compared by their first eight decimals, floored", () => {
  assert.ok(sameTo8Decimals([[0, 0.333333339]], [[0, 0.333333331]]));
  assert.ok(!sameTo8Decimals([0.25], [0.24999999]));
  assert.ok(!sameTo8Decimals([0.5], [0.5, 0.5]));
  assert.ok(!sameTo8Decimals(null, []));
});

test("sections stand at the top or in a group; the specification's version is none", () => {
  const file = { specVersion: "0.12.0", hash: [1], group: { feature: [2], run: [3] } };
  const names = (sections) => sections.map(({ section }) => section);
  assert.deepEqual(names(sectionsIn(file)), ["hash", "group.feature", "group.run"]);
  assert.deepEqual(names(choose(sectionsIn(file), ["group"])), ["group.feature", "group.run"]);
  assert.deepEqual(names(choose(sectionsIn(file), ["group.run", "hash"])), ["hash", "group.run"]);
  assert.throws(() => choose(sectionsIn(file), ["features"]), { message: /no section called "features"/, fix: /group\.feature/ });
});

const NO_CASES = { "no JSON": "{", "a list": "[]", "null": "null", "no sections": '{"specVersion":"0.12.0"}' };

for (const [what, text] of Object.entries(NO_CASES)) {
  test(`a file with ${what} is refused in words`, async (t) => {
    const path = await fileWith(t, text);
    await assert.rejects(readSections(path), (error) => error.constructor.name === "Stop" && error.message.startsWith(path));
  });
}

test("options name one suite, one file, and nothing unknown", () => {
  const at = { INIT_CWD: "/somewhere" };
  assert.deepEqual(readOptions(["growthbook", "cases.json"], at), { suite: "growthbook", file: "/somewhere/cases.json", only: [], engine: "node" });
  const all = readOptions(["growthbook", "/cases.json", "--compat=0.8", "--only=hash, run", "--engine=chromium"], at);
  assert.deepEqual(all, { suite: "growthbook", file: "/cases.json", only: ["hash", "run"], engine: "chromium", compat: "0.8" });
  for (const wrong of [[], ["growthbook"], ["unleash", "a"], ["growthbook", "a", "b"], ["growthbook", "a", "--fast"]]) {
    assert.throws(() => readOptions(wrong, at), { name: "Error", fix: /./ });
  }
  assert.throws(() => readOptions(["growthbook", "a", "--engine=firefox"], at), { fix: /node, chromium/ });
  assert.throws(() => readOptions(["growthbook", "a", "--compat=0.7"], at), { fix: /0\.8/ });
});

test("a context is divided into payload and options, and what is unknown is an error", () => {
  const context = { attributes: { id: "1" }, features: {}, savedGroups: {}, url: "", qaMode: true, stickyBucketAssignmentDocs: {} };
  assert.deepEqual(taken(context), { payload: { features: {}, savedGroups: {} }, options: { attributes: { id: "1" }, url: "", qaMode: true } });
  assert.throws(() => taken({ attributes: {}, mood: "good" }), /"mood"/);
});

test("what cannot be asked fails in words, and every case of it counts", async () => {
  const sections = sectionsIn({ guess: [["a"], ["b"]], nothing: [], words: "hash", empty: {}, feature: [["too short"], null], constructor: [["c"]] });
  const outcomes = await runSuite(sections, {});
  assert.deepEqual(outcomes.map(({ section, index, passed }) => [section, index, passed]), [
    ["guess", 0, false], ["guess", 1, false], ["nothing", 0, false], ["words", 0, false], ["empty", 0, false],
    ["feature", 0, false], ["feature", 1, false], ["constructor", 0, false],
  ]);
  assert.match(outcomes[0].got, /nothing here knows how to ask/);
  assert.match(outcomes[5].expected, /a list of 4 fields/);
});

test("an engine that throws fails the case and not the run", async () => {
  const engine = { probe: (question) => { if (question === "hash") throw new Error("unreachable"); return 0; } };
  const [first, second] = await runSuite(sectionsIn({ hash: [["seed", "a", 1, 0.5]], chooseVariation: [["n", 0, [[0, 1]], 0]] }), engine);
  assert.deepEqual(first, { section: "hash", index: 0, name: '["seed","a",1]', expected: "0.5", passed: false, got: "an error: unreachable" });
  assert.equal(second.passed, true);
});

test("a condition that is no object is asked as a condition all the same", async () => {
  const asked = [];
  const engine = pretended((payload) => { asked.push(payload.features.asked.rules[0].condition); return { value: false }; });
  const cases = [["null", null, {}, false], ["text", "a", {}, false], ["list", [{}], {}, false], ["object", { $and: null }, {}, false]];
  const outcomes = await runSuite(sectionsIn({ evalCondition: cases }), engine);
  assert.ok(outcomes.every(({ passed }) => passed));
  assert.deepEqual(asked, [{ $and: [null] }, { $and: ["a"] }, { $and: [[{}]] }, { $and: null }]);
});

test("keys that every object inherits reach the engine as data", async () => {
  const given = [];
  const engine = pretended((payload, options) => { given.push(JSON.stringify([payload, options])); return { value: true }; });
  const [tuple] = JSON.parse('[["n", {"__proto__": {"constructor": 1}}, {"__proto__": 1}, true, {"__proto__": ["a"]}]]');
  await runSuite(sectionsIn({ evalCondition: [tuple] }), engine);
  assert.match(given[0], /"condition":\{"__proto__":\{"constructor":1\}\}.*"savedGroups":\{"__proto__":\["a"\]\}.*"attributes":\{"__proto__":1\}/);
});

const DOCUMENT = (attributeName, attributeValue, variation) => ({ attributeName, attributeValue, assignments: { exp__0: variation } });
const VARIED = { features: { f: { rules: [{ variations: [0, 1], fallbackAttribute: "device" }, { force: 1, hashAttribute: "account" }] } } };

test("loaded are the visitor's documents by what is hashed, and those of the context replace stored ones", () => {
  const mine = DOCUMENT("id", "1", "b");
  const context = { ...VARIED, attributes: { id: 1, device: "d", account: "a" }, stickyBucketAssignmentDocs: { "id||1": mine } };
  const stored = [DOCUMENT("id", "1", "a"), DOCUMENT("id", "2", "a"), DOCUMENT("device", "d", "a"), DOCUMENT("account", "a", "a")];
  assert.deepEqual(documentsOf(context, stored), [mine, DOCUMENT("device", "d", "a")]);
  assert.deepEqual(documentsOf({ attributes: { id: "1" } }, stored), [], "nothing is varied, so nothing is asked for");
  assert.deepEqual(documentsOf({ ...VARIED, attributes: { id: true } }, [DOCUMENT("id", "true", "a")]), [], "true is nothing to be hashed");
});

test("a result is the one before it was remembered", async () => {
  let seen = 0;
  const engine = pretended(() => ({ experimentResult: { stickyBucketUsed: seen > 0 } }), { variation: () => { seen += 1; } });
  const [outcome] = await runSuite(sectionsIn({ stickyBucket: [["n", {}, [], "f", { stickyBucketUsed: false }, {}]] }), engine);
  assert.equal(outcome.passed, true, outcome.got);
  assert.equal(seen, 1);
});

test("outside that section documents switch nothing on", async () => {
  let given;
  const engine = pretended((_, options) => { given = options; return {}; });
  await runSuite(sectionsIn({ feature: [["n", { stickyBucketAssignmentDocs: {} }, "f", {}]] }), engine);
  assert.equal("sticky" in given, false);
});

test("only who was assigned by hash is exposed to a redirect", async () => {
  const result = (more) => ({ inExperiment: true, hashUsed: true, value: { urlRedirect: "https://example.com/b" }, ...more });
  const engine = pretended(() => [result({}), result({ hashUsed: false }), result({ inExperiment: false }), result({ value: {} })]);
  const seen = (more) => ({ inExperiment: true, urlWithParams: "", ...more });
  const [outcome] = await runSuite(sectionsIn({ urlRedirect: [["n", {}, [seen({ urlRedirect: "https://example.com/b" }), seen({})]]] }), engine);
  assert.equal(outcome.passed, true, outcome.got);
});

test("the report names each failure with its place, and counts last", () => {
  const outcome = { section: "feature", index: 3, name: "a name", passed: false, expected: "1", got: "2" };
  const lines = report([outcome, { ...outcome, index: 4, passed: true }]).split("\n");
  assert.deepEqual(lines, ["✗ feature 3: a name", "    expected  1", "    got       2", "", "1 passed, 1 failed"]);
  assert.equal(report([{ ...outcome, passed: true }]), "1 passed, 0 failed");
});

// 1/1 leaves one range, and a half is in it; a feature without rules has its default.
const RIGHT = {
  specVersion: "0.12.0",
  getEqualWeights: [[1, [1]]],
  chooseVariation: [["a half", 0.5, [[0, 1]], 0]],
  ours: { feature: [["a default", { features: { f: { defaultValue: 7 } } }, "f", { value: 7, on: true, off: false, source: "defaultValue", ruleId: "" }]] },
  evalCondition: [["nobody", null, { id: "1" }, false], ["everybody", {}, {}, true], ["an attribute of that name", JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}'), true]],
};

const SKIP = { node: false, chromium: !findBrowser("chromium") && `there is no Chromium to ask in. ${howToGet("chromium")}` };

for (const [engine, skip] of Object.entries(SKIP)) {
  test(`all right in ${engine}: status 0`, { skip }, async (t) => {
    const { code, stdout } = await conformance(await fileWith(t, JSON.stringify(RIGHT)), `--engine=${engine}`);
    assert.equal(lastLine(stdout), "6 passed, 0 failed", stdout);
    assert.equal(code, 0);
  });

  test(`one wrong in ${engine}: it is named, and the status is 1`, { skip }, async (t) => {
    const wrong = { ...RIGHT, chooseVariation: [["a half", 0.5, [[0, 1]], 0], ["a wrong half", 0.5, [[0, 1]], 1]] };
    const { code, stdout } = await conformance(await fileWith(t, JSON.stringify(wrong)), `--engine=${engine}`);
    assert.match(stdout, /✗ chooseVariation 1: a wrong half\n {4}expected {2}1\n {4}got {7}0\n/);
    assert.equal(lastLine(stdout), "6 passed, 1 failed");
    assert.equal(code, 1);
  });
}

test("sections can be chosen, and a wrong one in the others is not asked", async (t) => {
  const path = await fileWith(t, JSON.stringify({ ...RIGHT, guess: [["a"]] }));
  const chosen = await conformance(path, "--only=ours,getEqualWeights");
  assert.deepEqual([chosen.code, lastLine(chosen.stdout)], [0, "2 passed, 0 failed"]);
  const all = await conformance(path);
  assert.deepEqual([all.code, lastLine(all.stdout)], [1, "6 passed, 1 failed"]);
});

test("a file that is not there: status 1, in words", async () => {
  const { code, output } = await conformance("/nowhere/cases.json");
  assert.equal(code, 1);
  assert.match(output, /\/nowhere\/cases\.json cannot be read/);
});

/** An engine whose every answer is what `decide` makes of payload and options. */
function pretended(decide, more = {}) {
  return {
    experiments: async (payload, options) => ({
      ...more,
      evaluate: () => decide(payload, options),
      automatic: () => ({ results: decide(payload, options), redirect: null }),
      stickyDocuments: () => ({}),
      free() {},
    }),
  };
}

async function fileWith(t, text) {
  const folder = await mkdtemp(join(tmpdir(), "privateer-cases-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "cases.json");
  await writeFile(path, text);
  return path;
}

const conformance = (path, ...options) => run(process.execPath, [inRoot("scripts", "conformance.mjs"), "growthbook", path, ...options]);
const lastLine = (text) => text.trimEnd().split("\n").at(-1);
