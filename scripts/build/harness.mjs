// The harness as files that stand alone: index.js to import, auto.js for a script tag, privateer.js the bare core. Each
// carries the wasm glue it uses, so that a page waits for no other file. What is loaded on demand stays a file of its own.
// Beside them the package's command, for Node.
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";
import { outOf } from "./wasm.mjs";

const ENTRIES = [["index", "www/harness/index.js"], ["auto", "www/harness/auto.js"], ["privateer", "www/harness/core.js"]];
const ON_DEMAND = ["decrypt", "why"];
const OBSERVERS = ["observe", "vitals"]; // www/harness/observe/NAME.js, loaded on demand, too
const OUTSIDE = /^\.\/(qr\/qr|decrypt|why|observe|vitals)\.js$/;

const places = {
  name: "places",
  setup(bundler) {
    bundler.onResolve({ filter: OUTSIDE }, ({ path }) => ({ path, external: true }));
    bundler.onResolve({ filter: /^\.\/privateer\.js$/ }, () => ({ path: join(outOf("page"), "privateer.js"), sideEffects: false }));
  },
};

const SHARED = {
  absWorkingDir: inRoot(),
  outdir: "pkg",
  bundle: true,
  format: "esm",
  legalComments: "inline", // of what is not ours, its owner and licence
  logLevel: "silent",
};

export async function buildHarness() {
  try {
    await build({
      ...SHARED,
      entryPoints: Object.fromEntries([
        ...ENTRIES,
        ...ON_DEMAND.map((name) => [name, `www/harness/${name}.js`]),
        ...OBSERVERS.map((name) => [name, `www/harness/observe/${name}.js`]),
      ]),
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
