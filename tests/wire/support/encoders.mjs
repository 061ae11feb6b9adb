// The encoders as they ship, and how each one's output is held against its schema.
import { inRoot } from "../../../scripts/shared/paths.mjs";
import { assertIglu, assertValid } from "./schemas.mjs";

const load = (name) => import(inRoot("pkg", "wire", `${name}.js`));

/** What an encoder is told when a test does not say otherwise. */
export const HOW = { writeKey: "key", sentAt: "2026-01-31T12:00:01.000Z", attempt: 1 };

/** By name: the encoder, an address, `ids` that finds the message ids in a body in order, `assertValid` for a body. */
export const ENCODERS = {
  segment: {
    ...(await load("segment")),
    url: "https://collector.example/v1/batch",
    ids: ({ batch }) => batch.map(({ messageId }) => messageId),
    assertValid: (body) => assertValid("segment-batch.schema.json", body),
  },
  snowplow: {
    ...(await load("snowplow")),
    url: "https://collector.example",
    ids: ({ data }) => data.map(({ eid }) => eid),
    assertValid: assertSnowplow,
  },
  cloudevents: {
    ...(await load("cloudevents")),
    url: "https://collector.example/events",
    ids: (batch) => batch.map(({ id }) => id),
    assertValid: (batch) => {
      assertValid("cloudevents-batch.schema.json", batch);
      for (const event of batch) assertValid("cloudevents/cloudevents.json", event);
    },
  },
  "posthog v0": {
    ...(await load("posthog")),
    url: "https://posthog.example",
    ids: ({ batch }) => batch.map(({ uuid }) => uuid),
    assertValid: (body) => assertValid("posthog-batch-v0.schema.json", body),
  },
  "posthog v1": {
    ...(await load("posthog")),
    url: "https://posthog.example/i/v1/analytics/events",
    ids: ({ batch }) => batch.map(({ uuid }) => uuid),
    assertValid: (body) => assertValid("posthog-capture-v1.schema.json", body),
  },
  otlp: {
    ...(await load("otlp")),
    url: "https://collector.example",
    ids: ({ resourceLogs }) => resourceLogs[0].scopeLogs[0].logRecords.map(({ attributes }) => attributes.find(({ key }) => key === "log.record.uid").value.stringValue),
    assertValid: (body) => assertValid("otlp-logs.schema.json", body),
  },
};

/** What an encoder makes of messages, with its body read. */
export function encoded(name, messages, how = {}) {
  const { encode, url } = ENCODERS[name];
  const request = encode(messages, { ...HOW, url, ...how });
  return { ...request, content: JSON.parse(request.body) };
}

// The payload, and every self-describing JSON inside.
function assertSnowplow({ schema, data }) {
  assertIglu({ schema, data });
  for (const { ue_pr, co } of data) {
    if (co) assertEach(JSON.parse(co));
    if (!ue_pr) continue;
    const event = JSON.parse(ue_pr);
    assertIglu(event);
    assertIglu(event.data);
  }
}

function assertEach(contexts) {
  assertIglu(contexts);
  for (const entity of contexts.data) assertIglu(entity);
}
