// The harness as two files that stand alone: index.js to import, auto.js for a script tag.
// Shared are the wasm glue, a file of its own so that a module worker can use it too, and what is loaded on demand.
// Beside them the package's command, for Node.
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";

const BUILT_BY_WASM_PACK = ["privateer", "qr/qr", "insights/insights"];
const ON_DEMAND = ["decrypt", "why"];
const OUTSIDE = new RegExp(`^\\./(${[...BUILT_BY_WASM_PACK, ...ON_DEMAND].join("|")})\\.js$`);

const keepOutside = {
  name: "keep-outside",
  setup(bundler) {
    bundler.onResolve({ filter: OUTSIDE }, ({ path }) => ({ path, external: true }));
  },
};

const SHARED = {
  absWorkingDir: inRoot(),
  outdir: "pkg",
  bundle: true,
  format: "esm",
  legalComments: "none",
  logLevel: "silent",
};

export async function buildHarness() {
  try {
    await build({
      ...SHARED,
      entryPoints: ["www/harness/index.js", "www/harness/auto.js", ...ON_DEMAND.map((name) => `www/harness/${name}.js`)],
      minify: true,
      target: "es2022",
      plugins: [keepOutside],
    });
    // A page never downloads it, so it stays readable.
    await build({ ...SHARED, entryPoints: ["www/tools/types.mjs"], outExtension: { ".js": ".mjs" }, platform: "node", target: "node20" });
  } catch (error) {
    throw new Stop("The harness could not be bundled.", "", error.message);
  }
}
