// GrowthBook's shared cases, whole, for the build that ships: in Node, with and without WebAssembly, and in a page of Chromium.
// The file is not part of this repository: GROWTHBOOK_CASES names it, or it is tests/data/growthbook-cases.json.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readSections } from "../../scripts/conformance/cases.mjs";
import { runInChromium } from "../../scripts/conformance/in_chromium.mjs";
import { runInNode, runPlainInNode } from "../../scripts/conformance/in_node.mjs";
import { report } from "../../scripts/conformance/report.mjs";
import { findBrowser, howToGet } from "../../scripts/setup/browsers.mjs";
import { inRoot } from "../../scripts/shared/paths.mjs";

const BESIDE = inRoot("tests", "data", "growthbook-cases.json");
const file = process.env.GROWTHBOOK_CASES || (existsSync(BESIDE) ? BESIDE : null);

const RUNNERS = {
  Node: { run: runInNode, skip: false },
  "Node without WebAssembly": { run: runPlainInNode, skip: false },
  Chromium: { run: runInChromium, skip: !findBrowser("chromium") && `there is no Chromium to ask in. ${howToGet("chromium")}` },
};

if (file === null) test("GrowthBook's shared cases", { skip: "there is no cases file; GROWTHBOOK_CASES=path/to/cases.json names one" });
else for (const [where, { run, skip }] of Object.entries(RUNNERS)) await testAll(where, run, skip);

async function testAll(where, run, skip) {
  const sections = await readSections(file);
  const settings = settingsOf(file);
  let asked = null;
  const outcomes = () => (asked ??= run(sections, settings));
  for (const { section, cases } of sections) {
    test(`${section}, in ${where}`, { skip }, async () => {
      const found = (await outcomes()).filter((outcome) => outcome.section === section);
      assert.ok(found.every(({ passed }) => passed), `\n${report(found)}`);
      assert.equal(found.length, cases.length, "every case was asked");
    });
  }
}

// The cases of 0.8 expect comparisons that later ones refuse.
function settingsOf(path) {
  const { specVersion = "" } = JSON.parse(readFileSync(path, "utf8"));
  return specVersion.startsWith("0.8.") ? { compat: "0.8" } : {};
}
