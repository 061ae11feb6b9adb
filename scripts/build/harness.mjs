// The harness as two files that stand alone: index.js to import, auto.js for a script tag. Each carries as much of the
// wasm glue as it uses, so that a page waits for no third file. What is loaded on demand stays a file of its own.
// Beside them the package's command, for Node.
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";

const ON_DEMAND = ["decrypt", "why"];
const OUTSIDE = /^\.\/(qr\/qr|decrypt|why)\.js$/;

const places = {
  name: "places",
  setup(bundler) {
    bundler.onResolve({ filter: OUTSIDE }, ({ path }) => ({ path, external: true }));
    bundler.onResolve({ filter: /^\.\/privateer\.js$/ }, () => ({ path: inRoot("pkg", "privateer.js"), sideEffects: false }));
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
      plugins: [places],
    });
    // A page never downloads it, so it stays readable.
    await build({ ...SHARED, entryPoints: ["www/tools/types.mjs"], outExtension: { ".js": ".mjs" }, platform: "node", target: "node20" });
  } catch (error) {
    throw new Stop("The harness could not be bundled.", "", error.message);
  }
}
