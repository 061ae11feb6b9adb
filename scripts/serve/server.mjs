// The development server: the pages, the package and a collector on one address.
// The pages need none of it: www/ at / and pkg/ at /pkg/ on any static host do as well.
import { createServer } from "node:http";
import { inRoot } from "../shared/paths.mjs";
import { Collector } from "./collector.mjs";
import { EventStore } from "./event_store.mjs";
import { Faults } from "./faults.mjs";
import { answerReferrals, PATH as REFERRALS } from "./referrals.mjs";
import { serveFile } from "./static_files.mjs";

export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
].join("; ");

/**
 * Starts a server on 127.0.0.1.
 * @param {object} [options]
 * @param {number} [options.port] 0 takes a free one
 * @param {string} [options.collected] the folder for events.ndjson
 * @param {string} [options.policy] the Content-Security-Policy of every answer
 * @param {Map<string, {status?: number, type?: string, body: string | Buffer}>} [options.instead] answers by path, for tests
 * @param {Record<string, string>} [options.headers] further headers of every page and file
 * @param {(arrival: import("./collector.mjs").Arrival) => void} [options.arrived] told of every delivery
 */
export async function startServer({
  port = 0,
  collected = inRoot("collected"),
  policy = CONTENT_SECURITY_POLICY,
  instead = new Map(),
  headers = {},
  arrived,
} = {}) {
  const store = await EventStore.open(collected);
  const faults = new Faults();
  const collector = new Collector(store, faults, arrived);
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request, response) {
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    const path = new URL(request.url, "http://server").pathname;
    if (collector.answersTo(path)) return collector.answer(request, response, path);
    for (const [name, value] of Object.entries({ "Content-Security-Policy": policy, ...headers })) response.setHeader(name, value);
    if (path === REFERRALS) return answerReferrals(request, response, store);
    const other = instead.get(path);
    if (other) return response.writeHead(other.status ?? 200, { "Content-Type": other.type ?? "text/plain" }).end(other.body);
    return serveFile(request, response, path);
  }

  // Ends all connections, too: a browser's idle one would keep the process.
  async function down() {
    server.closeAllConnections();
    if (server.listening) await new Promise((done) => server.close(done));
  }

  await listen(server, port);
  const taken = server.address().port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    store,
    faults,
    instead,
    /** How often a page tried to deliver, whatever became of it. */
    deliveries: () => collector.requests,
    /** Nobody listens any more: connections are refused, as while a host is down. */
    down,
    /** Listens again, at the same address. */
    up: () => listen(server, taken),
    async stop() {
      await down();
      await store.close();
    },
  };
}

const listen = (server, port) => new Promise((resolve, reject) => {
  server.once("error", reject);
  server.listen(port, "127.0.0.1", () => {
    server.off("error", reject);
    resolve();
  });
});
