// Whatever the sources record is among the messages that every encoder is tried with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { KINDS } from "./support/messages.mjs";
import { recordedNames } from "./support/recorded_names.mjs";

const read = (...path) => readFileSync(inRoot(...path), "utf8");
const among = (member) => new Set(Object.values(KINDS).map((message) => message[member]));
const missing = (wanted, found) => wanted.filter((name) => !found.has(name));

test("every event that the sources record is among the messages", () => {
  assert.deepEqual(missing(recordedNames(), among("event")), []);
});

test("every type of message that the core writes is among them", () => {
  const [words] = /fn word\(self\)[^]*?\n {4}\}/.exec(read("src", "event", "mod.rs"));
  const types = [...words.matchAll(/=> "(\w+)"/g)].map(([, word]) => word);
  assert.ok(types.includes("track"), `${types}`);
  assert.deepEqual(missing(types, among("type")), []);
});

// A search that finds nothing misses nothing, either.
test("the search finds every event of the README's table", () => {
  const [, table] = /\| setting \| event \|.*\n((?:\|.*\n)+)/.exec(read("README.md"));
  const events = table.split("\n").map((row) => row.split("|")[2] ?? "");
  const named = events.flatMap((cell) => [...cell.matchAll(/`([A-Z][^`]+)`/g)].map(([, name]) => name));
  assert.ok(named.length >= 15, `${named.length} events in the table`);
  assert.deepEqual(missing(named, new Set(recordedNames())), []);
});
