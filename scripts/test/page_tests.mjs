// The pages in a real browser, against the real server and collector.
import { prepareBrowser } from "../setup/browsers.mjs";
import { nodeTests } from "./node_tests.mjs";
import { missing } from "./wasm_tests.mjs";

export async function pageTests(engine, required, line) {
  const browser = await prepareBrowser(engine, line);
  if (!browser) return missing(engine, required);
  const around = engine === "webkit" ? [browser.driver, "-a"] : [];
  return nodeTests("tests/page", line, { env: { ENGINE: engine }, around });
}
