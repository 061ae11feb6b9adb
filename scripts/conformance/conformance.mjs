import { say, step } from "../shared/progress.mjs";
import { readSections } from "./cases.mjs";
import { report } from "./report.mjs";

const RUNNERS = {
  node: async () => (await import("./in_node.mjs")).runInNode,
  chromium: async () => (await import("./in_chromium.mjs")).runInChromium,
};

/** Asks every case of the file; ends with one line of counts, which is also the exit code. */
export async function conformance({ file, only, engine, compat }) {
  const sections = await readSections(file, only);
  const outcomes = await asked(sections, engine, compat);
  say(`\n${report(outcomes)}`);
  process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
}

async function asked(sections, engine, compat) {
  const line = step(`cases, ${engine}`);
  try {
    const run = await RUNNERS[engine]();
    const outcomes = await run(sections, { compat });
    line.done(compat ? `as specification ${compat}` : "");
    return outcomes;
  } catch (error) {
    line.failed();
    throw error;
  }
}
