// Faults 23 to 28: the browser's storage is full, refused, slow, cleared or garbage.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { needs } from "../support/browser.mjs";
import { arrivedAt, burst, burstAndGo, closed, complete, counted, settled, viewed } from "../support/ledger.mjs";
import { started, watched } from "../support/privateer.mjs";
import { startRemote } from "../support/remote.mjs";
import { lying } from "../support/spilled.mjs";
import { until } from "../support/until.mjs";

const DOWN = { kind: "refuse" };

const NO_QUOTA = `Storage.prototype.setItem = () => { throw new DOMException("Full, says a test.", "QuotaExceededError"); };`;
const NO_LOCAL = `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("Denied by a test.", "SecurityError"); } });`;
const NO_DATABASE = `IDBFactory.prototype.open = () => { throw new DOMException("Denied by a test.", "SecurityError"); };`;
// A database that another tab blocks, or a disk that does not answer: neither success nor error ever comes.
const SLOW_DATABASE = `IDBFactory.prototype.open = () => new EventTarget();`;
const BROKEN_DATABASE = `
  IDBFactory.prototype.open = () => {
    const request = new EventTarget();
    request.error = new DOMException("Denied by a test.", "UnknownError");
    setTimeout(() => {
      request.onerror?.(new Event("error"));
      request.dispatchEvent(new Event("error"));
    });
    return request;
  };`;
const NO_COOKIES = `Object.defineProperty(Document.prototype, "cookie", { get: () => "", set() {} });`;
// The page itself takes all the room there is, to the last character, before Privateer starts.
const FILLED = `
  for (let size = 2 ** 20; size >= 1; size /= 2) {
    try {
      for (let place = 0; ; place += 1) localStorage.setItem("page " + size + " " + place, "x".repeat(size));
    } catch {}
  }`;

// One storage is left, and has to do: closed while the collector is down, opened again. IndexedDB takes its time.
const spilled = (page) => until(async () => (await lying(page)) === 21, "the events lie in IndexedDB");
const HALF_REFUSED = {
  "23: localStorage says that its quota is used up": [NO_QUOTA, spilled],
  "23: localStorage is denied": [NO_LOCAL, spilled],
  "24: localStorage is really full": [FILLED, spilled],
  "25: IndexedDB is denied": [NO_DATABASE],
  "25: IndexedDB does not answer": [SLOW_DATABASE],
  "25: IndexedDB fails": [BROKEN_DATABASE],
};

for (const [what, [first, stored = () => {}]] of Object.entries(HALF_REFUSED)) {
  test(`${what}: events outlive the page`, async (t) => {
    const site = await startRemote(t, { first });
    site.faults.always(DOWN);
    const visitor = await site.visitor();
    const page = await visitor.open(`${site.url}/`);
    await started(page);
    await burst(page);
    await stored(page);
    await closed(site, visitor, [page]);
    site.faults.recover();
    const next = await visitor.open(`${site.url}/`);
    await complete(site, 20, { pages: 2 });
    await settled(next);
  });
}

test("24: localStorage is full, and the page is left right after a burst", async (t) => {
  const site = await startRemote(t, { first: FILLED });
  const page = await site.open();
  await burstAndGo(page, "/next");
  await arrivedAt(page, "/next");
  // Where nothing can be noted before the page is gone, the next one does not know that a last request took them along.
  await complete(site, 20, { pages: 2, copies: true });
  await settled(page);
});

const NOTHING = NO_LOCAL + NO_DATABASE + NO_COOKIES;

test("26: all storage is refused: events wait in memory through an outage", async (t) => {
  const site = await startRemote(t, { first: NOTHING });
  const page = await site.open();
  await started(page);
  site.faults.always(DOWN);
  await burst(page);
  await sleep(3_000);
  site.faults.clear();
  await complete(site, 20, { pages: 1 });
  await settled(page);
  await calm(page);
});

// A browser cuts what a page that is left just fetches, though over a network as short as this one it comes too late for that.
const CUTS = `
  const real = window.fetch;
  let leaving = false;
  addEventListener("pagehide", () => { leaving = true; });
  window.fetch = (what, how) => (leaving && !how?.keepalive ? new Promise(() => {}) : real(what, how));`;

for (const [how, abilities] of [["left", []], ["closed", ["lastWords"]]]) {
  test(`26: all storage is refused, and the page is ${how}: a last request takes the events along`, needs(...abilities), async (t) => {
    const site = await startRemote(t, { first: NOTHING + CUTS, gather: 60_000 }); // nothing is sent before that
    const page = await site.open();
    await started(page);
    // With their contexts some fifty kilobytes: less than a browser lets out.
    if (how === "left") await burstAndGo(page, "/plain", 20, { bytes: 1_500 });
    else {
      await burst(page, 20, { bytes: 1_500 });
      await page.close();
    }
    await complete(site, 20, { pages: 1 });
  });
}

