// CloudEvents 1.0 in batches, the HTTP protocol binding's third mode: github.com/cloudevents/spec.
import { originOf, typeOf } from "./names.js";
import { filled, utc } from "./message.js";

// The specification wants events of up to 64 KiB to come through everywhere; it says nothing of batches.
export const limits = { eventBytes: 65_536 };

const TYPE = "application/cloudevents-batch+json; charset=UTF-8";

// A page that is being left can neither ask for permission (the content type and the header would need it on another
// origin) nor wait for it. So it sends plain text then, with the key where the binding's web hooks allow it, too.
export function encode(messages, { url, writeKey, leaving, settings = {} }) {
  const body = JSON.stringify(messages.map((message) => eventOf(message, settings)));
  if (leaving) return { url: writeKey ? withToken(url, writeKey) : url, type: "text/plain", body };
  return { url, type: TYPE, body, headers: writeKey ? { Authorization: `Bearer ${writeKey}` } : {} };
}

const eventOf = (message, { vendor, source }) =>
  filled({
    specversion: "1.0",
    id: message.messageId,
    source: source || originOf(message.context?.page?.url) || "privateer",
    type: typeOf(message, vendor),
    time: utc(message.timestamp),
    subject: message.anonymousId ?? message.userId,
    // The partitioning extension: what one visitor did stays in order.
    partitionkey: message.anonymousId ?? message.userId,
    datacontenttype: "application/json",
    data: message,
  });

const withToken = (url, token) => `${url}${url.includes("?") ? "&" : "?"}access_token=${encodeURIComponent(token)}`;
