// Puts the cases to an engine, one after another. Runs in Node and in a page alike.
import { same } from "./compare.mjs";
import { SECTIONS } from "./sections/index.mjs";

/**
 * @param {{section: string, cases: unknown}[]} sections as `readSections` gives them
 * @param {ReturnType<import("./engine.mjs").engineOf>} engine
 * @returns {Promise<Outcome[]>} one for each case, and one for each section that has no readable case
 * @typedef {{section: string, index: number, name: string, passed: boolean, expected: string, got: string}} Outcome
 *   index: the case's place in its section, from 0; expected and got: as JSON, or in words
 */
export async function runSuite(sections, engine) {
  const outcomes = [];
  for (const { section, cases } of sections) outcomes.push(...(await runSection(section, cases, engine)));
  return outcomes;
}

async function runSection(section, cases, engine) {
  if (!Array.isArray(cases)) return [unreadable(section, 0, "a list of cases", written(cases))];
  const kind = kindOf(section);
  if (!kind) return unknown(section, cases);
  const outcomes = [];
  for (const [index, tuple] of cases.entries()) outcomes.push(await runCase({ section, index, kind, tuple, engine }));
  return outcomes;
}

// What a section asks is told by its own name; the group before the dot only says what it is about.
function kindOf(section) {
  const name = section.split(".").at(-1);
  return Object.hasOwn(SECTIONS, name) ? SECTIONS[name] : null;
}

// Each case counts, and a section without any still does once.
function unknown(section, cases) {
  const sentence = "nothing here knows how to ask what this section asks";
  return (cases.length > 0 ? cases : [[]]).map((tuple, index) => unreadable(section, index, written(tuple), sentence));
}

async function runCase({ section, index, kind, tuple, engine }) {
  if (!Array.isArray(tuple) || !kind.fields.includes(tuple.length)) {
    return unreadable(section, index, `a list of ${kind.fields.join(" or ")} fields`, written(tuple));
  }
  const { name, expected, ask, matches = same } = kind.read(tuple);
  const outcome = { section, index, name: wordsFor(name), expected: written(expected) };
  try {
    const got = await ask(engine);
    return { ...outcome, passed: matches(expected, got), got: written(got) };
  } catch (error) {
    return { ...outcome, passed: false, got: `an error: ${error?.message ?? error}` };
  }
}

const unreadable = (section, index, expected, got) => ({ section, index, name: "(not asked)", passed: false, expected, got });
const written = (value) => JSON.stringify(value) ?? "nothing";
// Some sections give their cases no name: what is asked stands for it.
const wordsFor = (name) => (typeof name === "string" ? name : written(name));
