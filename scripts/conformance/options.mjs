import { resolve } from "node:path";
import { Stop } from "../shared/stop.mjs";

export const ENGINES = ["node", "chromium"];
const SUITES = ["growthbook"];
const COMPATIBLE_WITH = ["0.8"];
const USAGE = "npm run conformance -- growthbook cases.json --compat=0.8 --only=SECTION --engine=chromium";

/**
 * A suite, a file, and what may be left out: `--compat=0.8` asks with that specification's comparisons,
 * `--only=feature,run` takes some sections, `--engine=chromium` asks inside a page.
 * @returns {{file: string, only: string[], engine: string, compat?: string}}
 */
export function readOptions(args, { INIT_CWD = process.cwd() } = process.env) {
  const options = { only: [], engine: "node" };
  const words = args.filter((argument) => !argument.startsWith("--"));
  for (const argument of args.filter((each) => each.startsWith("--"))) set(options, argument);
  const [suite, file, ...more] = words;
  if (suite === undefined || file === undefined || more.length > 0) throw new Stop("npm run conformance takes a suite and a file.", USAGE);
  // npm runs scripts in the package's folder; the file was named where the person stands.
  return { ...options, suite: oneOf(SUITES, suite, "suite"), file: resolve(INIT_CWD, file) };
}

function set(options, argument) {
  const [name, value = ""] = argument.split(/=(.*)/s);
  if (name === "--compat") options.compat = oneOf(COMPATIBLE_WITH, value, "older specification");
  else if (name === "--engine") options.engine = oneOf(ENGINES, value, "engine");
  else if (name === "--only") options.only = value.split(",").map((each) => each.trim()).filter(Boolean);
  else throw new Stop(`npm run conformance does not know ${argument}.`, USAGE);
}

function oneOf(known, value, word) {
  if (known.includes(value)) return value;
  throw new Stop(`There is no ${word} called "${value}".`, `choose from ${known.join(", ")}`);
}
