// Faults 35 to 39: the page's policy, its blockers, its own scripts and its frames stand in the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { needs } from "../support/browser.mjs";
import { burst, closed, complete, counted, passTime, settled } from "../support/ledger.mjs";
import { call, started, watched } from "../support/privateer.mjs";
import { SCRIPT, startQuick } from "../support/remote.mjs";

const HOUR = 3_600_000;
const DOWN = { kind: "refuse" };

const WITHOUT_WASM = {
  "35: the policy refuses WebAssembly": { policy: ({ url }) => `default-src 'self'; script-src 'self'; connect-src 'self' ${url}` },
  "35: the browser has no WebAssembly": { first: "delete window.WebAssembly;" },
};

for (const [what, change] of Object.entries(WITHOUT_WASM)) {
  test(`${what}: events are delivered`, async (t) => {
    const site = await startQuick(t, change);
    const page = await site.open();
    await burst(page);
    await complete(site, 20, { pages: 1 });
    await settled(page);
  });

  test(`${what}: events outlive the page while the collector is down`, async (t) => {
    const site = await startQuick(t, change);
    const visitor = await site.visitor();
    const page = await visitor.open(`${site.url}/`);
    await started(page);
    site.faults.always(DOWN);
    await burst(page);
    await sleep(500);
    await closed(site, visitor, [page]);
    site.faults.recover();
    const next = await visitor.open(`${site.url}/`);
    await complete(site, 20, { pages: 2 });
    await settled(next);
  });
}

// A blocker answers each request at once with an error, as extensions do. It counts them: the tries are what a console shows.
const BLOCKER = `
  window.tries = 0;
  const realFetch = window.fetch;
  window.fetch = (what, ...more) => {
    if (!String(what).endsWith("/collect")) return realFetch(what, ...more);
    window.tries += 1;
    return Promise.reject(new TypeError("Failed to fetch"));
  };
  navigator.sendBeacon = () => false;`;

const BLOCKED = {
  "36: the policy blocks the collector": {
    head: `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">${SCRIPT}`,
    tries: async (page) => (await watched(page)).violations.filter((violation) => violation.startsWith("connect-src")).length,
  },
  "36: an ad blocker blocks the collector": {
    head: `<script src="/blocker.js"></script>${SCRIPT}`,
    tries: (page) => page.evaluate(() => window.tries),
  },
};

for (const [what, { head, tries }] of Object.entries(BLOCKED)) {
  test(`${what} for an hour: few tries, one line in the console, and all arrive when it is gone`, async (t) => {
    const site = await startQuick(t, { clock: true, pages: { "/blocked": head }, scripts: { "/blocker.js": BLOCKER } });
    const page = await site.open("/blocked");
    await burst(page);
    await passTime(page, HOUR, HOUR / 60);
    const made = await tries(page);
    assert.ok(made >= 1 && made <= 40, `${made} tries in an hour`);
    const { warnings, errors, uncaught } = await watched(page);
    assert.deepEqual({ errors, uncaught }, { errors: [], uncaught: [] });
    assert.ok(warnings.length <= 1, warnings.join("; "));
    assert.equal((await call(page, "status")).queued, 21);
    await page.goto(`${site.url}/`);
    await complete(site, 20, { pages: 2 });
    await settled(page);
  });
}

// After this nothing the page calls is what the browser had. The events are tracked in the same task, and the page is asked
// nothing any more: what asks it needs these, too.
const overrideAndTrack = async (count) => {
  const privateer = await window.privateer;
  const broken = () => { throw new Error("This page has its own ideas."); };
  window.fetch = broken;
  window.XMLHttpRequest = broken;
  navigator.sendBeacon = broken;
  JSON.stringify = () => "[]";
  JSON.parse = () => ({});
  Date.now = () => 0;
  Math.random = () => 0;
  crypto.randomUUID = () => "the same every time";
  Storage.prototype.setItem = broken;
  Storage.prototype.getItem = () => null;
  Array.prototype.toJSON = () => "";
  Object.defineProperty(window, "Date", { value: function Date() {} });
  for (let place = 0; place < count; place += 1) privateer.track("Counted", { place });
  return true;
};

test("37: the page replaces fetch, sendBeacon, JSON, Date and storage methods after the start", async (t) => {
  const site = await startQuick(t);
  const page = await site.open();
  await started(page);
  const from = Date.now();
  await page.evaluate(overrideAndTrack, 20);
  const to = Date.now();
  await complete(site, 20, { pages: 1 });
  for (const { timestamp } of counted(await site.events())) {
    assert.ok(Date.parse(timestamp) >= from - 1_000 && Date.parse(timestamp) <= to + 1_000, `${timestamp} is when it happened`);
  }
});

// What libraries of all ages do before Privateer starts.
const CUSTOMS = {
  "gives every array a toJSON, as Prototype 1.6 did": { askedBy: ["customs"], script: `Array.prototype.toJSON = function () { return "[" + this.join(",") + "]"; };` },
  "gives every object and array more members": { askedBy: ["customs"], script: `Object.prototype.extend = function () {}; Array.prototype.each = function () {};` },
  "wraps fetch, as monitors do": { script: `const inner = window.fetch; window.fetch = function (...given) { return inner.apply(this, given).then((answer) => answer); };` },
  "replaces Date with a class of its own": { script: `const Inner = Date; window.Date = function (...given) { return given.length ? new Inner(...given) : new Inner(); };
    Object.assign(window.Date, { now: () => new Inner().getTime(), parse: Inner.parse, UTC: Inner.UTC }); window.Date.prototype = Inner.prototype;` },
};

