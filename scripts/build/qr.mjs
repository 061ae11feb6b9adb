// The module that draws QR codes, and what JavaScript says to it (`www/harness/qr.js`).
import { copyFileSync } from "node:fs";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { buildBare } from "./bare.mjs";

// What stands around the encoder is called once.
const AROUND = 'profile.release.package.privateer-module.opt-level="s"';

export async function buildQr() {
  await buildBare("privateer-module", inRoot("pkg", "qr", "qr_bg.wasm"), {
    level: "2", // as small as s after brotli, and a third faster; z is larger (measured)
    exports: ["memory", "room", "draw"],
    flags: ["--features", "qr", "--config", AROUND],
  });
  await build({
    entryPoints: [inRoot("www", "harness", "qr.js")], outfile: inRoot("pkg", "qr", "qr.js"),
    minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
  });
  copyFileSync(inRoot("www", "harness", "qr.d.ts"), inRoot("pkg", "qr", "qr.d.ts"));
}
