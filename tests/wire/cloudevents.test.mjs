// CloudEvents: what stands where, and that a decoder which is not ours reads the same out of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HTTP } from "cloudevents";
import { encoded } from "./support/encoders.mjs";
import { CASES, one } from "./support/messages.mjs";

// That decoder wants every event to have a time: "at the end of a year" and the others have one.
test("the npm package cloudevents decodes a batch: the same ids, types, times and data, in the same order", () => {
  const messages = CASES.map(({ message }) => message);
  const { type, body, content } = encoded("cloudevents", messages);
  const decoded = HTTP.toEvent({ headers: { "content-type": type }, body });
  assert.equal(decoded.length, messages.length);
  decoded.forEach((event, place) => {
    event.validate();
    const { id, type, source, subject, time } = content[place];
    assert.deepEqual({ id: event.id, type: event.type, source: event.source, subject: event.subject }, { id, type, source, subject });
    assert.equal(event.id, messages[place].messageId);
    assert.equal(Date.parse(event.time), Date.parse(time));
    assert.deepEqual(event.data, JSON.parse(JSON.stringify(messages[place])));
  });
});

test("an event, member by member", () => {
  const message = one("Plan Chosen");
  const [event] = encoded("cloudevents", [message]).content;
  assert.deepEqual(event, {
    specversion: "1.0", id: message.messageId, source: "https://example.com", type: "com.privateer.track.plan_chosen",
    time: message.timestamp, subject: message.anonymousId, partitionkey: message.anonymousId, datacontenttype: "application/json", data: message,
  });
});

test("type and source are the site's to name", () => {
  const settings = { vendor: "com.example", source: "/plans" };
  const [event] = encoded("cloudevents", [one("identify")], { settings }).content;
  assert.equal(event.type, "com.example.identify");
  assert.equal(event.source, "/plans");
  assert.equal(encoded("cloudevents", [one("page", "without a context")]).content[0].source, "privateer");
});

test("the key is a header; while leaving it is in the address and the batch is plain text, so that nobody is asked first", () => {
  const staying = encoded("cloudevents", [one("page")], { writeKey: "a&b" });
  assert.equal(staying.type, "application/cloudevents-batch+json; charset=UTF-8");
  assert.deepEqual(staying.headers, { Authorization: "Bearer a&b" });
  const leaving = encoded("cloudevents", [one("page")], { writeKey: "a&b", leaving: true });
  assert.equal(leaving.type, "text/plain");
  assert.equal(leaving.headers, undefined);
  assert.equal(leaving.url, `${staying.url}?access_token=a%26b`);
  assert.equal(encoded("cloudevents", [one("page")], { url: "/e?v=1", writeKey: "k", leaving: true }).url, "/e?v=1&access_token=k");
  assert.equal(leaving.body, staying.body);
  assert.deepEqual(encoded("cloudevents", [one("page")], { writeKey: undefined }).headers, {});
});
