// tests/wasm_<feature>*.rs, compiled to WebAssembly and run inside a browser by wasm-bindgen's own runner.
import { readdirSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { BROWSERS, howToGet, prepareBrowser } from "../setup/browsers.mjs";
import { prepareGeckodriver } from "../setup/wasm_tools.mjs";
import { cargoTest } from "./cargo_suites.mjs";

const FEATURES = ["page", "insights", "qr"];

export async function wasmTests(engine, required, line) {
  const files = readdirSync(inRoot("tests")).filter((name) => /^wasm_.*\.rs$/.test(name)).sort();
  if (files.length === 0) return { skipped: "there are none yet" };
  const browser = await prepareBrowser(engine, line);
  if (!browser) return missing(engine, required);
  const driver = await driverOf(engine, browser, line);
  const results = [];
  for (const file of files) results.push(await inBrowser(file, driver, line));
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  return { passed: sum("passed"), failed: sum("failed"), output: results.filter(({ failed }) => failed).map(({ output }) => output).join("\n") };
}

/** A browser that is not there: a failure where it is required, else left out. */
export function missing(engine, required) {
  if (!required.includes(engine)) return { skipped: howToGet(engine) };
  return { passed: 0, failed: 1, output: `${BROWSERS[engine].label} is missing. ${howToGet(engine)}` };
}

async function driverOf(engine, { program, driver }, line) {
  if (engine === "chromium") return { env: { CHROMEDRIVER: driver } };
  if (engine === "webkit") return { env: { SAFARIDRIVER: program }, program: driver, before: ["-a", "cargo"] };
  return { env: { GECKODRIVER: await prepareGeckodriver(line) } };
}

function inBrowser(file, { env, ...command }, line) {
  const name = file.replace(/\.rs$/, "");
  const feature = FEATURES.find((each) => name.startsWith(`wasm_${each}`)) ?? "page";
  const args = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", feature, "--test", name];
  return cargoTest(args, line, {
    ...command,
    env: { ...env, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner", WASM_BINDGEN_TEST_TIMEOUT: "120" },
  });
}