test("26: all storage is refused by the browser's own settings", needs("settings", "resident"), async (t) => {
  const site = await startRemote(t);
  await mkdir(join(site.profile, "Default"), { recursive: true });
  // 2 means "block"; Chromium then throws where a page as much as reads the property.
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(site.profile, "Default", "Preferences"), JSON.stringify(settings));
  const page = await (await site.resident()).open(`${site.url}/`);
  await started(page);
  const refused = await page.evaluate(() => {
    try {
      return !window.localStorage;
    } catch {
      return true;
    }
  });
  assert.equal(refused, true, "the setting is in force");
  await burstAndGo(page, "/plain");
  await arrivedAt(page, "/plain");
  await complete(site, 20, { pages: 1 });
});

const CLEARANCES = {
  "27: the page clears localStorage": () => localStorage.clear(),
  "27: the page clears localStorage and every database": async () => {
    localStorage.clear();
    // Firefox and WebKit answer a deletion only when nobody has the database open; the page does not wait for that.
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  },
};

for (const [what, clear] of Object.entries(CLEARANCES)) {
  test(`${what} while events wait`, async (t) => {
    const site = await startRemote(t);
    const page = await site.open();
    await started(page);
    site.faults.always(DOWN);
    await burst(page);
    await sleep(1_500);
    await page.evaluate(clear);
    await burst(page, 20, { from: 20 });
    await sleep(1_000);
    site.faults.clear();
    await complete(site, 40, { pages: 1 });
    await settled(page);
  });
}

test("27: the page clears localStorage while events wait, and is left at once", async (t) => {
  const site = await startRemote(t);
  const page = await site.open();
  await viewed(site, page);
  await burst(page);
  await page.evaluate(() => {
    localStorage.clear();
    location.href = "/plain";
  });
  await arrivedAt(page, "/plain");
  await complete(site, 20, { pages: 1 });
});

const GARBAGE = { "half a JSON text": '{"', "an empty text": "", "null": "null", "a list of wrong things": '[1,null,{"a":[]}]', "what is no text": "\u0000\uFFFF\uD800" };

for (const [what, garbage] of Object.entries(GARBAGE)) {
  test(`28: everything that is stored became ${what}`, async (t) => {
    const site = await startRemote(t);
    const page = await site.open();
    await started(page);
    site.faults.always(DOWN);
    await burst(page, 5, { from: 1_000 });
    await sleep(500);
    await page.goto(`${site.url}/plain`);
    await page.evaluate((rubbish) => {
      const ours = Object.keys(localStorage).filter((key) => key.startsWith("privateer."));
      if (ours.length === 0) throw new Error("nothing was stored");
      for (const key of ours) localStorage[key] = rubbish;
    }, garbage);
    site.faults.clear();
    await page.goto(`${site.url}/`);
    await burst(page);
    await complete(site, 20);
    await settled(page);
    await page.reload();
    await burst(page, 20, { from: 20 });
    await complete(site, 40);
    await calm(page);
  });
}

// What happens to databases between two pages. They are found by their names, and their contents are nobody's business.
const DATABASES = {
  "every record of the database became garbage": async () => {
    const answer = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
    let spoilt = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store, "readwrite").objectStore(store);
        for (const key of await answer(objects.getAllKeys())) {
          await answer(objects.keyPath === null ? objects.put({ garbage: true }, key) : objects.put({ [objects.keyPath]: key }));
          spoilt += 1;
        }
      }
      database.close();
    }
    return spoilt;
  },
  "the database is one of a later version": async () => {
    const databases = await indexedDB.databases();
    for (const { name, version } of databases) {
      await new Promise((done, fail) => Object.assign(indexedDB.open(name, version + 1), { onsuccess: ({ target }) => done(target.result.close()), onerror: fail, onblocked: fail }));
    }
    return databases.length;
  },
};

for (const [what, spoil] of Object.entries(DATABASES)) {
  test(`28: ${what}, and localStorage is full: new events are delivered`, async (t) => {
    const site = await startRemote(t, { first: NO_QUOTA });
    const visitor = await site.visitor();
    const page = await visitor.open(`${site.url}/`);
    await started(page);
    site.faults.always(DOWN);
    await burst(page, 5, { from: 1_000 });
    await until(async () => (await lying(page)) > 0, "events lie in IndexedDB");
    await closed(site, visitor, [page]);
    const between = await visitor.open(`${site.url}/plain`);
    assert.ok((await between.evaluate(spoil)) > 0, "something was stored in a database");
    site.faults.recover();
    await between.goto(`${site.url}/`);
    await burst(between);
    await complete(site, 20);
    await settled(between);
    await calm(between);
  });
}

