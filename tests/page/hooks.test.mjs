// What a page says of its messages before they are sent: a last look at each, and an encoder of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { burst, complete, counted, settled, viewed } from "./support/ledger.mjs";
import { ownStart } from "./support/own_start.mjs";
import { call, named, started, watched } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";
import { until } from "./support/until.mjs";

const startOwn = (t, options, change = {}) => startQuick(t, { ...ownStart(options), ...change });

// In one task, so that all of them are in one batch.
const trackAll = (page, ...events) => page.evaluate(async (all) => {
  const privateer = await window.privateer;
  for (const [name, properties] of all) privateer.track(name, properties);
}, events);

const report = (site) => site.event(({ event }) => event === "Events Dropped", "the report of what was dropped");

test("a last look may change a message, but not its id, and what is stored stays as it was", async (t) => {
  const site = await startOwn(t, `beforeSend: ({ properties: { salary, ...properties }, ...message }) => ({ ...message, messageId: "another", properties: { ...properties, checked: true } })`);
  const page = await site.open();
  const stored = await page.evaluate(async () => {
    (await window.privateer).track("Applied", { salary: 50_000, post: "cook" });
    return Object.values(localStorage).find((event) => event.includes("Applied"));
  });
  const applied = await site.event(({ event }) => event === "Applied", "the event");
  assert.deepEqual(applied.properties, { post: "cook", checked: true });
  assert.equal(applied.messageId, JSON.parse(stored).messageId);
  assert.equal(JSON.parse(stored).properties.salary, 50_000);
  await settled(page);
});

for (const [how, nothing] of Object.entries({ null: "null", nothing: "undefined" })) {
  test(`a last look that answers with ${how} holds the message back: counted as dropped, and told`, async (t) => {
    const site = await startOwn(t, `beforeSend: (message) => (message.event === "Secret" ? ${nothing} : message)`);
    const page = await site.open();
    await trackAll(page, ...[0, 1, 2].map((place) => ["Counted", { place }]), ["Secret", { place: 1 }], ["Secret", { place: 2 }]);
    await complete(site, 3, { pages: 1 });
    assert.deepEqual((await report(site)).properties, { count: 2, withheld: 2 });
    await settled(page, { dropped: 2 });
    assert.deepEqual(named(await site.events(), "Secret"), []);
    assert.deepEqual(await call(page, "deadLetters"), [], "the collector refused nothing");
  });
}

test("a last look that holds everything back comes to an end, and nothing is ever sent", async (t) => {
  const site = await startOwn(t, "beforeSend: () => null");
  const page = await site.open();
  await burst(page, 5);
  await call(page, "flush");
  await settled(page, { dropped: 6 });
  assert.deepEqual(site.arrivals, [], "nor is the report of it");
});

test("a last look that throws keeps nothing back, and the console says why", async (t) => {
  const site = await startOwn(t, `beforeSend: () => { throw new Error("The page's own mistake.") }`);
  const page = await site.open();
  await burst(page, 5);
  await complete(site, 5, { pages: 1 });
  await settled(page);
  assert.ok((await watched(page)).errors.some((words) => words.includes("The page's own mistake.")));
});

test("a last look may take its time: what it answers in the end counts", async (t) => {
  const site = await startOwn(t, `beforeSend: async (message) => {
    await new Promise((done) => setTimeout(done, 100));
    if (message.properties.place === 1) throw new Error("The page's own mistake.");
    return message.event === "Secret" ? null : { ...message, looked: true };
  }`);
  const page = await site.open();
  await burst(page, 3);
  await call(page, "track", "Secret");
  await complete(site, 3, { pages: 1 });
  assert.deepEqual((await report(site)).properties, { count: 1, withheld: 1 });
  await settled(page, { dropped: 1 });
  const looked = counted(await site.events()).map(({ properties, looked }) => [properties.place, looked]);
  assert.deepEqual(looked, [[0, true], [1, undefined], [2, true]], "and where it fails in the end, nothing is kept back");
});

test("a message is looked at as often as it is sent, and held back once", async (t) => {
  const site = await startOwn(t, `beforeSend: (message) => {
    (window.looks ??= []).push(message.event ?? message.type);
    return message.event === "Secret" ? null : message;
  }`);
  const page = await site.open();
  await viewed(site, page);
  site.faults.once({ kind: "respond", status: 503 });
  await trackAll(page, ["Secret"], ["Plain"]);
  await site.event(({ event }) => event === "Plain", "what was let through");
  assert.deepEqual((await report(site)).properties, { count: 1, withheld: 1 });
  await settled(page, { dropped: 1 });
  const looks = await page.evaluate(() => window.looks);
  assert.deepEqual(["Plain", "Secret"].map((name) => looks.filter((look) => look === name).length), [2, 2]);
});

test("what is sent as the page is left is looked at, too", async (t) => {
  const site = await startOwn(t, `beforeSend: (message) => (message.event === "Secret" ? null : { ...message, looked: true })`, { gather: 60_000 });
  const page = await site.open();
  await call(page, "track", "Secret");
  await call(page, "track", "Last Word");
  await page.leave();
  assert.equal((await site.event(({ event }) => event === "Last Word", "the last event")).looked, true);
  assert.deepEqual(named(await site.events(), "Secret"), []);
});

