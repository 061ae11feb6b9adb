// The pages that track: one a product, each in a folder of its own. They are isolated from other origins, which gives them a
// clock of 5 µs; without that it ticks every 100 µs, and no single call could be timed.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { build } from "esbuild";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { listening } from "./listening.mjs";

const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
/** What a page says when its product is ready. */
export const TRACKS = "The page tracks.";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/**
 * @param {{name: string, script: (collector: string) => string}[]} trackers
 * @param {string} collector its address
 * @param {{body?: string, headers?: object}} [page] what every page shows, and how it is sent
 */
export async function startSites(trackers, collector, { body = "<p>An example page.</p>", headers = ISOLATED } = {}) {
  const files = new Map([["/away/", Buffer.from("<!doctype html><title>Elsewhere</title><p>Another page of the site.</p>")]]);
  for (const [number, tracker] of trackers.entries()) {
    files.set(`/${number}/`, Buffer.from(document(body)));
    for (const { path, contents } of await scripts(tracker.script(collector))) files.set(`/${number}/${path}`, Buffer.from(contents));
  }
  const served = []; // the files that pages asked for, newest last
  const server = createServer((request, response) => {
    const path = request.url.split("?")[0];
    const found = files.get(path) ?? built(path);
    if (!found) return response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    served.push({ path, contents: found });
    response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(path) || ".html"], "Cache-Control": "no-cache" }).end(found);
  });
  const port = await listening(server, 0);
  return {
    served,
    away: `http://127.0.0.1:${port}/away/`,
    addressOf: (tracker) => `http://127.0.0.1:${port}/${trackers.indexOf(tracker)}/`,
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

const document = (body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Example</title>${body}<script type="module" src="main.js"></script></html>`;

/** The page's script with all that it imports, minified; what a product loads on demand stays a file of its own. */
async function scripts(contents) {
  const { outputFiles } = await build({
    stdin: { contents: `${contents}\nwindow.tracks = true;\nconsole.debug("${TRACKS}");`, resolveDir: inRoot() },
    bundle: true, splitting: true, minify: true, format: "esm", target: "es2022", platform: "browser", legalComments: "none",
    logLevel: "silent", write: false, outdir: "/out", entryNames: "main", define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles.map(({ path, contents: text }) => ({ path: path.split("/out/")[1], contents: text }));
}

/** Privateer's files beside its script: the module, and what is loaded on demand. */
function built(path) {
  const file = inRoot("pkg", path.replace(/^\/\d+\//, "").replaceAll("..", ""));
  return /^\/\d+\/.+\.(js|wasm)$/.test(path) && existsSync(file) ? readFileSync(file) : null;
}
