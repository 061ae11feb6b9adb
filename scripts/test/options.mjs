import { BROWSERS } from "../setup/browsers.mjs";
import { Stop } from "../shared/stop.mjs";

export const KINDS = ["fmt", "clippy", "native", "docs", "simulate", "models", "wasm", "types", "budgets", "experiments", "insights", "scripts", "channel", "packaging", "wire", "page"];

/**
 * `--only=page,budgets` chooses suites; `--engines=all` (or ENGINES=all, or a list) chooses browsers.
 * In CI every engine is tried, and a browser that was asked for, or Chromium, may not be missing.
 * @returns {{only: string[], engines: string[], required: string[]}} required: engines whose absence is a failure
 */
export function readOptions(args, { CI, ENGINES } = process.env) {
  const inCI = Boolean(CI) && CI !== "false";
  const asked = { only: [], engines: ENGINES ? enginesIn(ENGINES) : null };
  for (const argument of args) {
    const [name, value = ""] = argument.split("=");
    if (name === "--only") asked.only = kindsIn(value);
    else if (name === "--engines") asked.engines = enginesIn(value);
    else throw new Stop(`npm test does not know ${argument}.`, "npm test -- --only=page,budgets --engines=all");
  }
  const engines = asked.engines ?? (inCI ? enginesIn("all") : ["chromium"]);
  return { only: asked.only, engines, required: inCI ? asked.engines ?? ["chromium"] : [] };
}

function enginesIn(text) {
  const known = Object.keys(BROWSERS);
  return text === "all" ? known : listed(text, known, "engine");
}

const kindsIn = (text) => listed(text, KINDS, "suite");

function listed(text, known, word) {
  const names = text.split(",").map((name) => name.trim()).filter(Boolean);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger) throw new Stop(`There is no ${word} called "${stranger}".`, `choose from ${known.join(", ")}`);
  return names;
}
