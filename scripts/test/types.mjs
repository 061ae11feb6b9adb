// The published declarations, used as a strict TypeScript project uses them: alone, with the types of a payload's flags, and
// those of the insights, whose `using` asks for `esnext.disposable`.
import { mkdirSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { mustRun, run } from "../shared/run.mjs";

const PROJECTS = ["tests/types", "tests/types/flags", "tests/types/insights"];

export async function types() {
  await writeFlagTypes();
  const results = [];
  for (const project of PROJECTS) results.push(await check(project));
  const failures = results.filter(({ code }) => code !== 0).map(({ output }) => output);
  return { passed: results.length - failures.length, failed: failures.length, output: failures.join("\n") };
}

async function writeFlagTypes() {
  mkdirSync(inRoot("target", "types"), { recursive: true });
  const payload = inRoot("tests", "types", "flags", "payload.json");
  await mustRun(process.execPath, [inRoot("www", "tools", "types.mjs"), payload, "--out", inRoot("target", "types", "flags.d.ts")]);
}

const check = (project) => run(process.execPath, [inRoot("node_modules", "typescript", "bin", "tsc"), "--project", inRoot(project)]);