test("a last look sees Segment's messages, whatever the format", async (t) => {
  const site = await startOwn(t, "beforeSend: (message) => (window.seen ??= []).push(message) && message", { site: ({ delivery }) => { delivery.format = "cloudevents"; } });
  site.faults.always({ kind: "respond", status: 200 });
  const page = await site.open();
  await call(page, "track", "Tried", { a: 1 });
  await call(page, "flush");
  const [tried] = named(await page.evaluate(() => window.seen), "Tried");
  assert.deepEqual([tried.type, tried.properties], ["track", { a: 1 }]);
  await settled(page);
});

// The collector's other address, and Segment's batch, so that the same collector can read it.
const ENCODER = `encoder: {
  encode(messages, about) {
    const url = about.url.replace("/collect", "/v1/batch");
    return { url, type: "application/json", headers: { "X-Retry-Count": "0" }, body: JSON.stringify({ batch: messages.map((message) => ({ ...message, about: { ...about, together: messages.length } })) }) };
  },
}`;

const REQUESTS = `
  const real = fetch;
  window.requests = [];
  window.fetch = (url, how) => {
    if (how?.method === "POST") window.requests.push([new URL(url).pathname, how.headers["Content-Type"], how.headers["X-Retry-Count"]]);
    return real(url, how);
  };`;

test("an encoder of the page's own writes the request: body, address, type and headers", async (t) => {
  const site = await startOwn(t, ENCODER, { first: REQUESTS });
  const page = await site.open();
  await burst(page, 5);
  await complete(site, 5, { pages: 1 });
  await settled(page);
  const requests = await page.evaluate(() => window.requests);
  assert.deepEqual(new Set(requests.map(String)), new Set(["/v1/batch,application/json,0"]));
});

test("an encoder hears where events go, by which settings, and which try it is", async (t) => {
  const site = await startOwn(t, ENCODER, { site: ({ delivery }) => { delivery.vendor = "com.example"; } });
  site.faults.once({ kind: "respond", status: 503 });
  const page = await site.open();
  const { about, messageId } = await site.event(({ type }) => type === "page", "the page view");
  assert.deepEqual([about.url, about.writeKey, about.leaving, about.attempt], [`${site.collector.url}/collect`, "example", false, 2]);
  assert.equal(about.settings.vendor, "com.example");
  assert.equal(about.requestId, messageId, "of the first of them");
  assert.ok(Date.parse(about.createdAt) < Date.parse(about.sentAt), "a try keeps the time of the first one");
  await settled(page);
});

test("an encoder hears that the page is being left", async (t) => {
  const site = await startOwn(t, ENCODER, { gather: 60_000 });
  const page = await site.open();
  await call(page, "track", "Last Word");
  await page.leave();
  const { about } = await site.event(({ event }) => event === "Last Word", "the last event");
  assert.deepEqual([about.leaving, about.attempt], [true, 1]);
});

test("an encoder goes before the format that the definition names", async (t) => {
  const site = await startOwn(t, ENCODER, { site: ({ delivery }) => { delivery.format = "otlp"; } });
  const page = await site.open();
  await burst(page, 1);
  await complete(site, 1, { pages: 1 });
});

test("an encoder reads what the collector said of each message: taken, to be sent again, or refused", async (t) => {
  const read = `read(status, text, messages) {
    const { added } = JSON.parse(text);
    const isTooEarly = () => (window.reads = (window.reads ?? 0) + 1) < 3;
    const word = ({ event }) => (event === "Refused" ? "drop" : event === "Late" && isTooEarly() ? "retry" : "ok");
    return status === 200 && added >= 0 ? Object.fromEntries(messages.map((message) => [message.messageId, word(message)])) : undefined;
  }`;
  const site = await startOwn(t, ENCODER.replace(/}$/, `${read} }`));
  const page = await site.open();
  await started(page);
  await trackAll(page, ["Refused"], ["Late"], ["Taken"]);
  await until(async () => (await call(page, "status")).dropped === 1, "one was refused");
  await settled(page, { dropped: 1 });
  assert.deepEqual((await report(site)).properties, { count: 1, refused: 1 });
  assert.deepEqual((await call(page, "deadLetters")).map(({ event }) => event), ["Refused"]);
  const times = (name) => site.arrivals.flatMap(({ messages }) => named(messages, name)).length;
  assert.deepEqual(["Refused", "Taken", "Late"].map(times), [1, 1, 3], "what was to be sent again was, until it was taken");
});

test("what an encoder cannot write is looked for, given up, counted and told; the others arrive", async (t) => {
  const site = await startOwn(t, `encoder: {
    encode(messages) {
      if (messages.some(({ event }) => event === "Impossible")) throw new Error("There is no word for this.");
      return { body: JSON.stringify({ batch: messages }) };
    },
  }`);
  const page = await site.open();
  await burst(page, 5);
  await call(page, "track", "Impossible");
  await burst(page, 5, { from: 5 });
  await complete(site, 10, { pages: 1 });
  assert.deepEqual((await report(site)).properties, { count: 1, refused: 1 });
  await settled(page, { dropped: 1 });
  const { errors, warnings } = await watched(page);
  assert.ok(errors.some((words) => words.includes("There is no word for this.")));
  assert.equal(warnings.length, 1, warnings.join("\n"));
});
