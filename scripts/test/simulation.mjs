// Whole visitors, simulated: many more than the few that `cargo test` lives through.
import { runSimulation } from "../simulate/simulate.mjs";

const VISITS = 20_000;

export async function simulation(line) {
  const told = [];
  const { code, summary, output } = await runSimulation({ visits: VISITS }, (text) => {
    told.push(text);
    line.note(text.slice(0, 40));
  });
  const passed = code === 0;
  return { passed: Number(passed), failed: Number(!passed), output: summary ? [...told, summary].join("\n") : output };
}
