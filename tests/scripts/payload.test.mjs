// Loading a payload by address, with a browser, a network and a clock made of a few lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPayload } from "../../www/harness/payload.js";

const URL_A = "https://cdn.example/a.json";
const KEY = "privateer.payload";
const OLD = '{"features":{"old":{}}}';
const NEW = '{"features":{"new":{}}}';
const NEWER = '{"features":{"newer":{}}}';
const DAY = 86_400_000;

test("without a copy the network is waited for, and its answer is stored for the next page", async (t) => {
  const page = browser(t);
  const { first } = load();
  page.requests[0].answer(NEW);
  assert.deepEqual(await first, { text: NEW, stale: false });
  assert.deepEqual(JSON.parse(page.storage.get(KEY)), { url: URL_A, time: page.now(), text: NEW });
});

test("the browser's own cache is asked to make sure, by a request that needs no preflight", async (t) => {
  const page = browser(t);
  load();
  const [{ url, options }] = page.requests;
  assert.equal(url, URL_A);
  assert.equal(options.cache, "no-cache");
  assert.equal(options.headers, undefined);
});

test("a young copy is used at once; what the network says is for the next page", async (t) => {
  const page = browser(t, stored(OLD, DAY - 1));
  const told = [];
  const { first } = load({ onFresh: (text) => told.push(text) });
  assert.deepEqual(await now(first), { text: OLD, stale: false });
  page.requests[0].answer(NEW);
  await settled();
  assert.equal(JSON.parse(page.storage.get(KEY)).text, NEW);
  assert.deepEqual(told, [], "nothing flips");
});

test("an answer confirms a copy's age anew", async (t) => {
  const page = browser(t, stored(OLD, DAY - 1));
  await load().first;
  page.requests[0].answer(OLD);
  await settled();
  assert.equal(JSON.parse(page.storage.get(KEY)).time, page.now());
});

test("an older copy waits for the network", async (t) => {
  const page = browser(t, stored(OLD, DAY));
  const { first } = load();
  page.requests[0].answer(NEW);
  assert.deepEqual(await first, { text: NEW, stale: false });
});

test("maxAge 0 always waits", async (t) => {
  const page = browser(t, stored(OLD, 0));
  const { first } = load({ maxAge: 0 });
  page.requests[0].answer(NEW);
  assert.equal((await first).text, NEW);
});

test("after the timeout an older copy must do, of whatever age; a late answer is for the next page", async (t) => {
  const page = browser(t, stored(OLD, 400 * DAY));
  const told = [];
  const { first } = load({ onFresh: (text) => told.push(text) });
  await page.pass(999);
  assert.equal(await now(first), "waiting");
  await page.pass(1);
  assert.deepEqual(await first, { text: OLD, stale: true });
  page.requests[0].answer(NEW);
  await settled();
  assert.equal(JSON.parse(page.storage.get(KEY)).text, NEW);
  assert.deepEqual(told, []);
});

test("with neither copy nor answer nothing is loaded; what comes late is told as late, once", async (t) => {
  const page = browser(t);
  const told = [];
  const { first } = load({ onFresh: (...fresh) => told.push(fresh) });
  await page.pass(1000);
  assert.deepEqual(await first, { text: null, stale: false });
  page.requests[0].answer(NEW);
  await settled();
  assert.deepEqual(told, [[NEW, true]]);
});

const FAILURES = {
  "a network that is not there": (request) => request.fail(),
  "an error from the server": (request) => request.answer(NEW, 500),
  "a log-in wall": (request) => request.answer("\n<!doctype html><title>Wi-Fi</title>"),
  "an empty answer": (request) => request.answer(""),
};

for (const [what, happens] of Object.entries(FAILURES)) {
  test(`${what} leaves the older copy, at once, and does not replace it`, async (t) => {
    const page = browser(t, stored(OLD, 2 * DAY));
    const { first } = load();
    happens(page.requests[0]);
    assert.deepEqual(await first, { text: OLD, stale: true });
    assert.equal(JSON.parse(page.storage.get(KEY)).text, OLD);
  });

  test(`${what} and no copy: nothing is loaded`, async (t) => {
    const page = browser(t);
    const { first } = load();
    happens(page.requests[0]);
    assert.deepEqual(await first, { text: null, stale: false });
    assert.equal(page.storage.size, 0);
  });
}

