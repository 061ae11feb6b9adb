import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inRoot } from "../shared/paths.mjs";
import { withoutWebAssembly } from "../shared/without_wasm.mjs";
import { engineOf } from "./engine.mjs";
import { runSuite } from "./suite.mjs";

/** The cases, put to the package as a server or a worker would load it. */
export async function runInNode(sections, settings) {
  return runSuite(sections, engineOf(await shipped(), settings));
}

/** The same, put to the core as plain JavaScript. Insights are WebAssembly in any case. */
export async function runPlainInNode(sections, settings) {
  return runSuite(sections, engineOf(await plain(), settings));
}

async function shipped() {
  const [index, core, others] = await Promise.all([load("index.js"), load("privateer.js"), beside()]);
  const wasm = compiled("privateer_bg.wasm");
  core.initSync({ module: wasm });
  return { index, core, wasm, ...others };
}

async function plain() {
  const [index, core, others] = await Promise.all([load("index.js", "?plain"), load("privateer.js", "?plain"), beside()]);
  await withoutWebAssembly(() => Promise.all([index.experiments({}), core.default()]));
  return { index, core, ...others };
}

async function beside() {
  const insights = await load("insights/insights.js");
  insights.initSync({ module: compiled("insights/insights_bg.wasm") });
  return { insights, decryption: () => load("decrypt.js") };
}

// With another query a module is loaded once more, and has a core of its own.
const load = (file, query = "") => import(pathToFileURL(inRoot("pkg", file)) + query);
const compiled = (file) => new WebAssembly.Module(readFileSync(inRoot("pkg", file)));
