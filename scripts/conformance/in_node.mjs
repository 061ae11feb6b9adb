import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inRoot } from "../shared/paths.mjs";
import { engineOf } from "./engine.mjs";
import { runSuite } from "./suite.mjs";

/** The cases, put to the package as a server or a worker would load it. */
export async function runInNode(sections, settings) {
  return runSuite(sections, engineOf(await shipped(), settings));
}

async function shipped() {
  const [index, core, insights] = await Promise.all(["index.js", "privateer.js", "insights/insights.js"].map(load));
  const wasm = compiled("privateer_bg.wasm");
  core.initSync({ module: wasm });
  insights.initSync({ module: compiled("insights/insights_bg.wasm") });
  return { index, core, insights, decryption: () => load("decrypt.js"), wasm };
}

const load = (file) => import(pathToFileURL(inRoot("pkg", file)));
const compiled = (file) => new WebAssembly.Module(readFileSync(inRoot("pkg", file)));
