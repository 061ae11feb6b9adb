// A cases file: one object whose members are sections, each a list of cases. A member may also be an object of such
// lists; its sections are then called `group.section`.
import { readFile } from "node:fs/promises";
import { Stop } from "../shared/stop.mjs";

// The one member that asks nothing. Any other that is no list of cases fails by name when its turn comes.
const ABOUT = "specVersion";

/**
 * @param {string[]} only names of sections, or of groups; empty for all
 * @returns {Promise<{section: string, cases: unknown}[]>}
 */
export async function readSections(path, only = []) {
  const sections = sectionsIn(await parsed(path));
  const chosen = choose(sections, only);
  if (chosen.length === 0) throw new Stop(`${path} holds no sections.`, "name a file such as GrowthBook's cases.json");
  return chosen;
}

export function sectionsIn(file) {
  return Object.entries(file).flatMap(([name, content]) => (name === ABOUT ? [] : sectionsOf(name, content)));
}

function sectionsOf(name, content) {
  if (!isGroup(content)) return [{ section: name, cases: content }];
  return Object.entries(content).map(([part, cases]) => ({ section: `${name}.${part}`, cases }));
}

// An empty object is not a group of nothing: it stays, and fails by name.
const isGroup = (content) => isObject(content) && Object.keys(content).length > 0;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function choose(sections, only) {
  const named = (name) => ({ section }) => section === name || section.startsWith(`${name}.`);
  const stranger = only.find((name) => !sections.some(named(name)));
  if (stranger) throw new Stop(`The file has no section called "${stranger}".`, `choose from ${sections.map(({ section }) => section).join(", ")}`);
  return only.length === 0 ? sections : sections.filter((each) => only.some((name) => named(name)(each)));
}

async function parsed(path) {
  const text = await readFile(path, "utf8").catch((error) => {
    throw new Stop(`${path} cannot be read: ${error.message}.`);
  });
  const file = parse(text, path);
  if (!isObject(file)) throw new Stop(`${path} is no object of sections.`);
  return file;
}

function parse(text, path) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Stop(`${path} is not JSON: ${error.message}.`);
  }
}
