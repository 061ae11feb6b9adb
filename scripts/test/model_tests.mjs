// Learned models: in the page's module, and against models that are trained anew.
import { mkdirSync } from "node:fs";
import { HOW_TO_GET_TRAINERS, prepareTrainers } from "../setup/trainers.mjs";
import { inRoot } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { cargoTest } from "./cargo_suites.mjs";
import { nodeTests } from "./node_tests.mjs";

const FOLDER = inRoot("target", "learned-cases");
const TESTS = ["--features", "insights,qr", "--test", "learned"];

export async function modelTests(line) {
  const inPage = await nodeTests("tests/models", line);
  const anew = await trainedAnew(line);
  return {
    passed: inPage.passed + anew.passed,
    failed: inPage.failed + anew.failed,
    output: [inPage.output, anew.output].filter(Boolean).join("\n\n"),
    notes: [inPage.notes, anew.notes].filter(Boolean).join("\n") || undefined,
  };
}

async function trainedAnew(line) {
  const { python, missing } = await prepareTrainers(line);
  if (missing) return { passed: 0, failed: 0, output: "", notes: `  Left out in models: training anew. ${missing}.\n  To have it: ${HOW_TO_GET_TRAINERS}.` };
  line.note("training");
  mkdirSync(FOLDER, { recursive: true });
  const { code, output } = await run(python, ["-W", "ignore", inRoot("scripts", "models", "train.py"), FOLDER, "--large"]);
  if (code !== 0) return { passed: 0, failed: 1, output };
  const compared = await cargoTest([...TESTS, "trained_anew"], line, { env: { LEARNED_CASES: FOLDER } });
  const leftOut = output.split("\n").filter((text) => text.startsWith("left out: ")).map((text) => `  Left out in models: ${text.slice(10)}.`);
  return { ...compared, notes: leftOut.join("\n") || undefined };
}
