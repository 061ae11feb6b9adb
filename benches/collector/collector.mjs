// One collector for all products: it answers what each protocol wants, from another origin than the page's, and counts how
// often each event arrived. An event is known by its property `id`; what has none is the product's own and counts as extra.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { listening } from "../support/listening.mjs";
import { settingsAt } from "./control_plane.mjs";
import { eventsIn, textOf } from "./protocols.mjs";

const CORS = {
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": "Retry-After",
  "Access-Control-Max-Age": "600",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

// One answer that says yes to all of them: RudderStack's and Snowplow's are only a status.
const TAKEN = JSON.stringify({ success: true, result: "Success", status: 1, code: 200 });

const EMPTY = () => ({ arrived: new Map(), extra: 0, requests: 0, preflights: 0, trouble: WELL, unknown: new Set() });

/**
 * @typedef {object} Trouble what becomes of a request with events, other than being taken and answered
 * @property {number} [status] the answer
 * @property {object} [headers] with these headers
 * @property {boolean} [taken] whether the events are kept; they are if nothing is said
 * @property {boolean} [cut] the connection ends without an answer
 * @property {boolean} [hang] nothing is ever answered
 * @property {number} [afterMs] how long the answer takes
 */

/** @type {(events: object[]) => Trouble} */
export const WELL = () => ({});

/** @returns a collector on 127.0.0.1: its url, what arrived, `trouble` to make some, `down`, `up` and `stop` */
export async function startCollector() {
  const collector = EMPTY();
  let server;
  const up = async (port) => {
    server = createServer((request, response) => answer(collector, request, response).catch(() => response.destroy()));
    return listening(server, port);
  };
  const down = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  const port = await up(0);
  return Object.assign(collector, { url: `http://127.0.0.1:${port}`, reset: () => Object.assign(collector, EMPTY()), down, up: () => up(port), stop: down });
}

async function answer(collector, request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://collector");
  const headers = { ...CORS, "Access-Control-Allow-Origin": request.headers.origin ?? "*" };
  if (request.method === "OPTIONS") {
    collector.preflights += 1;
    return response.writeHead(204, { ...headers, "Access-Control-Allow-Headers": request.headers["access-control-request-headers"] ?? "*" }).end();
  }
  const text = textOf(await bodyOf(request));
  const settings = settingsAt(pathname);
  if (settings) return send(response, 200, JSON.stringify(settings), headers);
  const events = eventsIn(pathname, searchParams, text);
  if (!events) {
    collector.unknown.add(`${request.method} ${pathname}`);
    return send(response, 404, "{}", headers);
  }
  collector.requests += 1;
  const trouble = collector.trouble(events);
  if (trouble.taken ?? true) take(collector, events);
  if (trouble.hang) return;
  if (trouble.cut) return request.socket.destroy();
  await sleep(trouble.afterMs ?? 0);
  send(response, trouble.status ?? 200, TAKEN, { ...headers, ...trouble.headers });
}

function take(collector, events) {
  for (const { properties } of events) {
    const id = properties?.id;
    if (id === undefined) collector.extra += 1;
    else collector.arrived.set(String(id), (collector.arrived.get(String(id)) ?? 0) + 1);
  }
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const send = (response, status, body, headers) =>
  response.writeHead(status, { ...headers, "Content-Type": "application/json" }).end(body);
