// Suites of one lane run one after another: cargo's share a build folder. The lanes run side by side.
import { step } from "../shared/progress.mjs";

export async function runSuites(suites) {
  const lanes = [...new Set(suites.map(({ lane }) => lane))];
  const results = await Promise.all(lanes.map((lane) => runLane(suites.filter((suite) => suite.lane === lane))));
  return results.flat();
}

async function runLane(suites) {
  const results = [];
  for (const suite of suites) results.push(await runSuite(suite));
  return results;
}

async function runSuite({ name, work }) {
  const line = step(name);
  const result = { name, passed: 0, failed: 0, output: "", ...(await outcome(work, line)) };
  if (result.failed > 0) line.failed(`${result.passed} passed, ${result.failed} failed`);
  else if (result.skipped) line.skipped(result.skipped);
  else line.done(`${result.passed} passed`);
  return result;
}

async function outcome(work, line) {
  try {
    return await work(line);
  } catch (error) {
    return { failed: 1, output: [error.output, error.stack ?? String(error)].filter(Boolean).join("\n") };
  }
}
