// The events in a request, as each product's protocol wraps them. What is wanted of an event is its name and its properties.
import { gunzipSync } from "node:zlib";

const GZIP = 0x1f;

/** The body as text; posthog-js compresses without saying so in a header. */
export const textOf = (body) => (body[0] === GZIP ? gunzipSync(body) : body).toString("utf8");

/**
 * @param {string} path where it was sent to
 * @param {URLSearchParams} query
 * @param {string} text the body
 * @returns {{name: string, properties: object}[] | null} null where the path is none for events
 */
export function eventsIn(path, query, text) {
  const found = PROTOCOLS.find(([paths]) => paths.test(path));
  return found ? found[1](text, query) : null;
}

const segment = (text) => {
  const body = JSON.parse(text);
  return (body.batch ?? [body]).map(({ event, type, properties }) => ({ name: event ?? type, properties }));
};

const snowplow = (text) => JSON.parse(text).data.map((payload) => {
  const described = payload.ue_pr ?? (payload.ue_px && Buffer.from(payload.ue_px, "base64url").toString("utf8"));
  return described ? { name: payload.e, properties: JSON.parse(described).data.data } : { name: payload.e, properties: {} };
});

const posthog = (text) => {
  const body = JSON.parse(text);
  const list = Array.isArray(body) ? body : (body.batch ?? [body]);
  return list.map(({ event, properties }) => ({ name: event, properties }));
};

const amplitude = (text) => JSON.parse(text).events.map((event) => ({ name: event.event_type, properties: event.event_properties ?? {} }));

const countly = (text, query) => {
  const fields = text.includes("=") ? new URLSearchParams(text) : query;
  return JSON.parse(fields.get("events") ?? "[]").map(({ key, segmentation }) => ({ name: key, properties: segmentation ?? {} }));
};

const plausible = (text) => {
  const { n, p } = JSON.parse(text);
  return [{ name: n, properties: typeof p === "string" ? JSON.parse(p) : (p ?? {}) }];
};

const PROTOCOLS = [
  [/^\/(beacon\/)?v1\/(batch|track|page|identify|group|alias|screen|[btpigas])$/, segment],
  [/^\/com\.snowplowanalytics\.snowplow\/tp2$/, snowplow],
  [/^\/(e|batch|i\/v0\/e)\/?$/, posthog],
  [/^\/2\/httpapi$/, amplitude],
  [/^\/i$/, countly],
  [/^\/api\/event$/, plausible],
];