for (const [what, { script, askedBy = [] }] of Object.entries(CUSTOMS)) {
  test(`37: the page ${what}, before the start`, needs(...askedBy), async (t) => {
    const site = await startQuick(t, { pages: { "/custom": `<script src="/custom.js"></script>${SCRIPT}` }, scripts: { "/custom.js": script } });
    const page = await site.open("/custom");
    await burst(page);
    await complete(site, 20, { pages: 1 });
    await settled(page);
  });
}

const RUINED = {
  "fetch with one that throws": `() => { throw new Error("No."); }`,
  "fetch with one that never answers": "() => new Promise(() => {})",
  "fetch with one that answers nonsense": "async () => undefined",
};

for (const [what, ruined] of Object.entries(RUINED)) {
  test(`37: the page replaced ${what} before the start: the next page delivers`, async (t) => {
    // Files still arrive: a page whose fetch gave nothing at all would have noticed.
    const script = `{ const real = window.fetch; window.fetch = (what, ...more) => (String(what).endsWith("/collect") ? (${ruined})() : real(what, ...more)); }`;
    const site = await startQuick(t, { pages: { "/ruined": `<script src="/ruin.js"></script>${SCRIPT}` }, scripts: { "/ruin.js": script } });
    const page = await site.open("/ruined");
    await burst(page);
    await sleep(1_500);
    assert.equal(site.arrivals.length, 0);
    assert.deepEqual((await watched(page)).uncaught, []);
    await page.goto(`${site.url}/`);
    await complete(site, 20, { pages: 2 });
    await settled(page);
  });
}

// A page that cannot wait for the script writes down what happened, and when.
const STUB = `
  window.privateerQueue = [];
  window.began = Date.now() - 60_000;
  for (let place = 0; place < 20; place += 1) window.privateerQueue.push(["track", "Counted", { place }, window.began + place]);`;

test("38: what was tracked before the script came is delivered with its own times", async (t) => {
  const site = await startQuick(t, { first: STUB });
  const page = await site.open();
  await complete(site, 20, { pages: 1 });
  await ownTimes(site, page);
  await settled(page);
});

test("38: the script comes late", async (t) => {
  const site = await startQuick(t, { first: STUB, pages: { "/late": "" } });
  const page = await site.open("/late");
  await sleep(1_000);
  await page.evaluate(loadScript);
  await complete(site, 20, { pages: 1 });
  await ownTimes(site, page);
  await settled(page);
});

test("38: the script never comes: the page works, and nothing of what it noted is lost to it", async (t) => {
  const site = await startQuick(t, { first: STUB, pages: { "/never": '<script type="module" src="/pkg/blocked.js"></script>' } });
  const page = await site.open("/never");
  await sleep(1_000);
  const { errors, uncaught, warnings } = await watched(page);
  assert.deepEqual({ errors, uncaught, warnings }, { errors: [], uncaught: [], warnings: [] });
  assert.equal(await page.evaluate(() => window.privateerQueue.length), 20);
  assert.equal(site.arrivals.length, 0);
});

const OPAQUE = {
  // In a frame without an origin nothing is 'self' to WebKit.
  policy: () => "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' http://127.0.0.1:*; connect-src 'self' http://127.0.0.1:*",
  headers: { "Access-Control-Allow-Origin": "*" }, // a frame without an origin loads even its own site's modules from another one
  pages: { "/framed": `${SCRIPT}<script type="module" src="/framed.js"></script>` },
  scripts: { "/framed.js": `
    const privateer = await window.privateer;
    let storage = "allowed";
    try { localStorage.length; } catch { storage = "denied"; }
    for (let place = 0; place < 20; place += 1) privateer.track("Counted", { place });
    parent.postMessage({ storage, uncaught: window.watched.uncaught }, "*");` },
};

for (const leaves of [false, true]) {
  test(`39: in a sandboxed frame${leaves ? " that is taken away after a burst" : ""}: delivered, without storage`, async (t) => {
    const site = await startQuick(t, OPAQUE);
    const page = await site.open("/plain");
    const said = await page.evaluate(framed, leaves);
    assert.deepEqual(said, { storage: "denied", uncaught: [] });
    await complete(site, 20, { pages: 1 });
  });
}

function framed(leaves) {
  return new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    addEventListener("message", ({ data }) => {
      if (leaves) frame.remove();
      done(data);
    });
    frame.src = "/framed";
    document.body.append(frame);
  });
}

function loadScript() {
  const script = document.createElement("script");
  Object.assign(script, { type: "module", src: "/pkg/auto.js" });
  script.dataset.site = "/site.json";
  document.head.append(script);
  return true;
}

async function ownTimes(site, page) {
  const began = await page.evaluate(() => window.began);
  for (const { timestamp, properties } of counted(await site.events())) {
    assert.equal(Date.parse(timestamp), began + properties.place, `event ${properties.place}`);
  }
}