test("broken JSON is handed over, so that its mistake can be told, but not stored", async (t) => {
  const page = browser(t);
  const { first } = load();
  page.requests[0].answer('{"features":');
  assert.equal((await first).text, '{"features":');
  assert.equal(page.storage.size, 0);
});

test("without consent nothing is read and nothing is stored", async (t) => {
  const page = browser(t, stored(OLD, 0));
  const { first } = load({ store: () => false });
  page.requests[0].answer(NEW);
  assert.equal((await first).text, NEW);
  assert.equal(JSON.parse(page.storage.get(KEY)).text, OLD);
  assert.equal(page.reads, 0);
});

test("consent withdrawn while the answer was on its way is heeded", async (t) => {
  const page = browser(t);
  let granted = true;
  const { first } = load({ store: () => granted });
  granted = false;
  page.requests[0].answer(NEW);
  await first;
  assert.equal(page.storage.size, 0);
});

test("a copy from another address is another payload's", async (t) => {
  const page = browser(t, stored(OLD, 0));
  const { first } = load({ url: "https://cdn.example/b.json" });
  page.requests[0].answer(NEW);
  assert.equal((await first).text, NEW);
});

test("an address is what it means on this page", async (t) => {
  const page = browser(t);
  const { first } = load({ url: "payload.json" });
  page.requests[0].answer(NEW);
  await first;
  assert.equal(JSON.parse(page.storage.get(KEY)).url, "https://example.com/shop/payload.json");
});

test("an address that is none loads nothing and throws nothing", async (t) => {
  const page = browser(t);
  const { first } = load({ url: "https://" });
  page.requests[0].fail();
  assert.equal((await first).text, null);
});

for (const junk of ["", "{", "null", "7", "[]", "{}", `{"url":"${URL_A}","time":0,"text":7}`]) {
  test(`a stored ${junk || "nothing"} is no copy`, async (t) => {
    const page = browser(t, junk);
    const { first } = load();
    page.requests[0].answer(NEW);
    assert.equal((await first).text, NEW);
  });
}

test("a storage that is denied or full changes nothing for this page", async (t) => {
  const page = browser(t);
  page.refuses = true;
  const { first } = load();
  page.requests[0].answer(NEW);
  assert.deepEqual(await first, { text: NEW, stale: false });
});

test("a payload that would crowd out the events is not stored", async (t) => {
  const page = browser(t);
  const { first } = load();
  page.requests[0].answer(JSON.stringify({ features: "x".repeat(1_000_000) }));
  await first;
  assert.equal(page.storage.size, 0);
});

test("without refresh nothing is asked twice", async (t) => {
  const page = browser(t);
  const { first } = load();
  page.requests[0].answer(NEW);
  await first;
  await page.pass(10 * DAY);
  page.happen("pageshow");
  await page.pass(10 * DAY);
  assert.equal(page.requests.length, 1);
});

test("refresh asks again and again, and tells what changed", async (t) => {
  const page = browser(t);
  const told = [];
  const { first, stop } = load({ refresh: 60, onFresh: (...fresh) => told.push(fresh) });
  page.requests[0].answer(OLD);
  await first;
  for (const text of [OLD, NEW, NEW, NEWER]) {
    await page.pass(60_000);
    page.requests.at(-1).answer(text);
    await settled();
  }
  assert.equal(page.requests.length, 5);
  assert.deepEqual(told, [[NEW, false], [NEWER, false]]);
  assert.equal(JSON.parse(page.storage.get(KEY)).text, NEWER);
  stop();
  await page.pass(DAY);
  page.happen("pageshow");
  await page.pass(DAY);
  assert.equal(page.requests.length, 5);
});

test("a refresh that fails tells nothing, and the next one is made", async (t) => {
  const page = browser(t);
  const told = [];
  const { first } = load({ refresh: 60, onFresh: (text) => told.push(text) });
  page.requests[0].answer(OLD);
  await first;
  await page.pass(60_000);
  page.requests[1].fail();
  await page.pass(60_000);
  page.requests[2].answer(NEW);
  await settled();
  assert.deepEqual(told, [NEW]);
});

