// Segment's batch from messages that a page changed, and answers that tell events apart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENCODERS, HOW, encoded } from "./support/encoders.mjs";
import { CASES, one } from "./support/messages.mjs";

const { read } = ENCODERS.segment;
const messages = [{ messageId: "a" }, { messageId: "b" }, { messageId: "c" }, { messageId: "d" }];

test("the body is the messages as they are, the time of sending and the key", () => {
  const changed = CASES.map(({ message }) => ({ ...message, integrations: { All: false } }));
  const { content, type, headers } = encoded("segment", changed);
  assert.deepEqual(content, { batch: JSON.parse(JSON.stringify(changed)), sentAt: HOW.sentAt, writeKey: "key" });
  assert.equal(type, "text/plain");
  assert.equal(headers, undefined);
  assert.ok(!("writeKey" in encoded("segment", [one("page")], { writeKey: "" }).content));
});

test("a collector may answer for each event", () => {
  const text = JSON.stringify({ results: { a: "ok", b: "retry", c: { result: "drop" } } });
  assert.deepEqual(read(200, text, messages), { a: "ok", b: "retry", c: "drop", d: "ok" });
});

test("any other answer says nothing of single events", () => {
  for (const text of ["", "ok", "{}", "null", '{"results":null}', '{"success":true}', "<html>"]) assert.equal(read(200, text, messages), undefined, text);
  assert.equal(read(503, '{"results":{"a":"ok"}}', messages), undefined);
});
