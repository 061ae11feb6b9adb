// The module that asks learned models in a page. It has no glue: numbers alone cross, and `www/harness/learned.js` knows its
// exports.
import { mkdirSync, writeFileSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";
import { binaryen, wasmOpt } from "./wasm.mjs";

// z is the smallest; 3 takes a sixth more after brotli, and is no faster (measured).
const LEVEL = "z";
// What rustc exports besides, the ends of the module's own data, is nobody's.
const EXPORTS = ["memory", "load", "predict"];
const SHRINK = [
  "--low-memory-unused", "--always-inline-max-function-size=8", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-locals",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

export async function buildPredictor() {
  const flags = ["--release", "--target", "wasm32-unknown-unknown", "--package", "privateer-predictor"];
  await mustRun("cargo", ["build", ...flags], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: LEVEL } });
  mkdirSync(inRoot("pkg"), { recursive: true });
  const built = `${process.env.CARGO_TARGET_DIR ?? inRoot("target")}/wasm32-unknown-unknown/release/privateer_predictor.wasm`;
  const needed = inRoot("target", "predictor.wasm");
  const graph = inRoot("target", "predictor.json");
  writeFileSync(graph, JSON.stringify(EXPORTS.map((name) => ({ name, root: true, export: name }))));
  await binaryen("wasm-metadce", [built, "-o", needed, "--graph-file", graph]);
  await wasmOpt(needed, inRoot("pkg", "learned.wasm"), SHRINK);
}
