// A timed case runs twice: in a Node process of its own, and in a page of a headless Chromium.
import { inRoot } from "../../scripts/shared/paths.mjs";
import { mustRun } from "../../scripts/shared/run.mjs";
import { measureInChromium } from "./chromium.mjs";

export function timed({ area, name, module, unit = "ns", better = "lower" }) {
  const shared = { area, unit, better };
  return [
    { ...shared, name: `${name}, Node`, measure: () => measureInNode(module) },
    { ...shared, name: `${name}, Chromium`, measure: () => measureInChromium(module) },
  ];
}

async function measureInNode(module) {
  const { stdout } = await mustRun(process.execPath, [inRoot("benches", "support", "in_node.mjs"), module]);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
