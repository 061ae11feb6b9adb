// PostHog: the batch of its servers' libraries (v0, POST /batch/), or Capture v1 where the address leads there. By
// PostHog's documentation, and for v1 by rust/capture/src/v1/analytics/types.rs of github.com/PostHog/posthog.
import { at } from "./names.js";
import { each, parse, resultsIn } from "./results.js";
import { posthogEvent } from "./posthog_event.js";
import { filled, utc } from "./message.js";

// v0 takes 20 MiB a request; an event has to fit a message of Kafka, 1 MB.
export const limits = { bytes: 20_971_520, eventBytes: 1_000_000 };

export const encode = (messages, how) => (/\/i\/v1\//.test(how.url) ? captureV1(messages, how) : batchV0(messages, how));

// The key is in the body and plain text is taken for JSON, so that a page that is being left needs no preflight.
function batchV0(messages, { url, writeKey, sentAt, leaving, settings }) {
  const batch = messages.map((message) => posthogEvent(message, settings));
  return {
    url: at(url, "/batch/"),
    type: leaving ? "text/plain" : "application/json",
    body: JSON.stringify({ api_key: writeKey, batch, sent_at: sentAt }),
  };
}

// The headers need a preflight on another origin, also while leaving; what does not get out then waits for the next page.
function captureV1(messages, { url, writeKey, sentAt, attempt = 1, requestId, createdAt, settings }) {
  const { name = "privateer", version = "0" } = messages[0]?.context?.library ?? {};
  return {
    url,
    type: "application/json",
    headers: {
      Authorization: `Bearer ${writeKey}`,
      "PostHog-Sdk-Info": `${name}/${version}`,
      "PostHog-Attempt": String(attempt),
      "PostHog-Request-Id": requestId ?? messages[0]?.messageId,
      "PostHog-Request-Timestamp": utc(sentAt),
    },
    body: JSON.stringify({ created_at: utc(createdAt ?? sentAt), batch: messages.map((message) => lifted(posthogEvent(message, settings))) }),
  };
}

// v1 has places of their own for what v0 hid among the properties. An option of another type would cost the event, so it
// is left to the server's default.
function lifted({ properties, ...event }) {
  const { $lib, $lib_version, $session_id, $window_id, ...more } = properties;
  const { $cookieless_mode, $ignore_sent_at, $process_person_profile, $product_tour_id, ...rest } = more;
  const options = filled({
    cookieless_mode: bool($cookieless_mode),
    disable_skew_correction: bool($ignore_sent_at),
    process_person_profile: bool($process_person_profile),
    product_tour_id: words($product_tour_id),
  });
  return filled({ ...event, session_id: words($session_id), window_id: words($window_id), options, properties: rest });
}

const bool = (value) => (typeof value === "boolean" ? value : undefined);
const words = (value) => (typeof value === "string" ? value : undefined);

// What PostHog itself refuses for good is not offered again; a status without its words may come from a proxy. A batch
// that is wrong or too large (400, 413) is for the core to halve.
const LATER = [400, 408, 413, 429];

export function read(status, text, messages) {
  if (status >= 200 && status < 300) return resultsIn(text, messages);
  const final = status >= 400 && status < 500 && !LATER.includes(status) && parse(text)?.error;
  return final ? each(messages, () => "drop") : undefined;
}
