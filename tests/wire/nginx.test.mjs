// A real proxy between page and collector: what nginx itself answers with 413, 429, 502, 503 and 504 costs no event.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startServer } from "../../scripts/serve/server.mjs";
import { openPage } from "./support/client.mjs";
import { NO_NGINX, startNginx } from "./support/nginx.mjs";

const NEEDED = { skip: NO_NGINX, timeout: 60_000 };
const LIMITED = "limit_req_zone $binary_remote_addr zone=visitors:1m rate=2r/s;";

test("413: batches are halved until they pass; the one event that is too large alone is dropped and counted", NEEDED, async (t) => {
  const { collector, nginx, page } = await between(t, { location: "client_max_body_size 4k;" });
  await trackMany(page, 60, { padding: "x".repeat(100) });
  await page.call("track", "Too large", { padding: "x".repeat(6_000) });
  await trackMany(page, 5, {}, 60);
  assert.equal((await delivered(t, page, 65)).dropped, 1);
  assert.ok((await nginx.statuses()).includes(413));
  await assertComplete(collector, 65);
});

test("429: nginx lets two requests a second through; all events come, once each and in order", NEEDED, async (t) => {
  const { collector, nginx, page } = await between(t, { http: LIMITED, location: "limit_req zone=visitors; limit_req_status 429;" }, { batch_events: 5 });
  await trackMany(page, 40);
  await delivered(t, page, 40);
  assert.ok((await nginx.statuses()).includes(429));
  await assertComplete(collector, 40);
});

test("429 with Retry-After: nobody comes back sooner", NEEDED, async (t) => {
  const location = "limit_req zone=visitors; limit_req_status 429; add_header Retry-After 2 always;";
  const { collector, nginx, page } = await between(t, { http: LIMITED, location }, { batch_events: 5 });
  const began = performance.now();
  await trackMany(page, 20);
  await delivered(t, page, 20);
  const refused = (await nginx.statuses()).filter((status) => status === 429).length;
  assert.ok(refused > 0);
  assert.ok(performance.now() - began >= refused * 2_000, `${refused} refusals in ${performance.now() - began} ms`);
  await assertComplete(collector, 20);
});

test("503: the same limit as nginx answers by itself", NEEDED, async (t) => {
  const { collector, nginx, page } = await between(t, { http: LIMITED, location: "limit_req zone=visitors;" }, { batch_events: 5 });
  await trackMany(page, 40);
  await delivered(t, page, 40);
  assert.ok((await nginx.statuses()).includes(503));
  await assertComplete(collector, 40);
});

test("504: a collector that hangs is asked again", NEEDED, async (t) => {
  const { collector, nginx, page } = await between(t, { location: "proxy_read_timeout 1s;" });
  collector.faults.once({ kind: "hang" });
  await trackMany(page, 10);
  await delivered(t, page, 10);
  assert.ok((await nginx.statuses()).includes(504));
  await assertComplete(collector, 10);
});

test("502: a collector that breaks off, also after it has taken the events, keeps each once", NEEDED, async (t) => {
  const { collector, nginx, page } = await between(t, { location: "proxy_next_upstream off;" });
  collector.faults.once({ kind: "refuse" }, { kind: "cut" });
  await trackMany(page, 10);
  await delivered(t, page, 10);
  assert.deepEqual((await nginx.statuses()).slice(0, 3), [502, 502, 200]);
  await assertComplete(collector, 10);
});

// A page, nginx and the development collector, one behind the other.
async function between(t, directives, delivery = {}) {
  const collected = await mkdtemp(join(tmpdir(), "privateer-wire-"));
  t.after(() => rm(collected, { recursive: true, force: true }));
  const collector = await startServer({ collected });
  t.after(() => collector.stop());
  const nginx = await startNginx(t, { upstream: collector.url, ...directives });
  const page = await openPage({ delivery: { url: `${nginx.url}/collect`, gather_ms: 100, ...delivery } });
  t.after(() => page.close());
  return { collector, nginx, page };
}

const trackMany = (page, count, properties = {}, from = 0) =>
  page.call("trackAll", Array.from({ length: count }, (_, place) => ["Tried", { place: from + place, ...properties }]));

// Waits until so many events were acknowledged and none is left.
async function delivered(t, page, count) {
  for (;;) {
    const status = await page.call("status");
    if ((status.delivered >= count && status.queued === 0) || t.signal.aborted) return status;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function assertComplete(collector, count) {
  const events = await collector.store.events();
  assert.deepEqual(events.map(({ properties }) => properties.place), Array.from({ length: count }, (_, place) => place));
  assert.equal(new Set(events.map(({ messageId }) => messageId)).size, count);
}
