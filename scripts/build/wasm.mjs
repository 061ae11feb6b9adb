// Three builds of one crate. wasm-pack compiles and writes the glue; npm's binaryen shrinks the module, esbuild the glue.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";

// `level` is rustc's opt-level. The page build counts bytes; s makes the others faster, and the QR module smaller too (measured).
export const WASM_BUILDS = [
  { feature: "page", name: "privateer", folder: "pkg", level: "z" },
  { feature: "insights", name: "insights", folder: "pkg/insights", level: "s" },
  { feature: "qr", name: "qr", folder: "pkg/qr", level: "s" },
];

// The crate as a cdylib and nothing else; its manifest says why.
const MODULE = "src/module";

// What Rust's wasm32 target may use, one by one: with --all-features wasm-opt emits what browsers do not know yet.
const WASM_FEATURES = [
  "--enable-bulk-memory", "--enable-multivalue", "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int", "--enable-reference-types", "--enable-sign-ext",
];
const SHRINK = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

export async function buildWasm({ feature, name, folder, level }) {
  const out = outOf(feature);
  await mustRun("wasm-pack", [
    "build", "--release", "--target", "web", "--mode", "no-install", "--no-pack",
    "--out-dir", out, "--out-name", name, MODULE,
    "--", "--features", feature,
  ], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: level } });
  mkdirSync(inRoot(folder), { recursive: true });
  await shrinkModule(join(out, `${name}_bg.wasm`), inRoot(folder, `${name}_bg.wasm`));
  // The page build's glue becomes part of the harness, and so do its declarations.
  if (feature !== "page") await takeGlue(join(out, name), inRoot(folder, name));
}

/** Where wasm-pack leaves the module of a feature with its glue, as they come. */
export const outOf = (feature) => inRoot("target", "glue", feature);

async function shrinkModule(module, smaller) {
  const wasmOpt = inRoot("node_modules", "binaryen", "bin", "wasm-opt");
  await mustRun(process.execPath, [wasmOpt, module, "-o", smaller, ...SHRINK, ...WASM_FEATURES]);
}

/** One file of the glue and the scripts that came with the crate. */
async function takeGlue(from, to) {
  await build({
    entryPoints: [`${from}.js`], outfile: `${to}.js`,
    bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
  });
  copyFileSync(`${from}.d.ts`, `${to}.d.ts`);
}