test("28: one of the stored texts became garbage: the events in the others arrive", async (t) => {
  const site = await startRemote(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await viewed(site, page);
  site.faults.always(DOWN);
  await burst(page);
  await sleep(500);
  await closed(site, visitor, [page]);
  const between = await visitor.open(`${site.url}/plain`);
  // What belongs to no event: whatever key that is, its text names none of them.
  const spoilt = await between.evaluate(() => Object.keys(localStorage)
    .filter((key) => key.startsWith("privateer.") && !localStorage[key].includes("Counted"))
    .map((key) => {
      localStorage[key] = '{"';
      return key;
    }));
  assert.ok(spoilt.length > 0, "something beside events is stored");
  site.faults.recover();
  await between.goto(`${site.url}/`);
  await complete(site, 20);
  await calm(between);
});

test("28: what an older version stored is delivered", async (t) => {
  const site = await startRemote(t);
  const old = JSON.parse(await readFile(new URL("../../data/stored-before-journals.json", import.meta.url), "utf8"));
  const page = await site.open("/plain");
  await page.evaluate((entries) => { for (const [key, text] of Object.entries(entries)) localStorage[key] = text; }, old);
  await page.goto(`${site.url}/`);
  await complete(site, 5);
  await settled(page);
  const { anonymousId } = JSON.parse(old["privateer.visitor"]);
  const events = await site.events();
  assert.deepEqual(new Set(events.map((event) => event.anonymousId)), new Set([anonymousId]), "the visitor is the same");
  const times = Object.values(old).filter((text) => text.includes('"Counted"')).map((text) => JSON.parse(text.slice(1)).timestamp);
  assert.deepEqual(counted(events).map(({ timestamp }) => timestamp).sort(), times.sort());
});

async function calm(page) {
  const { errors, uncaught, warnings } = await watched(page);
  assert.deepEqual({ errors, uncaught }, { errors: [], uncaught: [] });
  assert.ok(warnings.length <= 2, `the console is told in a word, not in ${warnings.length}: ${warnings.join("; ")}`);
}

// Who is killed sends nothing while closing, either.
const MORTAL = `
  const real = window.fetch;
  window.fetch = (...request) => (window.killed ? new Promise(() => {}) : real(...request));`;

// A page whose view and twenty events lie in IndexedDB, because local storage is full, while the collector is down.
async function spilledWhileDown(t) {
  const site = await startRemote(t, { first: FILLED + MORTAL });
  site.faults.always(DOWN);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await started(page);
  await burst(page);
  await spilled(page);
  return { site, visitor, page };
}

test("24: the visitor is to be forgotten, and the page is gone before IndexedDB knows: nothing of it is sent later", async (t) => {
  const { site, visitor, page } = await spilledWhileDown(t);
  // As the page is left when it was killed between the two.
  await page.evaluate(async () => {
    const { anonymousId } = (await window.privateer).identity();
    Object.keys(localStorage).forEach((key) => localStorage.removeItem(key));
    localStorage.setItem("privateer.erasing", anonymousId);
    window.killed = true;
    return true;
  });
  await closed(site, visitor, [page]);
  site.faults.recover();
  const next = await visitor.open(`${site.url}/next`);
  await until(async () => (await next.evaluate(() => localStorage.getItem("privateer.erasing"))) === null, "the next page does it");
  await settled(next);
  assert.equal(await lying(next), 0);
  assert.deepEqual(counted(await site.events()), []);
});

test("24: another tab's visitor is to be forgotten, and so is what this one spilled", async (t) => {
  const { site, visitor, page } = await spilledWhileDown(t);
  const second = await visitor.open(`${site.url}/plain`);
  // The other tab has not stored a thing of its own.
  await second.evaluate(() => {
    Object.keys(localStorage).filter((key) => key.startsWith("page ")).forEach((key) => localStorage.removeItem(key));
    localStorage.setItem("privateer.visitor", JSON.stringify({ anonymousId: "somebody" }));
    localStorage.removeItem("privateer.visitor");
  });
  await until(async () => (await lying(page)) <= 1, "what was spilled is gone");
  site.faults.clear();
  await sleep(1_500);
  assert.deepEqual(counted(await site.events()), []);
});
