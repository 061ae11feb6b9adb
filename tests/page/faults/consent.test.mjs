// Faults 33 and 34: the visitor's answer comes late, or is taken back while events are under way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { arrivedAt, burst, burstAndGo, closed, complete, counted, quiet, settled, viewed } from "../support/ledger.mjs";
import { call, started, traces } from "../support/privateer.mjs";
import { startRemote } from "../support/remote.mjs";
import { until } from "../support/until.mjs";

const initially = (initial) => ({ site: (definition) => { definition.consent = { initial }; } });
const NO_QUOTA = `Storage.prototype.setItem = () => { throw new DOMException("Full, says a test.", "QuotaExceededError"); };`;
// Whatever a trace is called, it holds an id: of a message, of a visitor, of a session.
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|Counted/;

test("33: pending, then granted: all arrive, with their own times", async (t) => {
  const site = await startRemote(t, initially("pending"));
  const page = await site.open();
  const from = Date.now();
  await burst(page);
  const to = Date.now();
  await sleep(2_000);
  assert.doesNotMatch(await traces(page), ID);
  assert.equal(site.arrivals.length, 0);
  await call(page, "setConsent", "granted");
  await complete(site, 20, { pages: 1 });
  for (const { timestamp } of counted(await site.events())) {
    assert.ok(Date.parse(timestamp) >= from - 50 && Date.parse(timestamp) <= to + 50, `${timestamp} is when it happened`);
  }
  await settled(page);
});

test("33: pending, then granted while the collector is down, and closed: all arrive with the next page", async (t) => {
  const site = await startRemote(t, initially("pending"));
  site.faults.always({ kind: "refuse" });
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await burst(page);
  await call(page, "setConsent", "granted");
  await sleep(1_000);
  await closed(site, visitor, [page]);
  site.faults.recover();
  const next = await visitor.open(`${site.url}/`);
  await complete(site, 20, { pages: 2 });
  await settled(next);
});

test("33: pending, then denied: nothing is stored, nothing is sent, then and later", async (t) => {
  const site = await startRemote(t, initially("pending"));
  const page = await site.open();
  await burst(page);
  await call(page, "setConsent", "denied");
  await burst(page, 20, { from: 20 });
  await call(page, "flush");
  await silent(site, page);
});

test("33: pending, and the page is left without an answer: nothing is stored, nothing is sent", async (t) => {
  const site = await startRemote(t, initially("pending"));
  const page = await site.open();
  await burstAndGo(page, "/plain");
  await arrivedAt(page, "/plain");
  await silent(site, page);
});

// What is under way cannot be called back; what would come after its answer can.
const UNDER_WAY = {
  "answered with yes": { kind: "slow", afterMs: 1_000 },
  "answered with 503": { kind: "respond", status: 503, afterMs: 1_000 },
  "never answered": { kind: "hang" },
  "refused with 413": { kind: "respond", status: 413, afterMs: 1_000 },
};

for (const [how, fault] of Object.entries(UNDER_WAY)) {
  test(`34: withdrawn while a delivery is under way that is ${how}`, async (t) => {
    const { site, page } = await withdrawn(t, fault, {});
    // IndexedDB takes a moment, and until then it is noted whose events are to go.
    await until(async () => !ID.test(await traces(page)), "no trace is left");
    await burst(page, 20, { from: 20 });
    await nothingMore(site, page);
  });
}

test("34: withdrawn while events wait in the database, because localStorage is full", async (t) => {
  const { site, page } = await withdrawn(t, { kind: "respond", status: 503, afterMs: 1_000 }, { first: NO_QUOTA });
  await until(async () => !ID.test(await traces(page)), "the database is empty");
  // Where nothing can be stored, a no cannot be remembered either: the next page is not asked.
  await nothingMore(site, page, { nextPage: false });
});

test("34: withdrawn in one tab, while another one has a delivery under way", async (t) => {
  const site = await startRemote(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  const beside = await visitor.open(`${site.url}/`);
  await viewed(site, page, beside);
  await quiet(site);
  const before = site.arrivals.length;
  site.faults.always({ kind: "respond", status: 503, afterMs: 1_000 });
  await burst(beside);
  await until(() => site.arrivals.length > before, "a delivery is under way");
  await call(page, "setConsent", "denied");
  await until(async () => (await call(beside, "consent")) === "denied", "the other tab knows");
  site.faults.clear();
  const then = site.arrivals.length;
  await burst(beside, 20, { from: 20 });
  await sleep(2_500);
  assert.doesNotMatch(await traces(page), ID);
  for (const tab of [page, beside]) await tab.goto(`${site.url}/plain`);
  await quiet(site);
  assert.equal(site.arrivals.length, then, "nothing came afterwards");
});

/** A page whose first delivery of a burst meets a fault, and whose visitor says no meanwhile. */
async function withdrawn(t, fault, change) {
  const site = await startRemote(t, change);
  const page = await site.open();
  await viewed(site, page);
  const before = site.arrivals.length;
  site.faults.once(fault);
  await burst(page);
  await until(() => site.arrivals.length > before, "a delivery is under way");
  await call(page, "setConsent", "denied");
  return { site, page };
}

async function nothingMore(site, page, { nextPage = true } = {}) {
  const before = site.arrivals.length;
  // Longer than the answer takes, and a first try after it.
  await sleep(2_500);
  assert.equal((await call(page, "status")).queued, 0);
  if (nextPage) await page.reload().then(() => started(page));
  await sleep(500);
  await page.goto(`${site.url}/plain`);
  await quiet(site);
  assert.equal(site.arrivals.length, before, "nothing came afterwards");
  assert.doesNotMatch(await traces(page), ID);
}

async function silent(site, page) {
  await sleep(1_500);
  assert.doesNotMatch(await traces(page), ID);
  await page.goto(`${site.url}/`);
  await started(page);
  await page.goto(`${site.url}/plain`);
  await sleep(500);
  assert.equal(site.arrivals.length, 0);
  assert.doesNotMatch(await traces(page), ID);
}
