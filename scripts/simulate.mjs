// npm run simulate -- --visits 1000000 [--seed N] [--first M]: whole visits through the pure client, with faults between any two
// effects. A visit that breaks a law prints its last steps, and the command that replays it.
import { spawnSync } from "node:child_process";
import { inRoot } from "./shared/paths.mjs";

const OPTIONS = { "--visits": "SIMULATE_VISITS", "--seed": "SIMULATE_SEED", "--first": "SIMULATE_FIRST" };
const asked = {};
const given = process.argv.slice(2).flatMap((word) => word.split("="));
for (let place = 0; place < given.length; place += 2) {
  const name = OPTIONS[given[place]];
  if (!name || !/^\d+$/.test(given[place + 1] ?? "")) {
    console.error(`"${given[place]}" is not understood. For example: npm run simulate -- --visits 20000 --seed 1 --first 0`);
    process.exit(2);
  }
  asked[name] = given[place + 1];
}

// Optimised, in a folder of its own: a million visits take minutes.
const env = { ...process.env, SIMULATE_VISITS: "20000", ...asked, CARGO_PROFILE_RELEASE_OPT_LEVEL: "3", CARGO_TARGET_DIR: inRoot("target", "simulate") };
const { status } = spawnSync("cargo", ["test", "--release", "--test", "simulate", "--", "--nocapture", "whatever_happens"], { cwd: inRoot(), env, stdio: "inherit" });
process.exit(status ?? 1);
