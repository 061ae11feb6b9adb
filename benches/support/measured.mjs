// How a case's module is measured. It says how many features the payload has, and how many rounds are taken.
import { inRoot } from "../../scripts/shared/paths.mjs";
import { mustRun } from "../../scripts/shared/run.mjs";
import { measureInChromium } from "./chromium.mjs";

/** A timed case runs twice: in a Node process of its own, and in a page of a headless Chromium. */
export function timed({ area, name, unit = "ns", better = "lower", from = (ns) => ns, ...job }) {
  const row = (where, measure) => ({ area, name: `${name}, ${where}`, unit, better, measure: async () => converted(await measure(job), from) });
  return [row("Node", measureInNode), row("Chromium", measureInChromium)];
}

/** The values that a module finds by itself, in a Node process of its own. */
export const found = ({ area, name, unit, better = "lower", ...job }) => ({ area, name, unit, better, measure: () => measureInNode(job) });

async function measureInNode(job) {
  const { stdout } = await mustRun(process.execPath, ["--expose-gc", inRoot("benches", "support", "in_node.mjs"), JSON.stringify(job)]);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

const converted = (values, from) => Object.fromEntries(Object.entries(values).map(([subject, value]) => [subject, from(value)]));
