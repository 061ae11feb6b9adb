// https://docs.snowplow.io/docs/sources/trackers/javascript-trackers/web-tracker/: a custom event is a self-describing one.
const script = (options) => (collector) => `
  import { newTracker, trackSelfDescribingEvent, flushBuffer } from "@snowplow/browser-tracker";
  newTracker("page", "${collector}", ${JSON.stringify({ appId: "site", ...options })});
  const schema = (name) => "iglu:com.example/" + name.toLowerCase().replaceAll(" ", "_") + "/jsonschema/1-0-0";
  window.tracker = {
    track: (name, properties) => trackSelfDescribingEvent({ event: { schema: schema(name), data: properties } }),
    flush: () => flushBuffer({}),
  };`;

export const snowplow = { name: "@snowplow/browser-tracker", script: script({}) };
export const snowplowTuned = { name: "snowplow, tuned", script: script({ bufferSize: 10, keepalive: true }) };
