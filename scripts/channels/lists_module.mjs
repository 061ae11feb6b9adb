// The lists as the page loads them: without what others of them imply, and folded.
import { bare, find, labelOf } from "../../www/harness/channel/find.js";
import { inRoot } from "../shared/paths.mjs";
import { folded, grouped, line, named } from "./fold.mjs";
import { ga4Sources, matomoHosts } from "./read_lists.mjs";

export const LISTS = inRoot("www", "harness", "channel", "lists.js");

// Where two lists hold one host, the later kind has it: an assistant is no search engine, a network neither.
const KINDS = ["search", "social", "ai"];

const ABOUT = `// Written by scripts/channels.mjs; unfold.js reads it. HOSTS are Matomo's lists of referrer hosts (public
// domain, CC0 1.0), SOURCES is Google's list of GA4's source categories.`;

/** The text of lists.js. */
export function listsModule() {
  const hosts = matomoMap();
  const categories = grouped(sourcesBeyond(hosts), ({ category }) => category);
  const sources = [...categories].map(([category, group]) => [category, sourceLines(group.map(({ source }) => source))]);
  return [ABOUT, "", ...constant("SOURCES", sources), "", ...constant("HOSTS", KINDS.map((kind) => [kind, hostLines(hosts, kind)])), ""].join("\n");
}

// Each host once, in alphabetical order, which compresses best; without those that are found all the same.
function matomoMap() {
  const known = new Map();
  for (const { kind, name, host } of matomoHosts().sort(byKind)) known.set(spelled(host), { kind, name: name.toLowerCase() });
  const needed = new Map(known);
  for (const [host, entry] of [...known].sort(longestFirst)) {
    needed.delete(host);
    if (!same(found(needed, host), entry)) needed.set(host, entry);
  }
  return new Map([...known].filter(([host]) => needed.has(host)));
}

const byKind = (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
const longestFirst = ([one], [other]) => other.length - one.length;

// As find.js asks for hosts. One entry of Matomo's is an app's referrer without its colon; its host stands beside it.
const spelled = (host) => bare(host.replace(/^android-app\/\/([^/]+).*/, "$1")).replace(/\/$/, "").toLowerCase();

function found(known, entry) {
  const [, host, path] = /^([^/]*)(.*)$/.exec(entry);
  return find(known, host, path);
}

const same = (one, other) => one?.kind === other.kind && one.name === other.name;

function hostLines(hosts, kind) {
  const entries = [...hosts].filter(([, entry]) => entry.kind === kind).map(([host, { name }]) => ({ host, name }));
  const plain = ({ host, name }) => !host.includes("/") && labelOf(host) === name;
  return [...folded(entries.filter(plain).map(({ host }) => host)), ...named(entries.filter((entry) => !plain(entry)))];
}

// Sources that Matomo's lists put into the same category are known already.
const sourcesBeyond = (hosts) =>
  ga4Sources()
    .map(({ source, category }) => ({ source: source.toLowerCase(), category }))
    .filter(({ source, category }) => find(hosts, source)?.kind !== category);

// Many are there twice: by their name, and by their host under .com.
function sourceLines(sources) {
  const twice = sources.filter((source) => sources.includes(`${source}.com`));
  const covered = new Set(twice.flatMap((source) => [source, `${source}.com`]));
  const once = sources.filter((source) => !covered.has(source));
  return [...(twice.length ? [line("*|*.com", twice)] : []), ...folded(once)];
}

const constant = (name, lists) => [`export const ${name} = {`, ...lists.map(([kind, lines]) => `  ${kind}: \`${lines.join("\n")}\`,`), "};"];
