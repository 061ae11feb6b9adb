import { prepareLinters } from "../setup/rust.mjs";
import { setup } from "../setup/setup.mjs";
import { during, say } from "../shared/progress.mjs";
import { readOptions } from "./options.mjs";
import { runSuites } from "./run_suites.mjs";
import { allSuites } from "./suites.mjs";

/** Everything that is checked; ends with one line of counts, which is also the exit code. */
export async function test(args) {
  const options = readOptions(args);
  const results = (await prepared()) ?? (await runSuites(choose(allSuites(options), options.only)));
  report(results);
}

/** Null when all is ready; a failed result when there is nothing to test. */
async function prepared() {
  try {
    await setup();
    await during("linters", prepareLinters);
    const { build } = await import("../build/build.mjs");
    await build();
    return null;
  } catch (error) {
    return [{ name: "build", passed: 0, failed: 1, output: [error.output, error.message, error.fix].filter(Boolean).join("\n") }];
  }
}

const choose = (suites, only) => suites.filter(({ name, kind }) => only.length === 0 || only.includes(kind) || only.includes(name));

function report(results) {
  for (const { name, failed, output } of results) {
    if (failed > 0) say(`\n── ${name} ${"─".repeat(Math.max(0, 70 - name.length))}\n${output.trimEnd()}`);
  }
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  say();
  for (const { notes } of results) if (notes) say(`${notes}\n`);
  say(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 ? 1 : 0;
}
