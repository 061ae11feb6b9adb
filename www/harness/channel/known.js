// What the lists know: of hosts, Matomo's; of sources by name, Google's.
import { find, labelOf } from "./find.js";
import { HOSTS, SOURCES } from "./lists.js";
import { unfold } from "./unfold.js";

const read = (lists) =>
  new Map(Object.keys(lists).flatMap((kind) => unfold(lists[kind]).map(([host, name]) => [host, { kind, name: name ?? labelOf(host) }])));

const hosts = read(HOSTS);
const sources = read(SOURCES);
const assistants = unfold(HOSTS.ai).map(([host]) => hosts.get(host));

/** The kind ("search", "social", "ai") and the name of a host, if Matomo's lists have it. */
export const hostNamed = (host, path) => find(hosts, host, path);

/** GA4's category of a source: "search", "social", "video", "shopping"; "ai" beside them. Google's list goes first. */
export const categoryOf = (source) => (sources.get(source) ?? hostNamed(source) ?? assistants.find(({ name }) => name === source))?.kind;
