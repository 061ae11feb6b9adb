// Whoever wants to be forgotten is nowhere any more: no storage of the browser holds an id or an event of theirs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { burst, counted, quiet, settled } from "./support/ledger.mjs";
import { call, named, started, traces } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";
import { until } from "./support/until.mjs";

const DOWN = { kind: "refuse" };
const EXPERIMENTS = { payload: { features: { hero: { defaultValue: "plain", rules: [
  { key: "headline", hashVersion: 2, variations: ["plain", "bold"], hashAttribute: "userId", fallbackAttribute: "id" },
] } } } };

const everywhere = (definition) => Object.assign(definition, { experiments: EXPERIMENTS, identity: { storage: "cookie" } });

/** What each storage of this origin holds. */
const storages = (page) => page.evaluate(async () => {
  const answer = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
  const held = { cookie: document.cookie, local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), database: "" };
  // Asking for one that is not there would make it.
  if (!(await indexedDB.databases()).some(({ name }) => name === "privateer")) return held;
  const database = await answer(indexedDB.open("privateer"));
  const events = await answer(database.transaction("events").objectStore("events").getAll());
  database.close();
  return { ...held, database: events.join("\n") };
});

/** A visitor of whom something is in every storage: they were here before, are named, saw a variation, and the collector is down. */
async function known(t, change = {}) {
  const site = await startQuick(t, { site: everywhere, ...change });
  const page = await site.open("/?utm_source=newsletter");
  await started(page);
  await page.goto(`${site.url}/next`);
  await call(page, "flush");
  site.faults.always(DOWN);
  await call(page, "identify", "robin", { plan: "crew" });
  await call(page, "flag", "hero", "plain");
  await burst(page, 5);
  await until(async () => (await storages(page)).database.includes("Counted"), "events are in the database, too");
  return { site, page, before: await call(page, "identity") };
}

const tells = ({ anonymousId, sessionId, windowId }) => new RegExp([anonymousId, sessionId, windowId, "Counted", "robin", "newsletter"].join("|"));

test("before anybody asks, each storage knows the visitor", async (t) => {
  const { page, before } = await known(t);
  const { cookie, local, session, database } = await storages(page);
  for (const storage of [cookie, local, database]) assert.match(storage, new RegExp(before.anonymousId));
  assert.match(local, /gbStickyBuckets__/);
  assert.match(local, /newsletter/);
  assert.match(session, new RegExp(before.windowId));
});

test("after forget no storage does, and the visitor is somebody new, without a name and a past", async (t) => {
  const { page, before } = await known(t);
  await call(page, "forget");
  const after = await call(page, "identity");
  for (const id of ["anonymousId", "sessionId", "windowId"]) assert.notEqual(after[id], before[id], id);
  assert.equal(after.userId ?? null, null);
  assert.match((await storages(page)).cookie, new RegExp(after.anonymousId), "the cookie has the new id");
  await until(async () => !(await storages(page)).database.includes("Counted"), "the database is empty");
  assert.doesNotMatch(await traces(page), tells(before));
  assert.equal((await call(page, "status")).dropped, 0, "nobody's losses are the new visitor's");
});

test("what was forgotten does not come back with the next page, nor reach the collector", async (t) => {
  const { site, page, before } = await known(t);
  await call(page, "forget");
  const after = await call(page, "identity");
  await page.reload();
  assert.equal((await call(page, "identity")).anonymousId, after.anonymousId);
  await until(async () => !tells(before).test(await traces(page)), "nothing tells of it");
  site.faults.clear();
  await call(page, "track", "Afterwards");
  const { anonymousId } = await site.event(({ event }) => event === "Afterwards", "the new visitor's event");
  assert.equal(anonymousId, after.anonymousId);
  await settled(page);
  await quiet(site);
  assert.deepEqual(counted(await site.events()), []);
  assert.deepEqual(named(await site.events(), "identify"), []);
});

// The page itself takes all the room there is, to the last character.
const FILL = `
  window.fill = () => {
    for (let size = 2 ** 20; size >= 1; size /= 2) {
      try {
        for (let place = 0; ; place += 1) localStorage.setItem("page " + size + " " + place, "x".repeat(size));
      } catch {}
    }
  };`;

test("events that found room in the database alone are forgotten, too", async (t) => {
  const site = await startQuick(t, { first: `${FILL} fill();` });
  site.faults.always(DOWN);
  const page = await site.open();
  await started(page);
  await burst(page, 5);
  const { anonymousId } = await call(page, "identity");
  await until(async () => (await storages(page)).database.includes("Counted"), "the events are in the database");
  assert.doesNotMatch((await storages(page)).local, /Counted/);
  await call(page, "forget");
  assert.notEqual((await call(page, "identity")).anonymousId, anonymousId);
  await until(async () => !(await storages(page)).database.includes(anonymousId), "the database holds nothing of theirs");
  site.faults.clear();
  await page.reload();
  await settled(page);
  await quiet(site);
  assert.deepEqual(counted(await site.events()), []);
  assert.ok((await site.events()).every((event) => event.anonymousId !== anonymousId));
});

const ERASURES = { forget: [], setConsent: ["denied"] };

for (const [erasure, args] of Object.entries(ERASURES)) {
  // What writes to the database is loaded only now; in Chromium those who wait for it get it in any order, so this is done four times.
  test(`what is on its way to the database while ${erasure} is called does not stay there, nor is it sent`, async (t) => {
    const site = await startQuick(t, { first: FILL });
    const pages = [];
    const left = [];
    for (let visit = 0; visit < 4; visit += 1) {
      const page = await site.open();
      const anonymousId = await recordAndErase(page, erasure, args);
      await sleep(500);
      left.push((await storages(page)).database.split(anonymousId).length - 1);
      pages.push(page);
    }
    for (const page of pages) await page.reload();
    await quiet(site, 2_000);
    assert.deepEqual({ left, sent: counted(await site.events()).length }, { left: [0, 0, 0, 0], sent: 0 });
  });
}

/** All in one go: there is no room left, five events, and the end. Answers with the id of the visitor who is erased. */
const recordAndErase = (page, erasure, args) => page.evaluate(async (method, given) => {
  const privateer = await window.privateer;
  const { anonymousId } = privateer.identity();
  window.fill();
  for (let place = 0; place < 5; place += 1) privateer.track("Counted", { place });
  privateer[method](...given);
  return anonymousId;
}, erasure, args);

test("a cookie that a server has set goes with the visitor", async (t) => {
  const first = `if (!sessionStorage.getItem("was here")) document.cookie = "sid=visitor-of-the-server; path=/";
    sessionStorage.setItem("was here", "1");`;
  const site = await startQuick(t, { first, site: (definition) => { definition.identity = { storage: "cookie", cookie: "sid" }; } });
  const page = await site.open();
  assert.equal((await call(page, "identity")).anonymousId, "visitor-of-the-server");
  await call(page, "forget");
  const { anonymousId } = await call(page, "identity");
  assert.equal(await page.evaluate(() => document.cookie), `sid=${anonymousId}`);
  await page.reload();
  assert.equal((await call(page, "identity")).anonymousId, anonymousId);
  await until(async () => !(await traces(page)).includes("visitor-of-the-server"), "nothing tells of it");
});
