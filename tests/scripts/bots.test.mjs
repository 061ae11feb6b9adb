// Who is a program, by their user agent: crawlers are recognised, people are not taken for one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";

const read = (...path) => readFileSync(inRoot(...path), "utf8");
const pattern = read("src", "client", "programs.txt").trimEnd();
const programs = new RegExp(pattern, "i");

const CRAWLERS = createRequire(import.meta.url)("crawler-user-agents").flatMap(({ instances }) => instances);
const ORDINARY = read("tests", "data", "ordinary_user_agents.txt")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"));

test("of the examples of npm crawler-user-agents, at least 99 % are recognised", () => {
  const missed = CRAWLERS.filter((agent) => !programs.test(agent));
  assert.ok(CRAWLERS.length > 2_000, "the examples are there");
  assert.ok(missed.length <= CRAWLERS.length * 0.01, `missed ${missed.length} of ${CRAWLERS.length}:\n${missed.join("\n")}`);
});

test("no ordinary browser is taken for a program", () => {
  assert.ok(ORDINARY.length >= 200);
  assert.deepEqual(ORDINARY.filter((agent) => programs.test(agent)), []);
});

test("a browser that says nothing is no program", () => assert.equal(programs.test(""), false));

// Not every crawler is in a list; these are made up.
test("a program that names itself in one of the usual ways is recognised", () => {
  for (const agent of [
    "examplebot/1.0",
    "Mozilla/5.0 (compatible; ExampleReader/2.1)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; compatible; Example-User/1.0) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) ExampleScanner (+https://example.com/about)",
    "example-client/3.2 (linux)",
    "Java/21.0.2",
  ]) {
    assert.ok(programs.test(agent), agent);
  }
});

test("it is short, one line, and of a form that every browser and the host's patience take", () => {
  assert.ok(Buffer.byteLength(pattern) <= 450, `${Buffer.byteLength(pattern)} bytes`);
  assert.match(pattern, /^[\x20-\x7e]+$/);
  assert.doesNotMatch(pattern, /\(\?<|\\p/, "looking behind is younger than three years in Safari");
  assert.doesNotMatch(pattern, /[*+{].*[*+{]/, "src/browser/patterns.js times patterns with two repetitions");
});
