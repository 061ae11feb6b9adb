// The pages that track: one a product, on an address of their own. They are isolated from other origins, which gives the
// page a clock of 5 µs; without that it ticks every 100 µs and no single call could be timed.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { bundle } from "./bundle.mjs";

const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/**
 * @param {{name: string, script: (collector: string) => string}[]} trackers
 * @param {string} collector its address
 * @param {string} [body] what the pages show
 */
export async function startSites(trackers, collector, body = "<p>An example page.</p>") {
  const answers = new Map([["/privateer_bg.wasm", ["application/wasm", readFileSync(inRoot("pkg", "privateer_bg.wasm"))]]]);
  for (const [number, { script }] of trackers.entries()) {
    answers.set(`/${number}.html`, ["text/html", document(number, body)]);
    answers.set(`/${number}.js`, ["text/javascript", await bundle(`${script(collector)}\nwindow.tracks = true;`)]);
  }
  const server = createServer(({ url }, response) => answer(response, answers.get(url.split("?")[0])));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    addressOf: (tracker) => `${url}/${trackers.indexOf(tracker)}.html`,
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

const document = (number, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Example</title>${body}<script type="module" src="/${number}.js"></script></html>`;

function answer(response, found) {
  if (!found) return response.writeHead(404).end();
  const [type, body] = found;
  response.writeHead(200, { ...ISOLATED, "Content-Type": type }).end(body);
}
