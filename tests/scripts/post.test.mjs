// How long a collector asks to wait: RFC 9110, 10.2.3, in seconds or as a date.
import assert from "node:assert/strict";
import { test } from "node:test";

let headers = {};
globalThis.fetch = async () => new Response("", { status: 429, headers });
const { post } = await import("../../www/harness/post.js");

const waits = async (given) => {
  headers = given;
  return (await post({ url: "/collect", body: "{}" }, false, new AbortController().signal)).wait;
};

test("seconds, none of them, and what is neither seconds nor a date", async () => {
  assert.equal(await waits({ "Retry-After": "120" }), 120_000);
  assert.equal(await waits({ "Retry-After": "0" }), 0);
  assert.equal(await waits({ "Retry-After": "-5" }), "");
  assert.equal(await waits({ "Retry-After": "soon" }), "");
  assert.equal(await waits({}), "");
});

test("a date is meant by the collector's clock, where that is told", async () => {
  const [sent, retry] = ["Tue, 03 Mar 2026 10:00:00 GMT", "Tue, 03 Mar 2026 10:02:00 GMT"];
  assert.equal(await waits({ Date: sent, "Retry-After": retry }), 120_000);
  const wait = await waits({ "Retry-After": new Date(Date.now() + 60_000).toUTCString() });
  assert.ok(wait > 58_000 && wait <= 60_000, `${wait} ms`);
});
