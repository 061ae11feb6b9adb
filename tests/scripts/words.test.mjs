// Verbs and questions cross the boundary as numbers: both sides have the same ones.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import * as questions from "../../www/harness/questions.js";
import * as verbs from "../../www/harness/verbs.js";

const rust = await readFile(inRoot("src", "wasm", "words.rs"), "utf8");

for (const [module, words] of Object.entries({ verb: verbs, question: questions })) {
  test(`each ${module} has the same number in Rust and in JavaScript`, () => {
    const [, body] = new RegExp(`pub mod ${module} \\{(.*?)\\}`, "s").exec(rust);
    const theirs = [...body.matchAll(/const (\w+): u32 = (\d+);/g)].map(([, name, number]) => [name, Number(number)]);
    assert.deepEqual(Object.fromEntries(theirs), { ...words });
    assert.equal(new Set(Object.values(words)).size, theirs.length);
  });
}
