// Laws that hold for every encoder, and that whatever a page can send leaves in a form that its protocol allows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encoderOf, fitting } from "../../www/harness/encoders.js";
import { CASES } from "./support/messages.mjs";
import { ENCODERS, HOW, encoded } from "./support/encoders.mjs";

const SETTINGS = {
  "without settings": {},
  "with a vendor": { vendor: "com.example" },
  "with one schema for all events": { vendor: "com.privateer", schema: "iglu:com.privateer/event/jsonschema/1-0-0", source: "https://example.com/" },
};

// Measured: what README says of unloading pages rests on it.
const GROWTH = { "segment": 1.01, "snowplow": 1.3, "cloudevents": 1.3, "posthog v0": 1.01, "posthog v1": 1.01, "otlp": 2.6 };

const messages = CASES.map(({ message }) => message);

for (const name of Object.keys(ENCODERS)) {
  for (const [how, settings] of Object.entries(SETTINGS)) {
    test(`${name}, ${how}: everything a page can send is valid`, () => {
      for (const each of CASES) {
        try {
          ENCODERS[name].assertValid(encoded(name, [each.message], { settings }).content);
        } catch (error) {
          throw new Error(`${each.name}: ${error.message}`);
        }
      }
      ENCODERS[name].assertValid(encoded(name, messages, { settings }).content);
    });
  }

  test(`${name}: the same messages are the same request, and stay as they were`, () => {
    const before = structuredClone(messages);
    const frozen = deeplyFrozen(structuredClone(messages));
    const how = deeplyFrozen({ settings: { vendor: "com.example" } });
    assert.deepEqual(encoded(name, frozen, how), encoded(name, frozen, how));
    assert.deepEqual(frozen, before);
  });

  test(`${name}: every message goes out once, in order`, () => {
    assert.deepEqual(ENCODERS[name].ids(encoded(name, messages).content), messages.map(({ messageId }) => messageId));
  });

  test(`${name}: a message is the same alone and among others`, () => {
    const [first, second, third] = messages;
    const among = ENCODERS[name].ids(encoded(name, [first, second, third]).content);
    assert.equal(among.length, 3);
    assert.ok(encoded(name, [first, second, third]).body.includes(itemOf(name, second)));
  });

  test(`${name}: the request says where it goes and what it is`, () => {
    const { url, type, headers = {}, body } = encoded(name, messages.slice(0, 1));
    assert.match(url, /^https:\/\/(collector|posthog)\.example\/\w/);
    assert.match(type, /^(text\/plain|application\/(json|cloudevents-batch\+json))(; charset=UTF-8)?$/);
    assert.equal(typeof body, "string");
    for (const value of Object.values(headers)) assert.match(value, /^[\x20-\x7e]+$/);
  });

  test(`${name}: a batch as the core composes it, 60,000 bytes, becomes at most ${GROWTH[name]} times as large`, () => {
    const batch = ofBytes(60_000, CASES.filter(({ variant }) => variant === "with all that a context can hold"));
    const bytes = Buffer.byteLength(encoded(name, batch, { settings: { vendor: "com.example" } }).body);
    assert.ok(bytes <= 60_000 * GROWTH[name], `${bytes} bytes`);
    assert.ok(bytes <= (ENCODERS[name].limits.bytes ?? Infinity), `${bytes} bytes`);
  });
}

test("of too many messages as many are taken as fit, in order, and one in any case", () => {
  const { encode, url, ids } = ENCODERS.otlp;
  const { request, sent } = fitting(encode, messages, { ...HOW, url }, 60_000);
  assert.ok(Buffer.byteLength(request.body) <= 60_000);
  assert.deepEqual(ids(JSON.parse(request.body)), sent.map(({ messageId }) => messageId));
  assert.deepEqual(sent, messages.slice(0, sent.length));
  assert.equal(fitting(encode, messages, { ...HOW, url }, 1).sent.length, 1);
  assert.equal(fitting(encode, messages.slice(0, 3), { ...HOW, url }, 60_000).sent.length, 3);
});

test("an encoder is found by its format; a page's own goes first; where there is none, that is said", async () => {
  const own = { encode: () => {} };
  assert.equal(await encoderOf("snowplow", own), own);
  assert.equal(await encoderOf("carrier pigeon"), null);
});

test("an address without a path is completed by the protocol's; another one is taken as it is", () => {
  const path = (name, url) => encoded(name, messages.slice(0, 1), { url }).url;
  assert.equal(path("snowplow", "https://sp.example"), "https://sp.example/com.snowplowanalytics.snowplow/tp2");
  assert.equal(path("snowplow", "https://sp.example/"), "https://sp.example/com.snowplowanalytics.snowplow/tp2");
  assert.equal(path("snowplow", "https://example.com/t/sp"), "https://example.com/t/sp");
  assert.equal(path("otlp", "http://127.0.0.1:4318"), "http://127.0.0.1:4318/v1/logs");
  assert.equal(path("otlp", "/v1/logs"), "/v1/logs");
  assert.equal(path("posthog v0", "https://eu.i.posthog.com"), "https://eu.i.posthog.com/batch/");
  assert.equal(path("posthog v1", "/i/v1/analytics/events"), "/i/v1/analytics/events");
  assert.equal(path("segment", "/collect"), "/collect");
});

// As many messages as the core puts into a batch of so many bytes.
function ofBytes(most, cases) {
  const batch = [];
  for (let bytes = 0, place = 0; bytes < most; place += 1) {
    const { message } = cases[place % cases.length];
    bytes += Buffer.byteLength(JSON.stringify(message));
    if (bytes < most) batch.push(message);
  }
  return batch;
}

// One message's own part of a body, without what comes before and after.
function itemOf(name, message) {
  const { content } = encoded(name, [message]);
  const list = { segment: "batch", snowplow: "data", "posthog v0": "batch", "posthog v1": "batch" }[name];
  const [item] = list ? content[list] : name === "otlp" ? content.resourceLogs[0].scopeLogs[0].logRecords : content;
  return JSON.stringify(item);
}

function deeplyFrozen(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deeplyFrozen);
  return value;
}
