// PostHog's step tests for the delivery of its libraries, against the page build: retries, Retry-After, ids that stay,
// results of single events. The files (MIT, contracts/capture_tests.yaml and capture_analytics_v1_tests.yaml of
// PostHog/posthog-sdk-test-harness) are not part of this repository: POSTHOG_CONTRACTS names their folder, or they are in
// tests/data/posthog-capture.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { LISTED, whyNot } from "./contract/not_applicable.mjs";
import { runSteps } from "./contract/steps.mjs";

const BESIDE = inRoot("tests", "data", "posthog-capture");
const folder = process.env.POSTHOG_CONTRACTS || BESIDE;
const FILES = { v0: "capture_tests.yaml", v1: "capture_analytics_v1_tests.yaml" };
const ABSENT = `PostHog's step tests are not in ${folder}; POSTHOG_CONTRACTS=path/to/folder names another one`;

// They mostly wait; each has a page and a collector of its own.
const SIDE_BY_SIDE = { concurrency: 12 };

if (!existsSync(join(folder, FILES.v0))) test("PostHog's step tests", { skip: ABSENT });
else runAll(Object.entries(FILES).flatMap(([version, file]) => casesOf(version, readFileSync(join(folder, file), "utf8"))));

function casesOf(version, text) {
  const { categories } = parse(text);
  return Object.entries(categories).flatMap(([category, { tests }]) =>
    tests.map((each) => ({ ...each, version, title: `${version}, ${category}: ${each.name}`, why: whyNot(each) })));
}

function runAll(cases) {
  const counts = { passed: 0, "not applicable": 0 };
  describe("PostHog's step tests", SIDE_BY_SIDE, () => {
    for (const { version, title, steps, why } of cases) {
      if (why) counts["not applicable"] += 1;
      test(title, { skip: why, timeout: 90_000 }, async () => {
        await runSteps(version, steps);
        counts.passed += 1;
      });
    }
  });
  test("all step tests but those listed with a reason pass", (t) => {
    const failed = cases.length - counts.passed - counts["not applicable"];
    t.diagnostic(`${cases.length} step tests: ${counts.passed} passed, ${failed} failed, ${counts["not applicable"]} not applicable`);
    assert.equal(failed, 0);
  });
  test("the list of those that do not apply names tests that exist", () => {
    assert.deepEqual(LISTED.filter((name) => !cases.some((each) => each.name === name)), []);
  });
}
