// POST /collect: a small collector that speaks Segment's batch format. GET /collected: what arrived, in numbers.
import { setTimeout as sleep } from "node:timers/promises";
import { MAX_BATCH_BYTES, Refusal, glance, readBatch } from "./segment_batch.mjs";

const WRITE_PATHS = ["/collect", "/v1/batch"];
const READ_PATH = "/collected";

// Any page may deliver, as with a hosted collector.
const CROSS_ORIGIN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Retry-Count",
  "Access-Control-Max-Age": "600",
};

/**
 * One delivery, for whoever counts: when it came, when it was sent by the page's clock, how large it was, the messages in it, and
 * the ids of those that were written.
 * @typedef {{at: number, sentAt: string | null, bytes: number, messages: object[], written: string[]}} Arrival
 */
export class Collector {
  /** @param {(arrival: Arrival) => void} [arrived] told of each delivery at once; what becomes of it is filled in later */
  constructor(store, faults, arrived = () => {}) {
    this.store = store;
    this.faults = faults;
    this.arrived = arrived;
    this.requests = 0;
  }

  answersTo(path) {
    return WRITE_PATHS.includes(path) || path === READ_PATH;
  }

  async answer(request, response, path) {
    if (path === READ_PATH) return this.#count(request, response);
    if (request.method === "OPTIONS") return response.writeHead(204, CROSS_ORIGIN).end();
    if (request.method !== "POST") return send(response, 405, refusalBody("method", "$", "Events are delivered by POST."), { Allow: "POST, OPTIONS" });
    this.requests += 1;
    const { text, bytes } = await readBody(request);
    const arrival = { at: Date.now(), bytes, ...glance(text), written: [] };
    this.arrived(arrival);
    const fault = this.faults.next(arrival);
    if (fault?.afterMs) await sleep(fault.afterMs);
    return this.#meet(fault, text, arrival, response);
  }

  async #meet(fault, text, arrival, response) {
    if (fault?.kind === "refuse") return response.destroy();
    if (fault?.kind === "hang" && !fault.written) return;
    if (fault?.kind === "respond") return respondWith(fault, response);
    try {
      const receipt = await this.#accept(text, fault?.verdict, arrival);
      if (fault?.kind === "hang") return;
      if (fault?.kind === "cut") return response.destroy();
      send(response, 200, { success: true, ...receipt }, retryAfterOf(fault));
    } catch (error) {
      refuse(response, error);
    }
  }

  async #accept(text, verdict = () => "ok", arrival) {
    const { messages, sentAt } = readBatch(text);
    const results = new Map(messages.map((message) => [message.messageId, { result: verdict(message) }]));
    const accepted = messages.filter(({ messageId }) => results.get(messageId).result === "ok");
    const receipt = await this.store.add(accepted, { receivedAt: new Date(arrival.at).toISOString(), sentAt });
    arrival.written = accepted.map(({ messageId }) => messageId);
    return accepted.length === messages.length ? receipt : { ...receipt, results: Object.fromEntries(results) };
  }

  async #count(request, response) {
    if (request.method !== "GET") return send(response, 405, refusalBody("method", "$", "Counts are read by GET."), { Allow: "GET" });
    const names = {};
    for (const { type, event } of await this.store.events()) names[event ?? type] = (names[event ?? type] ?? 0) + 1;
    send(response, 200, { events: this.store.size, names });
  }
}

/** The body; no text where it is too large. */
async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    // The rest is still read, or the browser would see a broken connection instead of the answer.
    if (bytes <= MAX_BATCH_BYTES) chunks.push(chunk);
  }
  return { bytes, text: bytes <= MAX_BATCH_BYTES ? Buffer.concat(chunks).toString("utf8") : null };
}

function respondWith({ status, type, body, ...fault }, response) {
  send(response, status, body ?? refusalBody("fault", "$", "This answer was asked for by a test."), { ...retryAfterOf(fault), ...(type && { "Content-Type": type }) });
}

function retryAfterOf(fault) {
  const wait = fault?.retryAfter;
  return wait === undefined ? {} : { "Retry-After": String(typeof wait === "function" ? wait() : wait) };
}

function refuse(response, error) {
  if (error instanceof Refusal) return send(response, error.status, refusalBody(error.code, error.path, error.message));
  send(response, 500, refusalBody("not-written", "$", `The events could not be written: ${error.message}.`));
}

const refusalBody = (code, path, message) => ({ success: false, code, path, message });

function send(response, status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { ...CROSS_ORIGIN, "Access-Control-Expose-Headers": "Retry-After", "Content-Type": "application/json; charset=utf-8", ...headers });
  response.end(text);
}
