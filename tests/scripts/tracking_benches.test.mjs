// What the tracking benchmarks stand on: the collector that reads every product's protocol, and the count of what was lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { startCollector } from "../../benches/collector/collector.mjs";
import { eventsIn, textOf } from "../../benches/collector/protocols.mjs";
import { report } from "../../benches/faults/report.mjs";

const NAMED = [{ name: "Tried", properties: { id: "e1" } }];
const described = JSON.stringify({ schema: "unstruct", data: { schema: "tried", data: { id: "e1" } } });

// One event as each product sends it: the shapes are those that the products' own requests have.
const REQUESTS = [
  ["Segment, alone", "/v1/t", JSON.stringify({ type: "track", event: "Tried", properties: { id: "e1" } }), NAMED],
  ["Segment, in a batch", "/v1/batch", JSON.stringify({ batch: [{ type: "track", event: "Tried", properties: { id: "e1" } }] }), NAMED],
  ["Snowplow, plain", "/com.snowplowanalytics.snowplow/tp2", JSON.stringify({ data: [{ e: "ue", ue_pr: described }] }), [{ name: "ue", properties: { id: "e1" } }]],
  ["Snowplow, in base64", "/com.snowplowanalytics.snowplow/tp2", JSON.stringify({ data: [{ e: "ue", ue_px: Buffer.from(described).toString("base64url") }] }), [{ name: "ue", properties: { id: "e1" } }]],
  ["PostHog", "/e/", JSON.stringify([{ event: "Tried", properties: { id: "e1" } }]), NAMED],
  ["Amplitude", "/2/httpapi", JSON.stringify({ events: [{ event_type: "Tried", event_properties: { id: "e1" } }] }), NAMED],
  ["Countly", "/i", new URLSearchParams({ events: JSON.stringify([{ key: "Tried", segmentation: { id: "e1" } }]) }).toString(), NAMED],
  ["Plausible", "/api/event", JSON.stringify({ n: "Tried", p: { id: "e1" } }), NAMED],
];

for (const [product, path, body, expected] of REQUESTS) {
  test(`${product}: the event and its id are read`, () => {
    assert.deepEqual(eventsIn(path, new URLSearchParams(), body), expected);
  });
}

test("Countly's events may stand in the address, and an address of nobody's holds none", () => {
  assert.deepEqual(eventsIn("/i", new URLSearchParams({ events: '[{"key":"Tried","segmentation":{"id":"e1"}}]' }), ""), NAMED);
  assert.equal(eventsIn("/elsewhere", new URLSearchParams(), "{}"), null);
});

test("a compressed body is read as a plain one", () => {
  assert.equal(textOf(gzipSync("[1]")), "[1]");
  assert.equal(textOf(Buffer.from("[1]")), "[1]");
});

test("copies are counted, refused events are not, and what has no id is extra", async (t) => {
  const collector = await collectorFor(t);
  await deliver(collector, ["e1", "e2"]);
  await deliver(collector, ["e1", undefined]);
  collector.trouble = () => ({ status: 503, taken: false, headers: { "Retry-After": "2" } });
  const refusal = await deliver(collector, ["e3"]);
  assert.deepEqual([refusal.status, refusal.headers.get("Retry-After")], [503, "2"]);
  assert.deepEqual([...collector.arrived], [["e1", 2], ["e2", 1]]);
  assert.equal(collector.extra, 1);
});

test("a lost answer comes after the events were taken; a collector that is down takes none and comes back where it was", async (t) => {
  const collector = await collectorFor(t);
  collector.trouble = () => ({ cut: true });
  await assert.rejects(deliver(collector, ["e1"]));
  await collector.down();
  await assert.rejects(deliver(collector, ["e2"]));
  await collector.up();
  collector.trouble = () => ({});
  await deliver(collector, ["e3"]);
  assert.deepEqual([...collector.arrived.keys()], ["e1", "e3"]);
});

test("the report counts faults without a loss, and leaves out what could not be played", () => {
  const row = { product: "a", events: 20, lost: 0, copies: 0, errors: 0, started: true };
  const text = report([{ ...row, fault: "one" }, { ...row, fault: "two", lost: 5, copies: 3 }, { fault: "three", product: "a", failed: "no browser" }], ["a"]);
  for (const line of [/one +20 of 20\n/, /two +15 of 20 \(\+3\)\n/, /three +not played\n/, /faults without a loss +1 of 2\n/, /events lost +5\n/, /copies +3\n/]) {
    assert.match(text, line);
  }
});

async function collectorFor(t) {
  const collector = await startCollector();
  t.after(() => collector.stop());
  return collector;
}

const deliver = (collector, ids) => fetch(`${collector.url}/v1/batch`, {
  method: "POST",
  body: JSON.stringify({ batch: ids.map((id) => ({ type: "track", event: "Tried", properties: { id } })) }),
});
