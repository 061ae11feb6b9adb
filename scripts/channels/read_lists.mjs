// The lists as they were published: Matomo's of hosts (CC0), Google's of sources.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { inRoot } from "../shared/paths.mjs";

const read = (name) => readFileSync(inRoot("tests", "data", "channels", name), "utf8");
const yaml = (name) => Object.entries(parse(read(name)));

/** @returns {{kind: "search"|"social"|"ai", name: string, host: string}[]} Every entry; a host may hold {} or a path. */
export function matomoHosts() {
  const entries = (kind, lists) => lists.flatMap(([name, hosts]) => hosts.map((host) => ({ kind, name: decodeURIComponent(name), host })));
  return [
    ...entries("search", yaml("SearchEngines.yml").map(([name, engines]) => [name, engines.flatMap(({ urls }) => urls)])),
    ...entries("social", yaml("Socials.yml")),
    ...entries("ai", yaml("AIAssistants.yml")),
  ];
}

/** @returns {{source: string, category: string}[]} GA4's sources. */
export function ga4Sources() {
  const sections = read("ga4_sources.txt").split(/^\[(.+)\]$/m).slice(1);
  const lines = (text) => text.split("\n").filter(Boolean);
  return sections.flatMap((category, at) => (at % 2 ? [] : lines(sections[at + 1]).map((source) => ({ source, category }))));
}
