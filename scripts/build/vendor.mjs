// Third-party code for the pages, bundled to one module each: the pages are served as they are, without a bundler.
import { existsSync } from "node:fs";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";

export async function buildVendor() {
  if (!existsSync(inRoot("www", "vendor.entry.js"))) return "nothing to bundle";
  await build({
    absWorkingDir: inRoot(),
    entryPoints: { plot: "www/vendor.entry.js" },
    outdir: "www/vendor",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // The licences of what is bundled travel with it.
    legalComments: "eof",
    logLevel: "silent",
  });
}
