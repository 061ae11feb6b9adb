// Whatever breaks, the page works as if Privateer were not there, and the console says why in one line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { call, visible, watched } from "./support/privateer.mjs";
import { STRICTER } from "./support/refusals.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const module = (...bytes) => ({ type: "application/wasm", body: Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...bytes]) });
// (module (func unreachable) (start 0)), by hand: types, functions, start, code.
const TRAPS_AT_START = module(0x01, 4, 1, 0x60, 0, 0, 0x03, 2, 1, 0, 0x08, 1, 0, 0x0a, 5, 1, 3, 0, 0x00, 0x0b);

const DENIED = `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("Denied by a test.", "SecurityError"); } });`;
const FULL = `Storage.prototype.setItem = () => { throw new DOMException("Full, says a test.", "QuotaExceededError"); };`;
// What a panic looks like from outside: the module traps in the middle of a call, here in the twentieth.
const PANIC = `
  const pretend = (exports) => Object.fromEntries(Object.entries(exports).map(([name, member]) => [name, typeof member === "function" ? trapping(member) : member]));
  let calls = 0;
  const trapping = (member) => (...args) => {
    calls += 1;
    if (calls > 19) throw new WebAssembly.RuntimeError("unreachable");
    return member(...args);
  };
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...args) {
    return Object.create(Instance.prototype, { exports: { value: pretend(new Instance(...args).exports) } });
  };`;

// Without a working core or a definition, everyone sees the control.
const BLIND = {
  "the wasm file is missing": { instead: { "/pkg/privateer_bg.wasm": { status: 404, body: "gone" } } },
  "the policy forbids WebAssembly and the core as plain JavaScript is missing": {
    policy: STRICTER, instead: { "/pkg/privateer_plain.js": { status: 404, body: "gone" } },
  },
  "the wasm file is garbage": { instead: { "/pkg/privateer_bg.wasm": { type: "application/wasm", body: "not a module" } } },
  "the wasm module is empty": { instead: { "/pkg/privateer_bg.wasm": module() } },
  "the wasm module traps at once": { instead: { "/pkg/privateer_bg.wasm": TRAPS_AT_START } },
  "the site definition is missing": { instead: { "/site.json": { status: 404, body: "gone" } } },
  "the site definition is not JSON": { instead: { "/site.json": { type: "application/json", body: '{"experiments": ' } } },
  "the site definition is a list": { instead: { "/site.json": { type: "application/json", body: "[1, 2]" } } },
};

// The core works, and only what it depends on does not.
const HAMPERED = {
  "storage is denied": { first: DENIED },
  "storage is full": { first: FULL },
  "the collector is dead": { fault: { kind: "refuse" } },
  "the core panics": { first: PANIC },
};

for (const [what, change] of Object.entries(BLIND)) {
  test(`${what}: the page shows the control, and one line says why`, async (t) => {
    const { page } = await open(t, change);
    assert.deepEqual(await visible(page, "hero"), ["control"]);
    assert.equal(await call(page, "flag", "hero", "my fallback"), "my fallback");
    await everyCallAnswers(page);
    await oneWarning(page);
  });
}

for (const [what, change] of Object.entries(HAMPERED)) {
  test(`${what}: the page works, and one line says why`, async (t) => {
    const { page } = await open(t, change);
    await everyCallAnswers(page);
    assert.equal((await visible(page, "hero")).length, 1);
    await page.click('[data-plan="crew"]');
    await oneWarning(page);
  });
}

test("nothing is broken: the console stays silent", async (t) => {
  const { page } = await open(t, {});
  await everyCallAnswers(page);
  await sleep(1_000);
  const seen = await watched(page);
  assert.deepEqual(seen, { warnings: [], errors: [], uncaught: [], violations: [] });
});

async function open(t, { fault = null, ...change }) {
  const site = await startSite(t, change);
  if (fault) site.faults.always(fault);
  return { site, page: await site.open() };
}

