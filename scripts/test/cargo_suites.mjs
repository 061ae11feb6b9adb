import { run } from "../shared/run.mjs";

const NATIVE = ["--features", "insights,qr,sign"];
// The crate together with what a build without the standard library adds; see src/module/Cargo.toml.
const WASM = ["--package", "privateer-module", "--target", "wasm32-unknown-unknown", "--features"];

export const fmt = (line) => checks(line, [["fmt", "--all", "--check", "--", "--color", "never"]]);

export const clippy = (line) => checks(line, [
  ["clippy", "--no-default-features", "--", "-D", "warnings"],
  ["clippy", "--all-targets", ...NATIVE, "--", "-D", "warnings"],
  ...["page", "insights", "models", "qr"].map((feature) => ["clippy", ...WASM, feature, "--", "-D", "warnings"]),
]);

export const nativeTests = (line) => cargoTest(["--lib", "--tests", ...NATIVE], line);

export async function docs(line) {
  const pages = await checks(line, [["doc", "--no-deps", ...NATIVE]], { RUSTDOCFLAGS: "-D warnings" });
  const examples = await cargoTest(["--doc", ...NATIVE], line);
  return {
    passed: pages.passed + examples.passed,
    failed: pages.failed + examples.failed,
    output: pages.output + examples.output,
  };
}

/** Runs `cargo test` and counts; a crate that does not compile is one failure. */
export async function cargoTest(args, line, { program = "cargo", before = [], env = {} } = {}) {
  const { code, output } = await run(program, [...before, "test", "--no-fail-fast", ...args], { env, onLine: (text) => notePlace(text, line) });
  const counts = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  const sum = (place) => counts.reduce((total, found) => total + Number(found[place]), 0);
  const failed = sum(2);
  return { passed: sum(1), failed: code === 0 ? failed : Math.max(1, failed), output: withoutPasses(output) };
}

async function checks(line, commands, env = {}) {
  const results = [];
  for (const args of commands) {
    line.note(`cargo ${args.filter((word) => !word.startsWith("-")).join(" ")}`.slice(0, 40));
    results.push(await run("cargo", args, { env, onLine: (text) => notePlace(text, line) }));
  }
  const failures = results.filter(({ code }) => code !== 0);
  // One mistake is usually found by every build: it is told once.
  const told = new Set(failures.map(({ output }) => withoutPasses(output).trim()));
  return { passed: results.length - failures.length, failed: failures.length, output: [...told].join("\n") };
}

function notePlace(text, line) {
  const found = /^\s*(?:Compiling|Checking|Documenting|Running|Doc-tests) (.{1,40})/.exec(text);
  if (found) line.note(found[0].trim().slice(0, 40));
}

const NOISE = /^(test .* \.\.\. (ok|ignored)|\s+(Compiling|Checking|Downloaded|Downloading|Finished|Locking|Running|Documenting|Blocking) .*|running \d+ tests?|warning: build failed, .*|error: could not compile .*)$/;
const withoutPasses = (output) => output.split("\n").filter((text) => !NOISE.test(text)).join("\n").replace(/\n{3,}/g, "\n\n");
