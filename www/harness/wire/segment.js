// Segment's batch. The core writes it by itself; this is for messages that a page changed before they are sent.
import { resultsIn } from "./results.js";

// Of Segment's HTTP API; RudderStack takes 4,000 KB.
export const limits = { events: 2_500, bytes: 500_000, eventBytes: 32_768 };

// The write key goes into the body: a header would cost a preflight, which cannot finish while a page is being left.
export const encode = (messages, { url, writeKey, sentAt }) => ({
  url,
  type: "text/plain",
  body: JSON.stringify({ batch: messages, sentAt, ...(writeKey && { writeKey }) }),
});

export const read = (status, text, messages) => (status >= 200 && status < 300 ? resultsIn(text, messages) : undefined);