/** Calls every method of the published interface: none may throw or reject. */
async function everyCallAnswers(page) {
  const thrown = await page.evaluate(async () => {
    const privateer = await window.privateer;
    const calls = {
      flag: ["hero", "control"], variation: ["hero"], decide: ["hero"], decideAll: [], track: ["Tried", { a: 1 }], page: [], identify: ["someone", { plan: "crew" }],
      attributes: [{ plan: "crew" }], score: [], referral: [], link: ["https://example.com/?a=1#b"], consent: [], preview: ["hero", null], status: [], problems: [], flush: [],
    };
    const failures = [];
    for (const [name, args] of Object.entries(calls)) {
      try {
        await privateer[name](...args);
      } catch (error) {
        failures.push(`${name}: ${error}`);
      }
    }
    return failures;
  });
  assert.deepEqual(thrown, []);
}

async function oneWarning(page) {
  await until(async () => (await watched(page)).warnings.length > 0, "the console has a warning");
  // Long enough for a second one to come.
  await sleep(1_000);
  const { warnings, errors, uncaught } = await watched(page);
  assert.equal(warnings.length, 1, warnings.join("\n"));
  assert.match(warnings[0], /^privateer: /);
  assert.deepEqual({ errors, uncaught }, { errors: [], uncaught: [] });
}

test("properties that are no JSON, and a form whose field hides its id: the event is kept, nothing is thrown", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await page.evaluate(async () => {
    const circle = {};
    circle.self = circle;
    (await window.privateer).track("Circle", circle);
    const form = document.createElement("form");
    form.innerHTML = '<input name="id" value="7">';
    form.id = "odd";
    form.dataset.privateerEvent = "Odd Form";
    form.addEventListener("submit", (event) => event.preventDefault());
    document.body.append(form);
    form.requestSubmit();
  });
  await site.event(({ event }) => event === "Circle", "the event without its properties");
  const odd = await site.event(({ event }) => event === "Odd Form", "the form");
  assert.equal(odd.properties.form_id, "odd");
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("wrong arguments answer with fallbacks and stop nothing", async (t) => {
  const page = await (await startSite(t)).open();
  await call(page, "setConsent", "granted");
  await page.evaluate(async () => {
    const privateer = await window.privateer;
    const odd = [null, undefined, 1, {}, [], Object.create(null), Symbol("s"), 10n, { toJSON() { throw null; } }];
    for (const each of odd) {
      privateer.flag(each, "x"), privateer.variation(each), privateer.decide(each), privateer.link(each), privateer.setConsent(each);
      privateer.track(each, each), privateer.page(each), privateer.identify(each, each), privateer.attributes(each);
      privateer.preview(each, each), privateer.preview("hero", each);
    }
  });
  assert.equal(await page.evaluate(async () => (await window.privateer).ready), true);
  assert.equal(await call(page, "consent"), "granted");
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("another product's data-site is not ours", async (t) => {
  const first = `const other = document.createElement("script"); other.type = "text/plain"; other.dataset.site = "ABCDEFGH"; document.head.prepend(other);`;
  const page = await (await startSite(t, { first })).open();
  assert.equal(await page.evaluate(async () => (await window.privateer).ready), true);
});

test("a module that never arrives is given up in time", async (t) => {
  const first = `const real = fetch; window.fetch = (what, ...more) => /wasm/.test(what?.url ?? what) ? new Promise(() => {}) : real(what, ...more);`;
  const page = await (await startSite(t, { first, timeout: 3_000 })).open();
  assert.equal(await page.evaluate(async () => (await window.privateer).ready), false);
  await oneWarning(page);
});

test("the script tag says how long a page waits; what is no number says nothing", async (t) => {
  const first = `const real = fetch; window.fetch = (what, ...more) => /wasm/.test(what?.url ?? what) ? new Promise(() => {}) : real(what, ...more);`;
  const page = await (await startSite(t, { first, timeout: 250 })).open();
  const [problem] = await call(page, "problems");
  assert.deepEqual([problem.code, problem.message.includes("250 ms")], ["not-running", true], problem.message);
  const other = await (await startSite(t, { timeout: "soon" })).open();
  assert.equal(await other.evaluate(async () => (await window.privateer).ready), true);
});

test("a format that nobody knows is a problem of delivery, and everything else goes on", async (t) => {
  const page = await (await startSite(t, { site: (definition) => { definition.delivery.format = "carrier pigeon"; } })).open();
  assert.equal(await page.evaluate(async () => (await window.privateer).ready), true);
  assert.equal((await call(page, "decide", "hero")).source, "experiment");
  assert.ok((await call(page, "problems")).some(({ path }) => path === "$.delivery.format"));
});