test("with refresh, a page that began with a young copy hears of the new payload at the first refresh", async (t) => {
  const page = browser(t, stored(OLD, 0));
  const told = [];
  const { first } = load({ refresh: 60, onFresh: (text) => told.push(text) });
  await first;
  page.requests[0].answer(NEW);
  await settled();
  assert.deepEqual(told, []);
  await page.pass(60_000);
  page.requests[1].answer(NEW);
  await settled();
  assert.deepEqual(told, [NEW]);
});

test("a slow answer is waited for: requests do not pile up, and no older answer follows a newer one", async (t) => {
  const page = browser(t);
  const told = [];
  const { first } = load({ refresh: 10, onFresh: (text) => told.push(text) });
  page.requests[0].answer(OLD);
  await first;
  await page.pass(30_000);
  assert.equal(page.requests.length, 2);
  page.requests[1].answer(NEW);
  await page.pass(10_000);
  page.requests[2].answer(NEWER);
  await settled();
  assert.deepEqual(told, [NEW, NEWER]);
});

test("refreshing rests while the page is left or hidden", async (t) => {
  const page = browser(t);
  const { first } = load({ refresh: 60 });
  page.requests[0].answer(OLD);
  await first;
  page.happen("pagehide");
  await page.pass(DAY);
  assert.equal(page.requests.length, 1);
  page.happen("pageshow");
  page.document.hidden = true;
  await page.pass(120_000);
  assert.equal(page.requests.length, 1);
  page.document.hidden = false;
  await page.pass(60_000);
  assert.equal(page.requests.length, 2);
});

test("a refresh once a year is not one a millisecond", async (t) => {
  const page = browser(t);
  const { first } = load({ refresh: 365 * 86_400 });
  page.requests[0].answer(OLD);
  await first;
  assert.ok(page.timers.every(({ ms }) => ms < 2 ** 31));
});

function load(more) {
  return loadPayload({ url: URL_A, timeout: 1000, store: () => true, onFresh: () => {}, ...more });
}

/** A copy of that age in milliseconds, as it is stored. */
function stored(text, age) {
  return (time) => JSON.stringify({ url: URL_A, time: time - age, text });
}

/** Stands in for what the module uses of a browser, until the test ends. */
function browser(t, copy) {
  let time = Date.UTC(2026, 0, 31);
  const page = {
    requests: [],
    storage: new Map(),
    reads: 0,
    refuses: false,
    timers: [],
    document: { hidden: false, baseURI: "https://example.com/shop/cart" },
    now: () => time,
    happen: (event) => page.events.dispatchEvent(new Event(event)),
    events: new EventTarget(),
    /** Lets the clock run; each timer goes off at its time. */
    async pass(ms) {
      const end = time + ms;
      await settled();
      for (;;) {
        const next = page.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        time = next.due;
        if (next.again) next.due += next.ms;
        else clear(next);
        next.work();
        await settled();
      }
      time = end;
      await settled();
    },
  };
  if (copy !== undefined) page.storage.set(KEY, typeof copy === "function" ? copy(time) : copy);
  const timer = (again) => (work, ms) => {
    const started = { work, ms, due: time + ms, again };
    page.timers.push(started);
    return started;
  };
  const clear = (old) => {
    page.timers = page.timers.filter((each) => each !== old);
  };
  const storage = {
    getItem(key) {
      page.reads += 1;
      if (page.refuses) throw new DOMException("denied", "SecurityError");
      return page.storage.get(key) ?? null;
    },
    setItem(key, value) {
      if (page.refuses) throw new DOMException("full", "QuotaExceededError");
      page.storage.set(key, value);
    },
  };
  const fetch = (url, options) => new Promise((resolve, reject) => {
    const answer = (text, status = 200) => resolve(new Response(text, { status }));
    page.requests.push({ url, options, answer, fail: () => reject(new TypeError("Failed to fetch")) });
  });
  stub(t, {
    fetch,
    localStorage: storage,
    document: page.document,
    setTimeout: timer(false),
    setInterval: timer(true),
    clearInterval: clear,
    addEventListener: page.events.addEventListener.bind(page.events),
    removeEventListener: page.events.removeEventListener.bind(page.events),
  });
  t.mock.method(Date, "now", () => time);
  return page;
}

function stub(t, globals) {
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
}

/** What a promise holds now, or "waiting". */
const now = (promise) => Promise.race([promise, settled().then(() => "waiting")]);

/** After everything that needs no more time has happened. */
const settled = () => new Promise((done) => setImmediate(() => setImmediate(done)));
