// The harness as files that stand alone: index.js to import, auto.js for a script tag, privateer.js the bare core. Each
// carries the wasm glue it uses, so that a page waits for no other file. What is loaded on demand stays a file of its own.
// Beside them the package's command, for Node.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";
import { outOf } from "./wasm.mjs";

const ENTRIES = [["index", "www/harness/index.js"], ["auto", "www/harness/auto.js"], ["privateer", "www/harness/core.js"]];
// Loaded by those who need them.
const ON_DEMAND = [
  "channel",
  "decrypt",
  "extras",
  "identity",
  "learned",
  "links",
  "mask",
  "migrate",
  "payload",
  "plan",
  "recode",
  "referral",
  "scoring",
  "share",
  "signals",
  "signed",
  "spill",
  "withdraw",
  "why",
  "wire/cloudevents",
  "wire/otlp",
  "wire/posthog",
  "wire/segment",
  "wire/snowplow",
];
const OBSERVERS = ["observe", "vitals"]; // www/harness/observe/NAME.js
const OUTSIDE = new RegExp(`^\\./(qr/qr|privateer_plain|blocked|${[...ON_DEMAND, ...OBSERVERS].join("|")})\\.js$`);

const places = {
  name: "places",
  setup(bundler) {
    // A part of one of them may be called as another one is.
    const isOwn = (folder, path) => folder.endsWith("harness") || OBSERVERS.some((name) => path === `./${name}.js`);
    bundler.onResolve({ filter: OUTSIDE }, ({ path, resolveDir }) => (isOwn(resolveDir, path) ? { path, external: true } : undefined));
    // Observers use what a page has already.
    bundler.onResolve({ filter: /^\.\.\/mask\.js$/ }, () => ({ path: "./mask.js", external: true }));
    bundler.onResolve({ filter: /^\.\/privateer\.js$/ }, () => ({ path: join(outOf("page"), "privateer.js"), sideEffects: false }));
  },
};

const TARGET = "es2022";

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
      target: TARGET,
      plugins: [places],
    });
    for (const [name] of ENTRIES) await finish(inRoot("pkg", `${name}.js`));
    // A page never downloads it, so it stays readable.
    await build({ ...SHARED, entryPoints: ["www/tools/types.mjs"], outExtension: { ".js": ".mjs" }, platform: "node", target: "node20" });
  } catch (error) {
    throw new Stop("The harness could not be bundled.", "", error.message);
  }
}

/**
 * Minified once more: what a bundle's files had of their own, it has in common now (90 bytes after brotli). Scripts that only some
 * browsers need are imported by their address; webpack and Vite leave that to the browser where comments say so, which esbuild drops.
 */
async function finish(file) {
  const { code } = await transform(readFileSync(file, "utf8"), { minify: true, format: "esm", target: TARGET });
  writeFileSync(file, code.replace(/\bimport\((?!")/g, "import(/*webpackIgnore:true*//*@vite-ignore*/"));
}
