// Batches in another format than Segment's, or after the page's own last look at each message. On demand: the engine writes Segment's
// format, which goes out as it is.
import { bytesOf, encoderOf, fitting } from "./encoders.js";
import { read as segmentRead } from "./wire/segment.js";

const LASTING_BYTES = 60000; // what a request that outlives its page may have

/**
 * @param {object} how `format`: its name; `encoder`: the page's own, `{ encode, read? }`; `beforeSend`: takes a message and
 *   answers with what is to be sent in its place, or with nothing; `check`: looks at what is sent; `report`: hears of problems; `settings`: the section `delivery` of the definition
 * @returns a function that sends a batch by `send`, and tells what became of each of its messages
 */
export async function recoder({ format = "segment", encoder, beforeSend = (message) => message, check, settings, report }) {
  const own = await encoderOf(format, encoder);
  if (!own) report({ code: "unknown-format", path: "$.delivery.format", message: `There is no format "${format}"; events wait until there is one.` });
  if (!own) return async () => ({ status: 0 });
  const { encode, read } = own;
  const tries = new Tries();
  let lastingBytes = 0; // of requests under way that outlive the page
  return async (url, body, { lasting, leaving }, send) => {
    const { batch, sentAt, writeKey } = JSON.parse(body);
    const looked = batch.map((message) => look(beforeSend, message));
    // A page that is being left may not come to what waits for a promise, so nothing waits for none.
    const seen = looked.some(isPromise) ? await Promise.all(looked) : looked;
    const kept = seen.filter(Boolean);
    if (check) kept.forEach(check);
    const withheld = idsOf(batch.filter((_, place) => !seen[place]));
    if (!kept.length) return { status: 200, withheld };
    const asked = { url, writeKey, sentAt, leaving, settings, ...tries.of(kept) };
    const written = attempt(() => fitting(encode, kept, asked, lasting ? LASTING_BYTES - lastingBytes : Infinity));
    // What cannot be written is looked for like what is refused.
    if (!written) return { status: 400, trouble: "a message could not be written in the collector's format; it is looked for, dropped and counted" };
    const { request, sent } = written;
    // A format may take more bytes than the engine counted.
    const bytes = lasting ? bytesOf(request.body) : 0;
    lastingBytes += bytes;
    const answer = await send({ url, ...request });
    lastingBytes -= bytes;
    const verdicts = attempt(() => read?.(answer.status, answer.text, sent));
    const outcome = { ...answer, ...judged(verdicts, idsOf(kept.slice(sent.length))), withheld };
    if (outcome.status >= 200 && outcome.status < 300) tries.end(idsOf(sent).filter((id) => !outcome.again.includes(id)));
    return outcome;
  };
}

/** What a collector of Segment batches said of each event, if it tells them apart. */
export const resultsIn = ({ status, text }, body) => judged(attempt(() => segmentRead(status, text, JSON.parse(body).batch)), []);

// How often a batch was tried, and what stays the same then. What is left of a batch is the same batch still.
class Tries {
  #known = new Map(); // by message

  of(messages) {
    const earlier = messages.map(({ messageId }) => this.#known.get(messageId)).find(Boolean);
    const known = earlier ?? { attempt: 0, requestId: messages[0].messageId, createdAt: new Date().toISOString() };
    known.attempt += 1;
    for (const { messageId } of messages) this.#known.set(messageId, known);
    return { ...known };
  }

  end(ids) {
    ids.forEach((id) => this.#known.delete(id));
  }
}

// What was said of each event, whatever was said of the batch; those that found no room are sent again.
function judged(verdicts, left) {
  const ids = (wanted) => Object.entries(verdicts ?? {}).filter(([, verdict]) => verdict === wanted).map(([id]) => id);
  return { again: [...ids("retry"), ...left], never: ids("drop"), ...(verdicts && { status: 200 }) };
}

// A hook that fails keeps nothing back: what it was to take out, nobody knows.
function look(beforeSend, message) {
  const named = (seen) => {
    if (seen && typeof seen !== "object") throw new TypeError("beforeSend answers with a message, or with nothing");
    return seen && { ...seen, messageId: message.messageId };
  };
  const failed = (error) => {
    console.error(error);
    return message;
  };
  try {
    const seen = beforeSend(message);
    return isPromise(seen) ? seen.then(named).catch(failed) : named(seen);
  } catch (error) {
    return failed(error);
  }
}

const isPromise = (value) => typeof value?.then === "function";

function attempt(work) {
  try {
    return work();
  } catch (error) {
    console.error(error);
  }
}

const idsOf = (messages) => messages.map(({ messageId }) => messageId);
