// A module in parts: what every page needs, and parts that are fetched by those that use them. Such a part lives in the memory of
// the first, calls its functions directly, and is called back through imports of the first that the harness fills in later. One part
// is cut off at a time.
//
// Binaryen's wasm-split does the same, but npm's binaryen does not bring it. This works on the text that wasm-dis writes, where
// each definition begins on a line of its own.
import { Stop } from "../shared/stop.mjs";

/** Under this name the two know each other before names are shortened. */
export const OTHER = "other";

/**
 * @param {string} text the module as wasm-dis writes it, or the first part of an earlier cut
 * @param {string} part what the part is called; the names between the two begin with it
 * @param {(name: string) => boolean} isApart whether a function, and all that only such functions use, is of the second part
 * @returns {{first: string, second: string, entries: string[]}} the two as text; the names under which the first
 *   imports functions of the second
 */
export function split(text, part, isApart) {
  const forms = text.slice(text.indexOf("\n") + 1, text.lastIndexOf(")")).split(/\n(?= \()/);
  const functions = new Map();
  const imported = new Map();
  const rest = [];
  for (const form of forms) {
    const name = /^ \(func (\$"(?:[^"\\]|\\.)*"|\$[^\s()]+)/.exec(form)?.[1];
    if (name) functions.set(name, form);
    else rest.push(form);
    const [, importedName] = /^ \(import .*?\(func (\$"(?:[^"\\]|\\.)*"|\$[^\s()]+)/.exec(form) ?? [];
    if (importedName) imported.set(importedName, form);
  }
  const names = new Set([...functions.keys(), ...imported.keys()]);
  const used = (form) => [...form.matchAll(/\$"(?:[^"\\]|\\.)*"|\$[^\s()"]+/g)].map(([name]) => name).filter((name) => names.has(name));

  const apart = new Set([...functions.keys()].filter((name) => isApart(name.replaceAll('"', ""))));
  const inTable = new Set(rest.filter((form) => /^ \((elem|start)/.test(form)).flatMap(used));
  for (const name of inTable) apart.delete(name);
  const exported = rest.filter((form) => form.startsWith(" (export")).flatMap(used);
  const kept = reach([...exported, ...inTable], (name) => used(functions.get(name) ?? "").filter((each) => !apart.has(each)));
  const second = new Set([...functions.keys()].filter((name) => !kept.has(name)));

  const calls = (set) => new Set([...set].flatMap((name) => used(functions.get(name) ?? "")));
  const entries = [...calls(kept)].filter((name) => second.has(name));
  const shared = [...calls(second)].filter((name) => !second.has(name));
  if (!entries.length) throw new Stop(`Nothing of the module is apart as "${part}".`, "", "The functions that it is made of have other names now.");

  const entryName = (name) => `${part}-entry${entries.indexOf(name)}`;
  // What an earlier part uses, too, has a name already.
  const exportOf = new Map(rest.map((form) => /^ \(export "([^"]+)" \((?:func|table|global) (\$"(?:[^"\\]|\\.)*"|\$[^\s()]+)/.exec(form)).filter(Boolean).map(([, as, name]) => [name, as]));
  const sharedName = (name) => exportOf.get(name) ?? `${part}-shared${shared.indexOf(name)}`;
  const exportedAs = (name, as, kind) => (exportOf.has(name) ? [] : [` (export "${as}" (${kind} ${name}))`]);
  const signature = (name) => (functions.get(name) ?? imported.get(name)).match(/\((?:param|result)[^()]*\)/g)?.filter((_, index, all) => isHeader(functions.get(name) ?? imported.get(name), index, all)).map((each) => each.replace(/\$\S+ /, "")).join(" ") ?? "";
  const importOf = (name, as) => ` (import "${OTHER}" "${as}" (func ${name} ${signature(name)}))`;
  const is = (form, ...kinds) => kinds.some((kind) => form.startsWith(` (${kind} `));
  const types = rest.filter((form) => is(form, "type", "rec"));
  const imports = rest.filter((form) => is(form, "import"));
  const others = rest.filter((form) => !types.includes(form) && !imports.includes(form));
  const [table] = others.filter((form) => is(form, "table"));
  const [memory] = others.filter((form) => is(form, "memory"));
  const globals = others.filter((form) => is(form, "global"));
  const memoryName = /\(export "([^"]+)" \(memory/.exec(text)[1];
  const nameOf = (form) => /^ \(\w+ (\$\S+)/.exec(form)[1];
  const typeOf = (form) => form.replace(/^ \(\w+ \$\S+ /, "").replace(/\)\s*$/, "");

  const first = [
    ...types, ...imports, ...entries.map((name) => importOf(name, entryName(name))),
    ...others.filter((form) => !is(form, "export")),
    ...others.filter((form) => is(form, "export")),
    ...shared.flatMap((name) => exportedAs(name, sharedName(name), "func")),
    ...exportedAs(nameOf(table), "table", "table"),
    ...globals.flatMap((form, index) => exportedAs(nameOf(form), `global${index}`, "global")),
    ...[...functions].filter(([name]) => kept.has(name)).map(([, form]) => form),
  ];
  const apartText = [
    ...types,
    ` (import "${OTHER}" "${memoryName}" (memory ${nameOf(memory)} ${typeOf(memory)}))`,
    ` (import "${OTHER}" "${exportOf.get(nameOf(table)) ?? "table"}" (table ${nameOf(table)} ${typeOf(table)}))`,
    ...globals.map((form, index) => ` (import "${OTHER}" "${exportOf.get(nameOf(form)) ?? `global${index}`}" (global ${nameOf(form)} ${/\(mut \w+\)|i32|i64/.exec(typeOf(form))[0]}))`),
    ...shared.map((name) => importOf(name, sharedName(name))),
    ...entries.map((name) => ` (export "${entryName(name)}" (func ${name}))`),
    ...[...second].map((name) => functions.get(name)),
  ];
  const whole = (parts) => `(module\n${parts.join("\n")}\n)\n`;
  return { first: whole(first), second: whole(apartText), entries: entries.map(entryName) };
}

/** All that can be reached. */
function reach(roots, next) {
  const reached = new Set(roots);
  for (const name of reached) for (const each of next(name)) reached.add(each);
  return reached;
}

/** Parameters and result stand in the first line; what is below speaks of blocks. */
const isHeader = (form, index) => index < (form.split("\n", 1)[0].match(/\((?:param|result)[^()]*\)/g)?.length ?? 0);
