// The collector: what it keeps, what it refuses, and that its word can be relied on.
import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { above, byChance, during, holding } from "../../scripts/serve/faults.mjs";
import { startServer } from "../../scripts/serve/server.mjs";

const event = (messageId, more = {}) => ({ type: "track", event: "Tried", messageId, anonymousId: "someone", ...more });

test("every event is kept once, also when it comes again, and after a restart", async (t) => {
  const folder = await folderFor(t);
  const first = await startServer({ collected: folder });
  assert.deepEqual(await deliver(first, { batch: [event("a"), event("b"), event("a")] }), { status: 200, body: { success: true, added: 2, repeated: 1 } });
  await first.stop();
  const second = await startServer({ collected: folder });
  t.after(second.stop);
  assert.deepEqual((await deliver(second, { batch: [event("b"), event("c")] })).body, { success: true, added: 1, repeated: 1 });
  assert.deepEqual((await second.store.events()).map(({ messageId }) => messageId), ["a", "b", "c"]);
});

test("a line torn by a crash costs that line only", async (t) => {
  const folder = await folderFor(t);
  await appendFile(join(folder, "events.ndjson"), `${JSON.stringify(event("a"))}\n{"type":"track","mess`);
  const server = await startServer({ collected: folder });
  t.after(server.stop);
  await deliver(server, { batch: [event("b")] });
  assert.deepEqual((await server.store.events()).map(({ messageId }) => messageId), ["a", "b"]);
});

