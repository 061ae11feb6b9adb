// What the tests of channels read, from the lists as they were published.
import { readFileSync } from "node:fs";
import { inRoot } from "../../../scripts/shared/paths.mjs";

export { ga4Sources, matomoHosts } from "../../../scripts/channels/read_lists.mjs";

const read = (name) => readFileSync(inRoot("tests", "data", "channels", name), "utf8");

/** @type {{source: string, medium: string, campaign: string, expected_channel: string}[]} */
export const CASES = JSON.parse(read("ga4_cases.json"));

/** @type {{id: string, source: string, medium: string}[]} in their order; "" for what an id does not tell */
export const CLICK_IDS = read("click_ids.txt")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split(/\s+/))
  .map(([id, implied]) => ({ id, source: implied.split("/")[0].replace(/[?-]$/, ""), medium: implied.split("/")[1] ?? "" }));

/** The hosts that an entry of Matomo's stands for: {} is a country, before or after the name. */
export function hostsOf(entry) {
  const countries = entry.replace(/\/.*/, "").endsWith("{}") ? ["de", "fr", "co.uk", "com.br"] : ["de", "fr"];
  return entry.includes("{}") ? countries.map((country) => entry.replace("{}", country)) : [entry];
}
