// Modules without glue: numbers alone cross, and a script of the harness knows their exports.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";
import { binaryen, wasmOpt } from "./wasm.mjs";

const SHRINK = [
  "--low-memory-unused", "--always-inline-max-function-size=8", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-locals",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

/**
 * Builds a crate of the workspace.
 * @param {string} crate such as "privateer-predictor"
 * @param {string} to where the module belongs
 * @param {object} how
 * @param {string} how.level rustc's opt-level
 * @param {string[]} how.exports what is kept: what rustc exports besides, the ends of the module's own data, is nobody's
 * @param {string[]} [how.flags] more for cargo
 */
export async function buildBare(crate, to, { level, exports, flags = [] }) {
  const name = crate.replaceAll("-", "_");
  await mustRun("cargo", ["build", "--release", "--target", "wasm32-unknown-unknown", "--package", crate, ...flags], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: level } });
  const built = `${process.env.CARGO_TARGET_DIR ?? inRoot("target")}/wasm32-unknown-unknown/release/${name}.wasm`;
  const needed = inRoot("target", `${name}.wasm`);
  const graph = inRoot("target", `${name}.json`);
  writeFileSync(graph, JSON.stringify(exports.map((each) => ({ name: each, root: true, export: each }))));
  await binaryen("wasm-metadce", [built, "-o", needed, "--graph-file", graph]);
  mkdirSync(dirname(to), { recursive: true });
  await wasmOpt(needed, to, SHRINK);
}
