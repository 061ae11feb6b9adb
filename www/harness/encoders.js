// The encoders by the name of their format, each loaded when a site asks for it. Bundlers follow written addresses only.
const FORMATS = {
  cloudevents: () => import("./wire/cloudevents.js"),
  otlp: () => import("./wire/otlp.js"),
  posthog: () => import("./wire/posthog.js"),
  segment: () => import("./wire/segment.js"),
  snowplow: () => import("./wire/snowplow.js"),
};

// An encoder, { encode, read? }: the page's own, or the one of a format; null where there is none.
export const encoderOf = async (format, own) => own ?? (Object.hasOwn(FORMATS, format) ? FORMATS[format]() : null);

const utf8 = new TextEncoder();

export const bytesOf = (text) => utf8.encode(text).length;

// The request for as many of the messages, from the first on, as make at most `most` bytes, but for one at least: what a
// format adds to a message is known only once it is written. `sent` are those that it holds.
export function fitting(encode, messages, how, most) {
  let sent = messages;
  for (;;) {
    const request = encode(sent, how);
    if (sent.length === 1 || bytesOf(request.body) <= most) return { request, sent };
    sent = sent.slice(0, Math.ceil(sent.length / 2));
  }
}
