// Three builds of one crate. wasm-pack compiles and writes the glue; npm's binaryen shrinks the module, esbuild the glue.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { transformSync } from "esbuild";
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
  await mustRun("wasm-pack", [
    "build", "--release", "--target", "web", "--mode", "no-install", "--no-pack",
    "--out-dir", inRoot(folder), "--out-name", name, MODULE,
    "--", "--features", feature,
  ], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: level } });
  const module = inRoot(folder, `${name}_bg.wasm`);
  await shrinkModule(module);
  shrinkGlue(inRoot(folder, `${name}.js`));
  // wasm-pack's own ignore file would keep the folder out of the npm package.
  rmSync(inRoot(folder, ".gitignore"), { force: true });
  rmSync(inRoot(folder, `${name}_bg.wasm.d.ts`), { force: true });
}

async function shrinkModule(module) {
  const smaller = `${module}.opt`;
  const wasmOpt = inRoot("node_modules", "binaryen", "bin", "wasm-opt");
  await mustRun(process.execPath, [wasmOpt, module, "-o", smaller, ...SHRINK, ...WASM_FEATURES]);
  renameSync(smaller, module);
}

function shrinkGlue(glue) {
  const { code } = transformSync(readFileSync(glue, "utf8"), { minify: true, format: "esm", target: "es2022", legalComments: "none" });
  writeFileSync(glue, code);
}
