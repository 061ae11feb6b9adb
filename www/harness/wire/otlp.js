// OpenTelemetry logs, OTLP/HTTP with JSON: opentelemetry-proto's logs.proto in the JSON form of protocol buffers, names by
// OpenTelemetry's semantic conventions. A message is an event log; what they have no name for is in its body.
import { filled, milliseconds } from "./message.js";
import { at, originOf, typeOf } from "./names.js";

// The protocol sets none; collectors take 4 MiB and more.
export const limits = { bytes: 4_194_304 };

const INFORMATION = 9; // SEVERITY_NUMBER_INFO

export function encode(messages, { url, writeKey, sentAt, settings = {} }) {
  const { name = "privateer", version } = messages[0]?.context?.library ?? {};
  const service = settings.source || originOf(messages[0]?.context?.page?.url) || "privateer";
  const library = { "telemetry.sdk.name": name, "telemetry.sdk.language": "webjs", "telemetry.sdk.version": version };
  const logRecords = messages.map((message) => recordOf(message, sentAt, settings.vendor));
  return {
    url: at(url, "/v1/logs"),
    type: "application/json",
    headers: writeKey ? { Authorization: `Bearer ${writeKey}` } : {},
    body: JSON.stringify({
      resourceLogs: [{ resource: { attributes: pairs({ "service.name": service, ...library }) }, scopeLogs: [{ scope: filled({ name, version }), logRecords }] }],
    }),
  };
}

// Nothing is said twice: what has a name of its own is not in the body.
function recordOf({ messageId, anonymousId, userId, timestamp, context = {}, ...rest }, sentAt, vendor) {
  const { library, sessionId, userAgent, locale, page = {}, ...around } = context;
  const { url, ...seen } = page;
  return filled({
    timeUnixNano: nanoseconds(timestamp),
    observedTimeUnixNano: nanoseconds(sentAt),
    severityNumber: INFORMATION,
    eventName: typeOf(rest, vendor),
    attributes: pairs({
      "log.record.uid": messageId, // by which a store may tell copies apart
      "enduser.pseudo.id": anonymousId,
      "user.id": userId,
      "session.id": sessionId,
      "url.full": url,
      "browser.language": locale,
      "user_agent.original": userAgent,
    }),
    body: valueOf({ ...rest, context: { ...around, page: seen } }),
  });
}

// 64-bit numbers are texts in JSON; a double would not hold a nanosecond of today.
function nanoseconds(time) {
  const found = milliseconds(time);
  return found === undefined ? undefined : `${found}000000`;
}

const pairs = (members) => list(filled(members));

// A member without a value is the protocol's null.
const list = (members) =>
  Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => (value === null ? { key } : { key, value: valueOf(value) }));

function valueOf(value) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueOf) } };
  if (value) return { kvlistValue: { values: list(value) } };
  return { stringValue: "" }; // nothing in a list: an empty value is allowed there, but rotel refuses it
}
