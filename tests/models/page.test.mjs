// Learned models as a page asks them: the same bytes as the native library's, bit for bit, and damage is told.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";

const CASES = inRoot("tests", "data", "learned");
const program = readFileSync(inRoot("pkg", "learned.wasm"));
const digests = JSON.parse(readFileSync(inRoot("tests", "data", "learned_digests.json"), "utf8"));

let importer;
let load;

before(async () => {
  importer = await import(inRoot("pkg", "models", "models.js"));
  importer.initSync({ module: readFileSync(inRoot("pkg", "models", "models_bg.wasm")) });
  ({ load } = await import(inRoot("pkg", "learned.js")));
});

const textOf = (name) => readFileSync(inRoot("tests", "data", name), "utf8");
const fileOf = (name) => importer.importModel(textOf(name));
const modelOf = (name) => load(fileOf(name), program);

function fnv(start, bytes) {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return hash;
}

const bytesOf = (numbers) => new Uint8Array(Float64Array.from(numbers).buffer);

const added = ({ base, contributions, rounding }) => contributions.reduce((sum, line) => sum + line, base) + rounding;

test("every case has the digest that the native library has", async () => {
  const names = readdirSync(CASES).filter((name) => /^[^.]+\.json$/.test(name));
  assert.deepEqual(names.sort(), Object.keys(digests).sort());
  for (const name of names) {
    const { model: source, rows } = JSON.parse(textOf(`learned/${name}`));
    const file = fileOf(`learned/${source}`);
    const model = await load(file, program);
    let hash = fnv(0x811c9dc5, file);
    for (const row of rows) {
      const told = model.predict(row.map((value) => value ?? NaN));
      assert.ok(Object.is(added(told), told.margin), `${name}: ${JSON.stringify(told)}`);
      hash = fnv(hash, bytesOf([told.value, told.margin, told.base, told.rounding, ...told.contributions]));
    }
    assert.equal(hash.toString(16).padStart(8, "0"), digests[name], name);
  }
});

test("a scorecard tells its reasons", async () => {
  const card = await modelOf("pmml/scorecard.pmml");
  assert.deepEqual(card.features.map(({ name, kind }) => [name, kind]), [["department", "category"], ["age", "number"], ["income", "number"]]);
  const { value, contributions, reasons } = card.predict([card.features[0].categories.indexOf("engineering"), 25, 500]);
  assert.equal(value, 29);
  assert.deepEqual([...contributions].slice(3), [3, 0, 26]);
  assert.deepEqual(card.lines.slice(3), ["department", "age", "income"]);
  assert.deepEqual(reasons, [{ code: "RC2", points: 18 }, { code: "RC1", points: 16 }]);
  const strict = await modelOf("pmml/scorecard-strict.pmml");
  assert.ok(Number.isNaN(strict.predict([NaN, 25, 500]).value));
});

test("answers stay when the next one is asked for, and models do not share anything", async () => {
  const [one, other] = [await modelOf("learned/lightgbm-binary.lgb.txt"), await modelOf("learned/xgboost-number.xgb.json")];
  const first = one.predict([1, 2, 3, 4, 5]);
  const kept = structuredClone(first);
  other.predict([5, 4, 3, 2, 1]);
  one.predict([NaN, NaN, NaN, NaN, NaN]);
  assert.deepEqual(first, kept);
  assert.deepEqual(one.predict([1, 2, 3, 4, 5]), kept);
});

test("the program may be given as bytes or compiled", async () => {
  const file = fileOf("learned/sklearn-tree.skl.json");
  const row = [0.1, 20, 3, 0, 7];
  const one = (await load(file, program)).predict(row);
  assert.deepEqual((await load(file.buffer.slice(file.byteOffset, file.byteOffset + file.length), new WebAssembly.Module(program))).predict(row), one);
});

test("a calibration is put on", async () => {
  const file = importer.calibrateModel(fileOf("learned/lightgbm-binary.lgb.txt"), JSON.stringify({ kind: "sigmoid", a: -2, b: 0.5, of: "margin" }));
  const { value, margin } = (await load(file, program)).predict([1, 2, 3, 4, 5]);
  assert.ok(Math.abs(value - 1 / (1 + Math.exp(-2 * margin + 0.5))) < 1e-15);
  assert.throws(() => importer.calibrateModel(file, JSON.stringify({ kind: "isotonic", xs: [1, 0], ys: [0, 1], of: "value" })), { code: "calibration" });
  assert.throws(() => importer.calibrateModel(file, `{ "kind": "beta" }`), { code: "wrong-type" });
});

test("a row of another length is refused", async () => {
  const model = await modelOf("learned/sklearn-tree.skl.json");
  assert.throws(() => model.predict([1]), { code: "wrong-length", path: "row" });
});

test("an import says what is wrong and where", () => {
  assert.throws(() => importer.importModel("{}"), { code: "model-format", path: "$" });
  const text = textOf("learned/xgboost-raw.xgb.json").replace("binary:logitraw", "multi:softmax");
  assert.throws(() => importer.importModel(text), { code: "unsupported", path: "$.learner.objective.name" });
});

test("damage is told or harmless, and every cut is noticed", async () => {
  const module = new WebAssembly.Module(program);
  const file = fileOf("learned/xgboost-binary.xgb.json");
  const refused = async (bytes) => assert.rejects(load(bytes, module), { code: "model-file", path: "$" });
  for (const length of [0, 3, 8, 40, file.length - 9, file.length - 1]) await refused(file.slice(0, length));
  await refused(Uint8Array.from([...file, 0]));
  let seed = 7;
  const random = (below) => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % below;
  for (let turn = 0; turn < 3_000; turn += 1) {
    const bytes = file.slice();
    for (let change = 0; change <= turn % 4; change += 1) bytes[random(bytes.length)] = random(256);
    try {
      const model = await load(bytes, module);
      for (const value of [0, -1, NaN, Infinity, 1e300]) model.predict(new Array(model.features.length).fill(value));
    } catch (error) {
      assert.equal(error.code, "model-file");
    }
  }
});
