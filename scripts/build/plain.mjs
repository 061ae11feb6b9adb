// The small builds once more, as plain JavaScript: for pages whose policy or browser refuses WebAssembly. They are made from
// the modules that ship, so the names at both ends are the same, and the same glue serves them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../shared/paths.mjs";
import { mustRun } from "../shared/run.mjs";
import { Stop } from "../shared/stop.mjs";
import { outOf, wasmOpt } from "./wasm.mjs";

const WORK = inRoot("target", "plain");

// wasm2js knows neither of the two; afterwards they are made of what it knows.
const LOWER = ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering", "-Oz"];
const WRITE = ["-Oz", "--enable-bulk-memory", "--enable-mutable-globals"];

/** `instantiate(imports)`, as `new WebAssembly.Instance` would: the page's glue is part of the harness. */
export async function buildPlainPage() {
  await rewrite("privateer", join(outOf("page"), "whole.wasm"));
  await bundle('export { instantiate } from "./privateer.js";', "pkg/privateer_plain.js");
}

/** `qr_svg`, ready at once. */
export async function buildPlainQr() {
  await rewrite("qr", inRoot("pkg", "qr", "qr_bg.wasm"));
  const glue = JSON.stringify(inRoot("www", "harness", "qr.js"));
  await bundle(`import { begin } from ${glue}; import { instantiate } from "./qr.js"; begin(instantiate({}).exports); export { qr_svg } from ${glue};`, "pkg/qr/qr_plain.js");
}

async function rewrite(name, module) {
  mkdirSync(WORK, { recursive: true });
  const [lowered, written] = [join(WORK, `${name}.wasm`), join(WORK, `${name}.js`)];
  await wasmOpt(module, lowered, LOWER);
  await mustRun(process.execPath, [inRoot("node_modules", "binaryen", "bin", "wasm2js"), lowered, "-o", written, ...WRITE]);
  writeFileSync(written, asFunction(readFileSync(written, "utf8")));
}

const bundle = (contents, outfile) => build({
  stdin: { contents, resolveDir: WORK },
  absWorkingDir: inRoot(),
  outfile,
  bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent",
});

const PUT = "const put = (at, bytes) => { for (const byte of bytes) bufferView[at++] = byte.charCodeAt(); };\n";

/** wasm2js writes a script that imports what it needs and runs once; wanted is a function that is given what it needs. */
function asFunction(script) {
  const edits = [
    // The QR module imports nothing.
    [/^\s*(?:import \* as .*\n)?/, "export function instantiate(imports) {\n"],
    [/^var retasmFunc = [^]*$/m, "return { exports: asmFunc(imports) };\n}"],
    // WebAssembly takes the old buffer away when memory grows, and whoever looks at it knows by that. So does handing it over.
    [/^ *buffer = newBuffer;$/m, "structuredClone(buffer, { transfer: [buffer] });\n$&"],
    // The texts among the data are found again by a compressor, unless they are written in base64.
    [/^ *var base64ReverseLookup[^]*?^(?=function initActiveSegments)/m, PUT],
  ];
  return edits.reduce(editOnce, script).replace(/base64DecodeToExistingUint8Array\(bufferView, (\d+), "(.*?)"\)/g, asText);
}

const asText = (_, at, base64) => `put(${at}, ${JSON.stringify(Buffer.from(base64, "base64").toString("latin1"))})`;

function editOnce(script, [what, instead]) {
  if (!what.test(script)) throw new Stop(`wasm2js writes something else than this build knows: nothing in it looks like ${what}.`);
  return script.replace(what, instead);
}
