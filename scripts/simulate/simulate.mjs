// Runs tests/simulate.rs: few visits with what `cargo test` built, which also checks every sum for overflow; many as fast as they go, in a
// build folder of their own, for another profile in the same one would compile all anew.
import { inRoot } from "../shared/paths.mjs";
import { say } from "../shared/progress.mjs";
import { run } from "../shared/run.mjs";

// From so many visits on, the minutes that the optimiser takes are won back (measured: 3 ms a visit without them, with 2 cores).
const MANY = 200_000;
const OPTIMISED = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "3",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_TARGET_DIR: inRoot("target", "simulate"),
};
const TEST = ["--features", "insights,qr,sign", "--test", "simulate", "--", "--nocapture", "whatever_happens"]; // features as all native tests have them
const SUMMARY = /^\d+ visits, \d+ events, \d+ faults, \d+ violations$/;
const NOISE = /^(running \d|test |failures:|\s+whatever_happens|thread '|\d+ of \d+ visits broke a law|stack backtrace|\s+\d+: |note: |error: test failed|\s+(Compiling|Finished|Running|Blocking) )/;

/** The simulation's lines, one by one, to `onLine`. */
export async function runSimulation({ visits, seed = 1, first = 0 }, onLine) {
  const optimised = visits >= MANY;
  const env = {
    ...(optimised && OPTIMISED),
    SIMULATE_VISITS: String(visits),
    SIMULATE_SEED: String(seed),
    SIMULATE_FIRST: String(first),
  };
  let summary = "";
  const { code, output } = await run("cargo", ["test", ...(optimised ? ["--release"] : []), ...TEST], {
    env,
    onLine: (line) => {
      if (SUMMARY.test(line)) summary = line;
      else if (line.trim() && !NOISE.test(line)) onLine(line);
    },
  });
  return { code: summary ? code : 1, summary, output };
}

/** Says what happens and, last of all, what came of it; answers with the exit code. */
export async function simulate(options) {
  const { code, summary, output } = await runSimulation(options, say);
  if (!summary) say(output.trimEnd());
  say(summary || "the simulation did not come to an end");
  return code;
}
