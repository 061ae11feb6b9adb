// The lists that ship are the lists that were published, folded.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LISTS, listsModule } from "../../scripts/channels/lists_module.mjs";
import { bare } from "../../www/harness/channel/find.js";
import { HOSTS, SOURCES } from "../../www/harness/channel/lists.js";
import { unfold } from "../../www/harness/channel/unfold.js";
import { ga4Sources, matomoHosts } from "./support/lists.mjs";

test("lists.js is what scripts/channels.mjs writes", () => {
  assert.equal(readFileSync(LISTS, "utf8"), listsModule(), "node scripts/channels.mjs writes it anew");
});

test("nothing stands in them that was not published", () => {
  const spelled = (host) => bare(host).replace(/\/$/, "");
  const published = (kind) => new Set(matomoHosts().filter((entry) => entry.kind === kind).map(({ host }) => spelled(host)));
  for (const [kind, list] of Object.entries(HOSTS)) {
    const hosts = published(kind);
    for (const [host] of unfold(list)) assert.ok(hosts.has(host), `${kind}: ${host}`);
  }
  for (const [category, list] of Object.entries(SOURCES)) {
    const sources = new Set(ga4Sources().filter((entry) => entry.category === category).map(({ source }) => source.toLowerCase()));
    for (const [source] of unfold(list)) assert.ok(sources.has(source), `${category}: ${source}`);
  }
});

test("a list unfolds as it says", () => {
  assert.deepEqual(unfold("*|*. a b\nsearch.*.de c\nthe_name x.de y.\nalone.ch"), [
    ...[["a"], ["b"], ["a.com"], ["b.com"], ["search.c.de"]],
    ...[["x.de", "the name"], ["y.com", "the name"], ["alone.ch", "alone.ch"]],
  ]);
});
