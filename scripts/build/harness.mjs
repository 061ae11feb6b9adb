// The harness as two files that stand alone: index.js to import, auto.js for a script tag.
// Only the wasm glue is shared: it stays a file of its own, so that a module worker can use it too.
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";

const BUILT_BY_WASM_PACK = /^\.\/(privateer|qr\/qr|insights\/insights)\.js$/;

const keepGlueOutside = {
  name: "keep-glue-outside",
  setup(bundler) {
    bundler.onResolve({ filter: BUILT_BY_WASM_PACK }, ({ path }) => ({ path, external: true }));
  },
};

export async function buildHarness() {
  try {
    await build({
      absWorkingDir: inRoot(),
      entryPoints: ["www/harness/index.js", "www/harness/auto.js"],
      outdir: "pkg",
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
      logLevel: "silent",
      plugins: [keepGlueOutside],
    });
  } catch (error) {
    throw new Stop("The harness could not be bundled.", "", error.message);
  }
}
