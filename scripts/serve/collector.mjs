// POST /collect: a small collector that speaks Segment's batch format. GET /collected: what arrived, in numbers.
import { MAX_BATCH_BYTES, Refusal, readBatch } from "./segment_batch.mjs";

const WRITE_PATHS = ["/collect", "/v1/batch"];
const READ_PATH = "/collected";

// Any page may deliver, as with a hosted collector.
const CROSS_ORIGIN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Retry-Count",
  "Access-Control-Max-Age": "600",
};

export class Collector {
  constructor(store, faults) {
    this.store = store;
    this.faults = faults;
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
    const fault = this.faults.next();
    if (fault?.kind === "refuse") return request.socket.destroy();
    if (fault?.kind === "hang") return;
    if (fault?.kind === "respond") return respondWith(fault, request, response);
    try {
      const receipt = await this.#accept(await readBody(request));
      if (fault?.kind === "cut") return request.socket.destroy();
      send(response, 200, { success: true, ...receipt });
    } catch (error) {
      refuse(response, error);
    }
  }

  #accept(text) {
    const { messages, sentAt } = readBatch(text);
    return this.store.add(messages, { receivedAt: new Date().toISOString(), sentAt });
  }

  async #count(request, response) {
    if (request.method !== "GET") return send(response, 405, refusalBody("method", "$", "Counts are read by GET."), { Allow: "GET" });
    const names = {};
    for (const { type, event } of await this.store.events()) names[event ?? type] = (names[event ?? type] ?? 0) + 1;
    send(response, 200, { events: this.store.size, names });
  }
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is still read, or the browser would see a broken connection instead of the answer.
    if (size <= MAX_BATCH_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BATCH_BYTES) throw new Refusal(413, "batch-too-large", "$", `A batch holds at most ${MAX_BATCH_BYTES} bytes; this one has ${size}.`);
  return Buffer.concat(chunks).toString("utf8");
}

function respondWith({ status, retryAfter, type, body }, request, response) {
  request.resume();
  const headers = { ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }), ...(type && { "Content-Type": type }) };
  send(response, status, body ?? refusalBody("fault", "$", "This answer was asked for by a test."), headers);
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
