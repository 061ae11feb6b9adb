// The module that draws QR codes, and what JavaScript says to it. It has no glue: numbers alone cross, and `www/harness/qr.js` knows its
// exports.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";
import { binaryen, wasmOpt } from "./wasm.mjs";

// 2 is as small as s after brotli, and a third faster; z is larger (measured).
const LEVEL = "2";
// What stands around it is called once.
const AROUND = 'profile.release.package.privateer-module.opt-level="s"';
// What rustc exports besides, the ends of the module's own data, is nobody's.
const EXPORTS = ["memory", "room", "draw"];
const SHRINK = [
  "--low-memory-unused", "--always-inline-max-function-size=8", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-locals",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

export async function buildQr() {
  const flags = ["--release", "--target", "wasm32-unknown-unknown", "--package", "privateer-module", "--features", "qr", "--config", AROUND];
  await mustRun("cargo", ["build", ...flags], { env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: LEVEL } });
  mkdirSync(inRoot("pkg", "qr"), { recursive: true });
  const built = `${process.env.CARGO_TARGET_DIR ?? inRoot("target")}/wasm32-unknown-unknown/release/privateer_module.wasm`;
  const needed = inRoot("target", "qr.wasm");
  const graph = inRoot("target", "qr.json");
  writeFileSync(graph, JSON.stringify(EXPORTS.map((name) => ({ name, root: true, export: name }))));
  await binaryen("wasm-metadce", [built, "-o", needed, "--graph-file", graph]);
  await wasmOpt(needed, inRoot("pkg", "qr", "qr_bg.wasm"), SHRINK);
  await build({
    entryPoints: [inRoot("www", "harness", "qr.js")], outfile: inRoot("pkg", "qr", "qr.js"),
    minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
  });
  copyFileSync(inRoot("www", "harness", "qr.d.ts"), inRoot("pkg", "qr", "qr.d.ts"));
}
