// Three builds of one crate. wasm-pack compiles and writes the glue; npm's binaryen shrinks the module, esbuild the glue.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
// Rust's linker puts the stack first, so nothing else lies at the lowest addresses. What is inlined where was chosen by
// bytes after brotli. By name, functions of one module stand together; they are alike.
const SHRINK = [
  "--low-memory-unused", "--one-caller-inline-max-function-size=3", "--always-inline-max-function-size=4",
  "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-functions-by-name", "--reorder-locals",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];
// What the glue hands out besides: whoever has these instantiates, and not always WebAssembly.
export const BOTH_ENDS = "export { __wbg_get_imports as imports, __wbg_finalize_init as begin };\n";
const SHORT_NAMES = "--minify-imports-and-exports-and-modules";

export async function buildWasm({ feature, name, folder, level }) {
  const out = outOf(feature);
  await mustRun("wasm-pack", [
    "build", "--release", "--target", "web", "--mode", "no-install", "--no-pack",
    "--out-dir", out, "--out-name", name, MODULE,
    "--", "--features", feature,
  ], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: level } });
  mkdirSync(inRoot(folder), { recursive: true });
  const shrink = (passes) => wasmOpt(join(out, `${name}_bg.wasm`), inRoot(folder, `${name}_bg.wasm`), passes);
  // The page build's glue becomes part of the harness, and nobody else sees the names between the two.
  if (feature === "page") return shortenNames(join(out, `${name}.js`), JSON.parse(await shrink([...SHRINK, SHORT_NAMES])));
  await shrink(SHRINK);
  await takeGlue(join(out, name), inRoot(folder, name));
}

/** Where wasm-pack leaves the module of a feature with its glue. */
export const outOf = (feature) => inRoot("target", "glue", feature);

/** What wasm-opt printed. */
export async function wasmOpt(module, smaller, passes) {
  const program = inRoot("node_modules", "binaryen", "bin", "wasm-opt");
  const { stdout } = await mustRun(process.execPath, [program, module, "-o", smaller, ...passes, ...WASM_FEATURES]);
  return stdout;
}

/** The glue calls exports `wasm.<name>`, and gives imports as `<name>: function`, all as the one module that it is itself. */
function shortenNames(glue, { imports, exports }) {
  const long = readFileSync(glue, "utf8");
  const [[module]] = imports;
  const short = new Map([...imports.map(([, name, short]) => [name, short]), ...exports]);
  const code = long.replaceAll(`"${module}": import0`, `"a": import0`).replace(/(?<=\bwasm\.)\w+|\b\w+(?=: function)/g, (name) => short.get(name) ?? name);
  writeFileSync(glue, code + BOTH_ENDS);
}

/** One file of the glue and the scripts that came with the crate. */
async function takeGlue(from, to) {
  await build({
    entryPoints: [`${from}.js`], outfile: `${to}.js`,
    bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
  });
  copyFileSync(`${from}.d.ts`, `${to}.d.ts`);
}
