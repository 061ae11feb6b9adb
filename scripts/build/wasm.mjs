// Three builds of one crate; `qr.mjs` has the fourth. wasm-pack compiles and writes the glue; npm's binaryen shrinks the module, esbuild the glue.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";
import { OTHER, split } from "./split.mjs";

// `level` is rustc's opt-level. The page build counts bytes; s makes the others faster (measured).
export const WASM_BUILDS = [
  { feature: "page", name: "privateer", folder: "pkg", level: "z" },
  { feature: "insights", name: "insights", folder: "pkg/insights", level: "s" },
  { feature: "models", name: "models", folder: "pkg/models", level: "s" },
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
// What that calls the one module that all imports are of.
const MODULE_NAME = "a";

export async function buildWasm({ feature, name, folder, level }) {
  const out = outOf(feature);
  await mustRun("wasm-pack", [
    "build", "--release", "--target", "web", "--mode", "no-install", "--no-pack",
    "--out-dir", out, "--out-name", name, MODULE,
    "--", "--features", feature,
  ], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: level } });
  mkdirSync(inRoot(folder), { recursive: true });
  if (feature === "page") return buildPage(out, folder);
  await wasmOpt(join(out, `${name}_bg.wasm`), inRoot(folder, `${name}_bg.wasm`), SHRINK);
  await takeGlue(join(out, name), inRoot(folder, name));
}

// Parts of the page's module that are fetched by sites that use them, in the order in which they are cut off: what is left of
// a later one's functions is the earlier one's.
export const PARTS = {
  scoring: /privateer::scoring::|privateer::client::judge::/,
  rewards: /privateer::referral::reward::|privateer::client::rewards::/,
  referral: /privateer::referral::|privateer::client::refer::/,
};

/**
 * The page's module, parted. Its glue becomes part of the harness, and nobody else sees the names between the parts. The whole module,
 * with the same short names, is what its rewriting as JavaScript is made from.
 */
async function buildPage(out, folder) {
  const file = (name) => join(out, name);
  const text = await wasmText(file("privateer_bg.wasm"), file("whole.wat"));
  const { first, parts } = parted(text);
  await wasmModule(first, file("first"));
  const names = JSON.parse(await wasmOpt(file("first.wasm"), inRoot(folder, "privateer_bg.wasm"), [...SHRINK, SHORT_NAMES]));
  const short = new Map([...names.imports.map(([, name, short]) => [name, short]), ...names.exports]);
  for (const { name, second } of parts) {
    await wasmModule(renamed(second, short), file(name));
    await wasmOpt(file(`${name}.wasm`), inRoot(folder, `${name}.wasm`), SHRINK);
  }
  await wasmModule(renamed(text, short), file("whole"));
  shortenNames(file("privateer.js"), short, names.imports.find(([module]) => module !== OTHER)[0], parts);
}

/** What every page needs, and the parts. */
function parted(text) {
  let first = text;
  const parts = Object.entries(PARTS).map(([name, functions]) => {
    const cut = split(first, name, (each) => functions.test(each));
    first = cut.first;
    return { name, second: cut.second, entries: cut.entries };
  });
  return { first, parts };
}

/** The text of a module. */
async function wasmText(module, file) {
  await binaryen("wasm-dis", [module, "-o", file]);
  return readFileSync(file, "utf8");
}

/** A module by its text; functions keep their names, by which they are put in order. */
async function wasmModule(text, file) {
  writeFileSync(`${file}.wat`, text);
  await binaryen("wasm-as", [`${file}.wat`, "-g", "-o", `${file}.wasm`]);
}

/** All imports from one module, and those and the exports under short names. */
const renamed = (text, short) => text
  .replace(/^( \(import )"[^"]+" "([^"]+)"/gm, (_, start, name) => `${start}"${MODULE_NAME}" "${short.get(name) ?? name}"`)
  .replace(/^( \(export )"([^"]+)"/gm, (_, start, name) => `${start}"${short.get(name) ?? name}"`);

/** Where wasm-pack leaves the module of a feature with its glue. */
export const outOf = (feature) => inRoot("target", "glue", feature);

/** What wasm-opt printed. */
export async function wasmOpt(module, smaller, passes) {
  return binaryen("wasm-opt", [module, "-o", smaller, ...passes]);
}

/** What one of binaryen's programs printed. */
export async function binaryen(name, args) {
  const { stdout } = await mustRun(process.execPath, [inRoot("node_modules", "binaryen", "bin", name), ...args, ...WASM_FEATURES]);
  return stdout;
}

/** The glue calls exports `wasm.<name>`, and gives imports as `<name>: function`, all as the one module that it is itself. */
function shortenNames(glue, short, module, parts) {
  const long = readFileSync(glue, "utf8");
  const code = long.replaceAll(`"${module}": import0`, `"${MODULE_NAME}": import0`).replace(/(?<=\bwasm\.)\w+|\b\w+(?=: function)/g, (name) => short.get(name) ?? name);
  // The functions of each part, by which the first one calls it.
  const entries = parts.map(({ name, entries }) => [name, entries.map((entry) => short.get(entry))]);
  const apart = `export const apart = ${JSON.stringify(Object.fromEntries(entries))};\n`;
  // A part of another build would take other functions for those it calls.
  const build = `export const build = "${createHash("sha256").update(readFileSync(inRoot("pkg", "privateer_bg.wasm"))).digest("hex").slice(0, 8)}";\n`;
  writeFileSync(glue, code + BOTH_ENDS + apart + build);
}

/** One file of the glue and the scripts that came with the crate. */
async function takeGlue(from, to) {
  await build({
    entryPoints: [`${from}.js`], outfile: `${to}.js`,
    bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
  });
  copyFileSync(`${from}.d.ts`, `${to}.d.ts`);
}
