// The pages as they are served: right types, nothing outside the two folders, words where nothing is.
import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { startServer } from "../../scripts/serve/server.mjs";

let server;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "privateer-static-"));
  server = await startServer({ collected: folder });
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const TYPES = {
  "/": "text/html; charset=utf-8",
  "/site.json": "application/json; charset=utf-8",
  "/pkg/privateer.js": "text/javascript; charset=utf-8",
  "/pkg/privateer_bg.wasm": "application/wasm",
};

for (const [path, type] of Object.entries(TYPES)) {
  test(`${path} is ${type}, under the strict policy`, async () => {
    const response = await fetch(server.url + path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), type);
    assert.equal(response.headers.get("cache-control"), "no-cache");
    assert.match(response.headers.get("content-security-policy"), /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval';/);
    const head = await fetch(server.url + path, { method: "HEAD" });
    assert.equal(head.headers.get("content-length"), String((await response.arrayBuffer()).byteLength));
  });
}

test("who has a file already is told so instead of being sent it again", async () => {
  const tag = (await fetch(`${server.url}/site.json`)).headers.get("etag");
  assert.match(tag, /^"[0-9a-z]+-[0-9a-z]+"$/);
  for (const held of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
    for (const method of ["GET", "HEAD"]) {
      const response = await fetch(`${server.url}/site.json`, { method, headers: { "If-None-Match": held } });
      assert.deepEqual([response.status, await response.text()], [304, ""], held);
      assert.equal(response.headers.get("etag"), tag);
      assert.equal(response.headers.get("cache-control"), "no-cache");
    }
  }
});

test("who has another version is sent this one", async () => {
  for (const held of ['"other"', (await fetch(`${server.url}/style.css`)).headers.get("etag")]) {
    const response = await fetch(`${server.url}/site.json`, { headers: { "If-None-Match": held } });
    assert.equal(response.status, 200);
    assert.ok((await response.json()).experiments);
  }
});

test("a file that changed has another tag", async (t) => {
  const file = inRoot("pkg", "version-test.txt");
  t.after(() => rm(file, { force: true }));
  await writeFile(file, "one");
  const before = (await fetch(`${server.url}/pkg/version-test.txt`)).headers.get("etag");
  await writeFile(file, "two");
  await utimes(file, new Date(), new Date(Date.now() + 1000));
  const response = await fetch(`${server.url}/pkg/version-test.txt`, { headers: { "If-None-Match": before } });
  assert.deepEqual([response.status, await response.text()], [200, "two"]);
});

test("a folder without its slash is sent to the one with it, query kept", async () => {
  const response = await fetch(`${server.url}/console?a=1`, { redirect: "manual" });
  assert.deepEqual([response.status, response.headers.get("location")], [302, "/console/?a=1"]);
});

for (const path of ["/../Cargo.toml", "/pkg/../Cargo.toml", "/pkg/..%2fCargo.toml", "/%2e%2e/Cargo.toml", "/..%5cCargo.toml", "/%00", "/%", "//etc/passwd", "/missing"]) {
  test(`${path} is not found, in words`, async () => {
    assert.match(await raw(path), /^HTTP\/1\.1 404 .*There is no page at /s);
  });
}

test("other methods are told what this address does", async () => {
  const response = await fetch(`${server.url}/`, { method: "DELETE" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, HEAD");
});

/** Asks without the tidying that fetch does to an address. */
function raw(path) {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(server.port, "127.0.0.1", () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`));
    socket.on("data", (chunk) => { text += chunk; }).on("end", () => resolve(text)).on("error", reject);
  });
}
