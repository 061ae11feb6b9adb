// The names of the events that the sources record, found by searching them.
import { readFileSync, readdirSync } from "node:fs";
import { inRoot } from "../../../scripts/shared/paths.mjs";

const PLACES = [["src", ".rs"], ["www/harness", ".js"]];
const CHANNELS = /^www\/harness\/channel\//; // what GA4 calls its groups looks like a name, too

// Our names are two words and more with capitals, wherever they stand; another one is found where it is given to what records.
const NAMES = [
  /"([A-Z][a-z]+(?: [A-Z][a-z]+)+)"/g,
  /[.#](?:track|conclude|tell|record|record_at|compose)\((?:\s*Kind::Track,)?\s*"([^"]+)"/g,
];

/** Each name once, in the order of the alphabet. */
export function recordedNames() {
  const found = sources().flatMap((text) => NAMES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name)));
  return [...new Set(found)].sort();
}

const sources = () => PLACES.flatMap(([folder, ending]) =>
  readdirSync(inRoot(folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ending) && !CHANNELS.test(path))
    .map((path) => withoutComments(readFileSync(inRoot(path), "utf8"))));

const withoutComments = (text) => text.replace(/^\s*(\/\/|\/?\*).*$/gm, "");
