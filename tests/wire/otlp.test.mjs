// OpenTelemetry logs: what stands where, and that nothing of a message is lost or said twice. A real collector: rotel.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encoded } from "./support/encoders.mjs";
import { CASES, one } from "./support/messages.mjs";

const resourceLogs = (messages, how) => encoded("otlp", messages, how).content.resourceLogs[0];
const recordOf = (message, settings) => resourceLogs([message], { settings }).scopeLogs[0].logRecords[0];

// The protocol's values back as JSON.
function plain({ stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = {}) {
  if (arrayValue) return arrayValue.values.map(plain);
  if (kvlistValue) return members(kvlistValue.values);
  return stringValue ?? boolValue ?? (intValue === undefined ? doubleValue ?? null : Number(intValue));
}

const members = (pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, plain(value)]));

test("a record, member by member", () => {
  const message = one("Plan Chosen");
  const { attributes, body, ...record } = recordOf(message);
  assert.deepEqual(record, {
    timeUnixNano: `${Date.parse(message.timestamp)}000000`,
    observedTimeUnixNano: `${Date.parse("2026-01-31T12:00:01.000Z")}000000`,
    severityNumber: 9,
    eventName: "com.privateer.track.plan_chosen",
  });
  assert.deepEqual(members(attributes), {
    "log.record.uid": message.messageId, "enduser.pseudo.id": message.anonymousId, "session.id": message.context.sessionId,
    "url.full": message.context.page.url, "browser.language": "en-GB", "user_agent.original": message.context.userAgent,
  });
  assert.deepEqual(plain(body).properties, withoutNothing(message.properties));
});

test("whole numbers are texts of digits, others are numbers; what is nothing has no value", () => {
  const { body } = recordOf({ ...one("Plan Chosen"), properties: { whole: 4, part: 9.5, large: 2 ** 60, minus: -1, none: null, on: true } });
  const { values } = body.kvlistValue.values.find(({ key }) => key === "properties").value.kvlistValue;
  assert.deepEqual(Object.fromEntries(values.map(({ key, value }) => [key, value])), {
    whole: { intValue: "4" }, part: { doubleValue: 9.5 }, large: { doubleValue: 2 ** 60 }, minus: { intValue: "-1" }, none: undefined, on: { boolValue: true },
  });
});

test("attributes and body together are the whole message, for everything a page can send", () => {
  for (const { name, message } of CASES) {
    const { attributes, body, timeUnixNano } = recordOf(message);
    const said = members(attributes);
    const { context: around = {}, ...rest } = plain(body);
    const { page: seen, ...others } = around;
    const back = {
      ...rest,
      ...named({ messageId: said["log.record.uid"], anonymousId: said["enduser.pseudo.id"], userId: said["user.id"] }),
      context: {
        ...others,
        ...named({ sessionId: said["session.id"], userAgent: said["user_agent.original"], locale: said["browser.language"] }),
        ...(message.context?.page && { page: { ...seen, url: said["url.full"] } }),
        ...(message.context?.library && { library: message.context.library }), // the scope's
      },
    };
    const { timestamp, context = {}, ...expected } = withoutNothing(JSON.parse(JSON.stringify(message)));
    assert.deepEqual(back, { ...expected, context }, name);
    assert.equal(timeUnixNano, `${Date.parse(timestamp)}000000`, name);
  }
});

// A list has no place for nothing: "" stands there.
function withoutNothing(value) {
  if (Array.isArray(value)) return value.map((each) => (each === null ? "" : withoutNothing(each)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutNothing(each)]));
}

const named = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

test("the resource is the site, the scope the library", () => {
  const { resource, scopeLogs: [{ scope }] } = resourceLogs([one("page")]);
  assert.deepEqual(members(resource.attributes), {
    "service.name": "https://example.com", "telemetry.sdk.name": "privateer", "telemetry.sdk.language": "webjs", "telemetry.sdk.version": "0.1.0",
  });
  assert.deepEqual(scope, { name: "privateer", version: "0.1.0" });
  assert.equal(members(resourceLogs([one("page")], { settings: { source: "shop" } }).resource.attributes)["service.name"], "shop");
});

test("the key is a header", () => {
  assert.deepEqual(encoded("otlp", [one("page")]).headers, { Authorization: "Bearer key" });
  assert.deepEqual(encoded("otlp", [one("page")], { writeKey: "" }).headers, {});
});