test("an event is on the disk before the answer, with the times a clock can be corrected by", async (t) => {
  const server = await started(t);
  await deliver(server, { sentAt: "2026-01-31T12:00:00.000Z", batch: [event("a")] });
  const [kept] = (await readFile(server.store.path, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(kept.sentAt, "2026-01-31T12:00:00.000Z");
  assert.ok(Math.abs(Date.parse(kept.receivedAt) - Date.now()) < 10_000);
});

test("a single message and the address of other collectors do as well", async (t) => {
  const server = await started(t);
  assert.equal((await deliver(server, event("a"))).body.added, 1);
  assert.equal((await deliver(server, { batch: [event("b")] }, { path: "/v1/batch", type: "application/json" })).body.added, 1);
  assert.deepEqual(await (await fetch(`${server.url}/collected`)).json(), { events: 2, names: { Tried: 2 } });
});

const REFUSALS = {
  "no JSON": ["{", 400, "bad-json", "$"],
  "a list": ["[]", 400, "wrong-type", "$"],
  "no batch": ["{}", 400, "wrong-type", "$.batch"],
  "an event that is a text": [{ batch: ["a"] }, 400, "wrong-type", "$.batch[0]"],
  "an event without an id": [{ batch: [event("a"), event(undefined)] }, 400, "message-id", "$.batch[1].messageId"],
  "an id of 100 characters": [{ batch: [event("a".repeat(100))] }, 400, "message-id", "$.batch[0].messageId"],
  "an unknown type": [{ batch: [event("a", { type: "blink" })] }, 400, "unknown-type", "$.batch[0].type"],
  "an event without a name": [{ batch: [event("a", { event: "" })] }, 400, "event-name", "$.batch[0].event"],
  "an event of nobody": [{ batch: [event("a", { anonymousId: null })] }, 400, "nobody", "$.batch[0]"],
  "a time in words": [{ batch: [event("a", { timestamp: "yesterday" })] }, 400, "bad-time", "$.batch[0].timestamp"],
  "an event over 32 KB": [{ batch: [event("a", { properties: { text: "x".repeat(32 * 1024) } })] }, 413, "event-too-large", "$.batch[0]"],
  "a batch over 500 KB": [" ".repeat(500 * 1024 + 1), 413, "batch-too-large", "$"],
  "2,501 events": [{ batch: Array.from({ length: 2_501 }, (_, place) => ({ type: "page", messageId: `${place}`, userId: "u" })) }, 413, "too-many", "$.batch"],
};

for (const [what, [body, status, code, path]] of Object.entries(REFUSALS)) {
  test(`${what} is refused with its place and a sentence, and nothing is kept`, async (t) => {
    const server = await started(t);
    const answer = await deliver(server, body);
    assert.deepEqual({ status: answer.status, code: answer.body.code, path: answer.body.path }, { status, code, path });
    assert.match(answer.body.message, /^[A-Za-z].*\.$/s);
    assert.deepEqual(await server.store.events(), []);
  });
}

test("a page of another origin may deliver", async (t) => {
  const server = await started(t);
  const preflight = await fetch(`${server.url}/collect`, { method: "OPTIONS", headers: { Origin: "https://example.com", "Access-Control-Request-Method": "POST" } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
});

test("faults come when they are asked for, and go", async (t) => {
  const server = await started(t);
  server.faults.once({ kind: "refuse" }, { kind: "cut" }, { kind: "respond", status: 429, retryAfter: 2 });
  await assert.rejects(deliver(server, event("a")));
  await assert.rejects(deliver(server, event("b")));
  assert.equal((await deliver(server, event("c"))).status, 429);
  assert.equal((await deliver(server, event("d"))).status, 200);
  assert.deepEqual((await server.store.events()).map(({ messageId }) => messageId), ["b", "d"]);
});

test("a fault can be for some deliveries only: those of a time, of a name, of a size, or a share of them", async (t) => {
  const server = await started(t);
  const status = async (...events) => (await deliver(server, { batch: events })).status;
  const teapot = { kind: "respond", status: 418 };
  server.faults.where(during(300), teapot);
  assert.equal(await status(event("a")), 418);
  await sleep(350);
  server.faults.where(holding("Poison"), { kind: "respond", status: 400 });
  server.faults.where(above({ events: 2 }), { kind: "respond", status: 413 });
  assert.deepEqual([await status(event("a")), await status(event("b", { event: "Poison" })), await status(event("c"), event("d"), event("e"))], [200, 400, 413]);
  const share = (seed) => Array.from({ length: 1_000 }, byChance(0.5, seed));
  assert.deepEqual(share(7), share(7));
  assert.ok(Math.abs(share(7).filter(Boolean).length - 500) < 80, "half of them: five standard deviations are 79");
});

test("each event can have an answer of its own, and whoever counts hears what was written", async (t) => {
  const arrivals = [];
  const server = await started(t, { arrived: (arrival) => arrivals.push(arrival) });
  server.faults.once({ kind: "judge", verdict: ({ messageId }) => ({ a: "ok", b: "retry", c: "drop" })[messageId], retryAfter: 2 });
  const { body } = await deliver(server, { batch: [event("a"), event("b"), event("c")] });
  assert.deepEqual(body, { success: true, added: 1, repeated: 0, results: { a: { result: "ok" }, b: { result: "retry" }, c: { result: "drop" } } });
  await deliver(server, { batch: [event("a"), event("b")] });
  assert.deepEqual(arrivals.map(({ messages, written }) => [messages.map(({ messageId }) => messageId).join(""), written.join("")]), [["abc", "a"], ["ab", "ab"]]);
});

test("a host that is down refuses connections, and comes back at the same address", async (t) => {
  const server = await started(t);
  await server.down();
  await assert.rejects(deliver(server, event("a")), ({ cause }) => cause.code === "ECONNREFUSED");
  await server.up();
  assert.equal((await deliver(server, event("a"))).status, 200);
});

async function folderFor(t) {
  const folder = await mkdtemp(join(tmpdir(), "privateer-collector-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function started(t, options) {
  const server = await startServer({ collected: await folderFor(t), ...options });
  t.after(server.stop);
  return server;
}

async function deliver(server, body, { path = "/collect", type = "text/plain" } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, { method: "POST", headers: { "Content-Type": type }, body: text });
  return { status: response.status, body: await response.json() };
}
