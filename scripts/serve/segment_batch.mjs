// Segment's batch format, checked before anything is written: the first mistake is named, and then nothing is kept.

export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
const MAX_EVENTS = 2_500;
const MAX_ID_LENGTH = 99;
const TYPES = ["alias", "group", "identify", "page", "screen", "track"];

/** A request that cannot be accepted: HTTP status, stable code, path into the body, a sentence. */
export class Refusal extends Error {
  constructor(status, code, path, sentence) {
    super(sentence);
    Object.assign(this, { status, code, path });
  }
}

/** @returns {{messages: object[], sentAt: string | null}} of a batch, or of a single message; `null` is one that was too large to read */
export function readBatch(text) {
  if (text === null) throw new Refusal(413, "batch-too-large", "$", `A batch holds at most ${MAX_BATCH_BYTES} bytes.`);
  const body = parse(text);
  if (!isObject(body)) throw new Refusal(400, "wrong-type", "$", "The body has to be a JSON object with a list called batch.");
  const single = body.batch === undefined && body.type !== undefined;
  const messages = single ? [body] : body.batch;
  if (!Array.isArray(messages)) throw new Refusal(400, "wrong-type", "$.batch", "batch has to be a list of events.");
  if (messages.length > MAX_EVENTS) throw new Refusal(413, "too-many", "$.batch", `A batch holds at most ${MAX_EVENTS} events; this one has ${messages.length}.`);
  messages.forEach((message, place) => check(message, single ? "$" : `$.batch[${place}]`));
  return { messages, sentAt: typeof body.sentAt === "string" ? body.sentAt : null };
}

/** A batch as it is, without messages where it cannot be read: for counting what came, whatever becomes of it. */
export function glance(text) {
  try {
    return readBatch(text);
  } catch {
    return { messages: [], sentAt: null };
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, "bad-json", "$", `The body is not JSON: ${error.message}.`);
  }
}

function check(message, path) {
  if (!isObject(message)) throw new Refusal(400, "wrong-type", path, "An event has to be an object.");
  if (!isText(message.messageId) || message.messageId.length > MAX_ID_LENGTH) {
    throw new Refusal(400, "message-id", `${path}.messageId`, `messageId has to be a text of 1 to ${MAX_ID_LENGTH} characters: it is how repeated deliveries are told apart.`);
  }
  if (!TYPES.includes(message.type)) throw new Refusal(400, "unknown-type", `${path}.type`, `type has to be one of ${TYPES.join(", ")}.`);
  if (message.type === "track" && !isText(message.event)) throw new Refusal(400, "event-name", `${path}.event`, "A track event needs a name in event.");
  if (!isText(message.userId) && !isText(message.anonymousId)) {
    throw new Refusal(400, "nobody", path, "An event needs a userId or an anonymousId.");
  }
  if (message.timestamp !== undefined && !isTime(message.timestamp)) {
    throw new Refusal(400, "bad-time", `${path}.timestamp`, "timestamp has to be an ISO 8601 time such as 2026-01-31T12:00:00.000Z.");
  }
  const size = Buffer.byteLength(JSON.stringify(message));
  if (size > MAX_EVENT_BYTES) throw new Refusal(413, "event-too-large", path, `An event holds at most ${MAX_EVENT_BYTES} bytes; this one has ${size}.`);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string" && value !== "";
const isTime = (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
