// One collector for all products: it answers what each protocol wants, from another origin than the page's, and counts how
// often each event arrived. An event is known by its property `id`; what has none is the product's own and counts as extra.
import { createServer } from "node:http";
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

/** @returns a collector on 127.0.0.1: its url, what arrived, and `stop` */
export async function startCollector() {
  const collector = { arrived: new Map(), extra: 0, requests: 0, preflights: 0, unknown: new Set() };
  const server = createServer((request, response) => answer(collector, request, response).catch(() => response.destroy()));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(collector, {
    url: `http://127.0.0.1:${server.address().port}`,
    reset: () => Object.assign(collector, { arrived: new Map(), extra: 0, requests: 0, preflights: 0 }),
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  });
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
  take(collector, events);
  send(response, 200, TAKEN, headers);
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
