import assert from "node:assert/strict";
import { test } from "node:test";
import { atLeast } from "../../scripts/shared/version.mjs";
import { readOptions } from "../../scripts/test/options.mjs";

const ALL = ["chromium", "firefox", "webkit"];

test("at a desk, Chromium only, and it may be missing", () => {
  assert.deepEqual(readOptions([], {}), { only: [], engines: ["chromium"], required: [] });
});

test("in CI every engine is tried, and Chromium has to be there", () => {
  assert.deepEqual(readOptions([], { CI: "true" }), { only: [], engines: ALL, required: ["chromium"] });
});

test("engines that are asked for in CI have to be there", () => {
  assert.deepEqual(readOptions(["--engines=firefox"], { CI: "1" }), { only: [], engines: ["firefox"], required: ["firefox"] });
  assert.deepEqual(readOptions([], { CI: "1", ENGINES: "all" }).required, ALL);
});

test("suites are chosen by name, and a wrong name is answered with the right ones", () => {
  assert.deepEqual(readOptions(["--only=page,budgets"], {}).only, ["page", "budgets"]);
  assert.throws(() => readOptions(["--only=pages"], {}), { message: 'There is no suite called "pages".', fix: /page/ });
  assert.throws(() => readOptions(["--fast"], {}), /does not know --fast/);
});

test("versions are compared number by number", () => {
  assert.ok(atLeast("cargo 1.95.0 (59807616e)", "1.88"));
  assert.ok(atLeast("wasm-pack 0.13.0", "0.13.0"));
  assert.ok(!atLeast("wasm-pack 0.9.1", "0.13.0"));
  assert.ok(!atLeast("1.87.9", "1.88"));
  assert.ok(!atLeast(null, "1.0"));
});
