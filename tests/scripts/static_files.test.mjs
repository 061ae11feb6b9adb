// The pages as they are served: right types, nothing outside the two folders, words where nothing is.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
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
