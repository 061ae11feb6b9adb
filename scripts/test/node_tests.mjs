// Runs the *.test.mjs files of a folder, and of the folders in it, with Node's own runner.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inRoot } from "../shared/paths.mjs";
import { say } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";
import { atLeast } from "../shared/version.mjs";

// A browser test mostly waits: four files at once cost little at a desk. Where nobody waits for the answer, three are calmer. Older Nodes do
// not know the option.
const AT_ONCE = process.env.CI && process.env.CI !== "false" ? 3 : 4;
const SIDE_BY_SIDE = atLeast(process.versions.node, "20.10") ? [`--test-concurrency=${AT_ONCE}`] : [];
const REPORTER = fileURLToPath(new URL("reporter.mjs", import.meta.url));

/** @param {{env?: object, around?: string[]}} [options] around: a program and its arguments that run node, such as xvfb-run */
export async function nodeTests(folder, line, { env = {}, around = [] } = {}) {
  const files = existsSync(inRoot(folder)) ? readdirSync(inRoot(folder), { recursive: true }).filter((name) => name.endsWith(".test.mjs")).sort() : [];
  if (files.length === 0) return { skipped: "there are none yet" };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const leftOut = {};
  const [program, ...args] = [...around, process.execPath, "--test", ...SIDE_BY_SIDE, "--test-reporter", REPORTER, ...files.map((file) => inRoot(folder, file))];
  const { code, output } = await run(program, args, {
    env,
    onLine: (text) => {
      const event = read(text);
      if (!event) return;
      counts[event.outcome] += 1;
      if (event.why) leftOut[event.why] = (leftOut[event.why] ?? 0) + 1;
      if (event.outcome === "failed") {
        const title = `✗ ${event.file}: ${event.name}`;
        say(`    ${title}`); // at once: a long run may be stopped before its end
        failures.push(`${title}\n${event.error}`);
      }
      line.note(`${counts.passed} passed, ${counts.failed} failed: ${event.name}`.slice(0, 40));
    },
  });
  if (code !== 0 && counts.failed === 0) return { passed: counts.passed, failed: 1, output };
  return { passed: counts.passed, failed: counts.failed, output: failures.join("\n\n"), notes: inWords(folder, leftOut) };
}

// What was left out, and why: whoever reads "passed" is to know what was not asked.
function inWords(folder, leftOut) {
  const lines = Object.entries(leftOut).map(([why, count]) => `  ${String(count).padStart(4)}  ${why}`);
  return lines.length > 0 ? [`  Left out in ${folder}`, ...lines].join("\n") : undefined;
}

function read(text) {
  if (!text.startsWith('{"outcome"')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
