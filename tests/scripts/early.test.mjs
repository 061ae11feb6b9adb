// What the page said before Privateer ran.
import assert from "node:assert/strict";
import { test } from "node:test";
import { takeQueue } from "../../www/harness/early.js";

// A page object that writes down what it is told.
function recorder() {
  const calls = [];
  const verb = (name) => (...args) => void calls.push([name, ...args]);
  return { calls, page: Object.fromEntries(["track", "page", "identify", "attributes", "setConsent"].map((name) => [name, verb(name)])) };
}

function silence(t) {
  const warnings = [];
  t.mock.method(console, "warn", (...words) => warnings.push(words.join(" ")));
  return warnings;
}

test("everything is replayed in order, an event with its own time", () => {
  const { calls, page } = recorder();
  const queue = [
    ["setConsent", "granted"],
    ["track", "Plan Chosen", { plan: "crew" }, 1_700_000_000_000],
    ["track", "Seen"],
    ["identify", "robin@example.com", { company_size: "1" }],
    ["page", { section: "plans" }],
  ];
  takeQueue(page, queue);
  assert.deepEqual(calls, [
    ["setConsent", "granted", undefined, undefined],
    ["track", "Plan Chosen", { plan: "crew" }, { time: 1_700_000_000_000 }],
    ["track", "Seen", undefined, undefined],
    ["identify", "robin@example.com", { company_size: "1" }, undefined],
    ["page", { section: "plans" }, undefined, undefined],
  ]);
  assert.equal(queue.length, 0);
});

test("what is pushed later acts at once, several calls in order, and the queue stays empty", () => {
  const { calls, page } = recorder();
  const queue = [];
  takeQueue(page, queue);
  queue.push(["track", "One"], ["track", "Two", {}, 5]);
  assert.deepEqual(calls.map(([, name, , more]) => [name, more?.time]), [["One", undefined], ["Two", 5]]);
  assert.equal(queue.length, 0);
});

test("what a replayed call pushes comes after everything that waited", () => {
  const { calls, page } = recorder();
  const queue = [["attributes", {}], ["track", "Second"]];
  page.attributes = () => queue.push(["track", "Third"]);
  takeQueue(page, queue);
  assert.deepEqual(calls.map(([, name]) => name), ["Second", "Third"]);
});

test("a call that is none stops no other, throws nothing, and is warned of once", (t) => {
  const warnings = silence(t);
  const { calls, page } = recorder();
  const unreadable = { get 0() { throw new Error("no"); }, [Symbol.iterator]: Array.prototype[Symbol.iterator], length: 1 };
  const queue = [null, undefined, 7, "track", {}, [], ["fly"], [Symbol("s")], unreadable, ["track", "Kept"]];
  page.identify = () => { throw new Error("not me"); };
  takeQueue(page, queue);
  queue.push(["identify"], null, ["track", "Kept, too"]);
  assert.deepEqual(calls.map(([, name]) => name), ["Kept", "Kept, too"]);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /^privateer: a queued call failed: /);
});
