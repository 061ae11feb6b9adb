// The package and the pages' third-party code, step by step; a step whose inputs did not change is left out.
import { readFileSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { step } from "../shared/progress.mjs";
import { buildBlockedWords } from "./blocked_words.mjs";
import { buildHarness } from "./harness.mjs";
import { writePackage } from "./package.mjs";
import { buildPlainPage, buildPlainQr } from "./plain.mjs";
import { buildPredictor } from "./predictor.mjs";
import { buildQr } from "./qr.mjs";
import { isFresh, remember } from "./stamps.mjs";
import { buildVendor } from "./vendor.mjs";
import { PARTS, WASM_BUILDS, buildWasm } from "./wasm.mjs";

const WASM_INPUTS = ["src", "Cargo.toml", "Cargo.lock", "package-lock.json", "scripts/build/wasm.mjs", "scripts/build/split.mjs"];
const PLAIN_INPUTS = ["package-lock.json", "scripts/build/wasm.mjs", "scripts/build/plain.mjs"];

const STEPS = [
  ...WASM_BUILDS.map((wasm) => ({
    name: `wasm ${wasm.feature}`,
    inputs: WASM_INPUTS,
    outputs: [`${wasm.folder}/${wasm.name}_bg.wasm`, ...(wasm.feature === "page" ? [...Object.keys(PARTS).map((part) => `pkg/${part}.wasm`), "target/glue/page/privateer.js", "target/glue/page/whole.wasm"] : [`${wasm.folder}/${wasm.name}.js`, `${wasm.folder}/${wasm.name}.d.ts`])],
    work: () => buildWasm(wasm),
  })),
  {
    name: "predictor",
    inputs: ["src/predictor", "src/learned/run", "Cargo.toml", "Cargo.lock", "package-lock.json", "scripts/build/wasm.mjs", "scripts/build/bare.mjs", "scripts/build/predictor.mjs"],
    outputs: ["pkg/learned.wasm"],
    work: buildPredictor,
  },
  {
    name: "qr",
    inputs: ["src/qr", "src/module", "src/lib.rs", "src/error.rs", "www/harness/qr.js", "www/harness/qr.d.ts", "Cargo.toml", "Cargo.lock", "package-lock.json", "scripts/build/wasm.mjs", "scripts/build/bare.mjs", "scripts/build/qr.mjs"],
    outputs: ["pkg/qr/qr_bg.wasm", "pkg/qr/qr.js", "pkg/qr/qr.d.ts"],
    work: buildQr,
  },
  {
    name: "plain page",
    inputs: ["target/glue/page/whole.wasm", ...PLAIN_INPUTS],
    outputs: ["pkg/privateer_plain.js"],
    work: buildPlainPage,
  },
  {
    name: "plain qr",
    inputs: ["pkg/qr/qr_bg.wasm", "www/harness/qr.js", ...PLAIN_INPUTS],
    outputs: ["pkg/qr/qr_plain.js"],
    work: buildPlainQr,
  },
  {
    name: "blocked words",
    inputs: ["package-lock.json", "scripts/build/blocked_words.mjs"],
    outputs: ["pkg/blocked.js", "pkg/blocked.d.ts"],
    work: buildBlockedWords,
  },
  {
    name: "harness",
    inputs: ["www/harness", "www/tools", "target/glue/page", "package-lock.json", "scripts/build/harness.mjs"],
    outputs: ["pkg/index.js", "pkg/auto.js", "pkg/privateer.js", "pkg/channel.js", "pkg/decrypt.js", "pkg/learned.js", "pkg/types.mjs"],
    work: buildHarness,
  },
  {
    name: "package",
    inputs: ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE", "CHANGELOG.md", "www/site.schema.json", "www/harness", "www/tools", "scripts/build/package.mjs"],
    outputs: ["pkg/package.json", "pkg/index.d.ts", "pkg/privateer.d.ts"],
    work: writePackage,
  },
  {
    name: "page libraries",
    inputs: ["www/vendor.entry.js", "package-lock.json", "scripts/build/vendor.mjs"],
    outputs: ["www/vendor/plot.js"],
    work: buildVendor,
  },
];

/** @returns {Promise<boolean>} whether anything had to be built */
export async function build() {
  let built = false;
  for (const each of STEPS) {
    // Asked one after another: what one step makes, another may be made from.
    if (isFresh(each)) continue;
    await take(each);
    built = true;
  }
  if (!built) step("build").done("up to date");
  return built;
}

async function take(each) {
  const line = step(each.name);
  line.note("building");
  try {
    const note = await each.work();
    remember(each);
    line.done(note ?? sizes(each.outputs));
  } catch (error) {
    line.failed();
    throw error;
  }
}

function sizes(outputs) {
  const bytes = outputs.filter((path) => /\.(js|wasm)$/.test(path)).map((path) => readFileSync(inRoot(path)).length);
  return `${bytes.reduce((sum, size) => sum + size, 0).toLocaleString("en")} bytes`;
}
