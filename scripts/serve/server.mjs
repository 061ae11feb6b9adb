// The development server: the pages, the package and a collector on one address.
// The pages need none of it: www/ at / and pkg/ at /pkg/ on any static host do as well.
import { createServer } from "node:http";
import { inRoot } from "../shared/paths.mjs";
import { Collector } from "./collector.mjs";
import { EventStore } from "./event_store.mjs";
import { Faults } from "./faults.mjs";
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
 */
export async function startServer({
  port = 0,
  collected = inRoot("collected"),
  policy = CONTENT_SECURITY_POLICY,
  instead = new Map(),
} = {}) {
  const store = await EventStore.open(collected);
  const faults = new Faults();
  const collector = new Collector(store, faults);
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request, response) {
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    const path = new URL(request.url, "http://server").pathname;
    if (collector.answersTo(path)) return collector.answer(request, response, path);
    response.setHeader("Content-Security-Policy", policy);
    const other = instead.get(path);
    if (other) return response.writeHead(other.status ?? 200, { "Content-Type": other.type ?? "text/plain" }).end(other.body);
    return serveFile(request, response, path);
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
    /** Ends all connections, too: a browser's idle one would keep the process. */
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
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
