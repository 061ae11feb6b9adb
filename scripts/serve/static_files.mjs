import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { inRoot } from "../shared/paths.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Serves pkg/ under /pkg/ and www/ under everything else; folders by their index.html. */
export async function serveFile(request, response, path) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return inWords(request, response, 405, `This address only answers GET and HEAD. Events go to POST /collect.`, { Allow: "GET, HEAD" });
  }
  const found = await find(path);
  if (found?.folder) return response.writeHead(302, { Location: withSlash(request.url) }).end();
  if (!found) return inWords(request, response, 404, `There is no page at ${path}. The landing page is at /, the console at /console/.`);
  response.setHeader("ETag", found.tag);
  if (holds(request.headers["if-none-match"], found.tag)) return response.writeHead(304).end();
  response.writeHead(200, { "Content-Type": TYPES[extname(found.file)] ?? "application/octet-stream", "Content-Length": found.size });
  if (request.method === "HEAD") return response.end();
  createReadStream(found.file).on("error", () => response.destroy()).pipe(response);
}

// Whether the asker has this version already. A tag may come back marked as weak, from a cache that compressed the file.
const holds = (asked, tag) => asked?.split(",").some((each) => ["*", tag, `W/${tag}`].includes(each.trim())) ?? false;

// One slash in front only: two would name another host.
const withSlash = (address) => address.replace(/^\/+/, "/").replace(/(?=\?|$)/, "/");

async function find(path) {
  const inside = decode(path);
  if (inside === null) return null;
  const [folder, rest] = inside.startsWith("/pkg/") ? [inRoot("pkg"), inside.slice(4)] : [inRoot("www"), inside];
  const wanted = rest.endsWith("/") ? `${rest}index.html` : rest;
  try {
    const home = await realpath(folder);
    // The true place, with every `..` and link followed, has to be in the folder.
    const file = await realpath(join(home, wanted));
    if (file !== home && !file.startsWith(home + sep)) return null;
    const facts = await stat(file);
    return { file, size: facts.size, folder: facts.isDirectory(), tag: tagOf(facts) };
  } catch {
    return null;
  }
}

// Size and time tell a file's versions apart without reading it; a build that writes the same again costs one download.
const tagOf = ({ size, mtimeMs }) => `"${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;

function decode(path) {
  try {
    const text = decodeURIComponent(path);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function inWords(request, response, status, sentence, headers = {}) {
  const safe = sentence.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${status}</title><p>${safe}</p></html>\n`;
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", "Content-Length": Buffer.byteLength(page), ...headers });
  response.end(request.method === "HEAD" ? undefined : page);
}
