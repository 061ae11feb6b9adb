// The same inside a page: bundled by in_chromium.mjs, with the package left as the server has it.
import * as core from "/pkg/privateer.js";
import * as index from "/pkg/index.js";
import * as insights from "/pkg/insights/insights.js";
import { engineOf } from "./engine.mjs";
import { runSuite } from "./suite.mjs";

window.outcomes = run();

async function run() {
  const [{ sections, settings }] = await Promise.all([question(), core.default(), insights.default()]);
  const engine = engineOf({ index, core, insights, decryption: () => import("/pkg/decrypt.js") }, settings);
  return runSuite(sections, engine);
}

async function question() {
  return (await fetch("/cases.json")).json();
}
