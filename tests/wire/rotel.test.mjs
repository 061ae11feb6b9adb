// A real OpenTelemetry collector: rotel takes what a page delivers and passes it on, as protocol buffers, as it was meant.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { HOW_TO_GET_ROTEL } from "../../scripts/setup/rotel.mjs";
import { startChild } from "./support/child.mjs";
import { openPage } from "./support/client.mjs";
import { encoded } from "./support/encoders.mjs";
import { CASES } from "./support/messages.mjs";
import { logRecords } from "./support/protobuf.mjs";
import { recordingServer } from "./support/recording_server.mjs";

// `npm test` puts it there: scripts/test/wire_tests.mjs.
const program = process.env.ROTEL;
const NEEDED = { skip: !program && `there is no rotel. ${HOW_TO_GET_ROTEL}`, timeout: 60_000 };

test("what a page delivers comes out at the other end of rotel", NEEDED, async (t) => {
  const { url, passedOn } = await rotel(t);
  const page = await openPage({ delivery: { url, format: "otlp", gather_ms: 100 } });
  t.after(() => page.close());
  await page.call("page", { section: "pricing" });
  await page.call("identify", "robin", { seats: 4 });
  await page.call("track", "Plan Chosen", { plan: "crew", price: 9.5, word: "Größe", list: [1, "two", null, true], none: null });
  assert.deepEqual(await page.call("flush"), { recorded: 3, queued: 0, delivered: 3, dropped: 0 });
  const records = await passedOn(3);
  assert.deepEqual(records.map(({ eventName }) => eventName), ["com.privateer.page", "com.privateer.identify", "com.privateer.track.plan_chosen"]);
  const [, , { body, attributes, time }] = records;
  assert.equal(body.event, "Plan Chosen");
  assert.deepEqual(body.properties, { plan: "crew", price: 9.5, word: "Größe", list: [1, "two", "", true], none: null });
  assert.equal(attributes["user.id"], "robin");
  assert.equal(new Set(records.map((record) => record.attributes["log.record.uid"])).size, 3);
  assert.ok(Math.abs(Number(time / 1_000_000n) - Date.now()) < 60_000);
});

test("rotel takes everything that a page can send, and loses none of it", NEEDED, async (t) => {
  const { url, passedOn } = await rotel(t);
  const { body, type, headers } = encoded("otlp", CASES.map(({ message }) => message));
  const response = await fetch(`${url}/v1/logs`, { method: "POST", body, headers: { "Content-Type": type, ...headers } });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).partialSuccess, null);
  const records = await passedOn(CASES.length);
  assert.deepEqual(records.map(({ attributes }) => attributes["log.record.uid"]), CASES.map(({ message }) => message.messageId));
  records.forEach(({ body: said }, place) => {
    const { type: kind, event, properties, traits } = JSON.parse(JSON.stringify(CASES[place].message).replaceAll(",null,", ',"",'));
    assert.deepEqual([said.type, said.event, said.properties, said.traits], [kind, event, properties, traits], CASES[place].name);
  });
});

test("what is no log is refused with 400, so that the core looks for the event at fault", NEEDED, async (t) => {
  const { url } = await rotel(t);
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${url}/v1/logs`, { method: "POST", body: '{"resourceLogs":[{"resource":7}]}', headers });
  assert.equal(response.status, 400);
});

// rotel on free ports, and the end that it passes logs on to: `passedOn` waits for so many records.
async function rotel(t) {
  const end = await recordingServer(() => ({ status: 200, headers: { "Content-Type": "application/x-protobuf" } }));
  t.after(end.stop);
  const folder = await mkdtemp(join(tmpdir(), "privateer-rotel-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const port = await startChild(t, program, (http, grpc) => options({
    "otlp-http-endpoint": `127.0.0.1:${http}`, "otlp-grpc-endpoint": `127.0.0.1:${grpc}`,
    "exporter": "otlp", "otlp-exporter-endpoint": end.url, "otlp-exporter-protocol": "http",
    "pid-file": join(folder, "pid"), "log-file": join(folder, "log"),
  }), { ports: 2 });
  const came = () => end.requests.flatMap(({ body }) => logRecords(new Uint8Array(gunzipSync(body))));
  return { url: `http://127.0.0.1:${port}`, passedOn: (count) => until(t, () => came().length >= count, came) };
}

const options = (values) => ["start", ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])];

async function until(t, ready, value) {
  while (!ready() && !t.signal.aborted) await new Promise((done) => setTimeout(done, 50));
  return value();
}
