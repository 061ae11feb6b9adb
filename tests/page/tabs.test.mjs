// Two tabs of one visitor agree on what the visitor allowed. A frame of the same origin stands for the second tab:
// it has a core and memory of its own, and the browser tells it of changed storage in the same way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { call, started, stored } from "./support/privateer.mjs";
import { startSite as startAny } from "./support/site.mjs";
import { until } from "./support/until.mjs";

// What waits and what is under way is counted here: nothing may be observed in between.
const startSite = (t, { site = () => {}, ...change } = {}) => startAny(t, {
  ...change,
  site: (definition) => {
    definition.tracking.observe = false;
    site(definition);
  },
});

const openSecond = (page) => page.evaluate(async () => {
  const frame = document.createElement("iframe");
  frame.src = "/";
  document.body.append(frame);
  await new Promise((done) => frame.addEventListener("load", done));
  await frame.contentWindow.privateer;
  return true;
});

const callSecond = (page, method, ...args) => page.evaluate(
  async (name, given) => (await (await document.querySelector("iframe").contentWindow.privateer)[name](...given)) ?? null,
  method,
  args,
);

test("a no in one tab holds in the other, also where nothing was allowed at first", async (t) => {
  const site = await startSite(t, { site: (definition) => { definition.consent = { initial: "pending" }; } });
  const page = await site.open();
  await started(page);
  await call(page, "setConsent", "granted");
  await openSecond(page);
  await call(page, "setConsent", "denied");
  await until(async () => (await callSecond(page, "consent")) === "denied", "the other tab knows");
  await callSecond(page, "track", "Too late");
  await callSecond(page, "flush");
  await sleep(500);
  assert.deepEqual(await stored(page), {});
  assert.ok(!(await site.events()).some(({ event }) => event === "Too late"));
});

test("a visitor made new in one tab is the same new visitor in the other", async (t) => {
  const page = await (await startSite(t)).open();
  await started(page);
  await openSecond(page);
  const before = (await callSecond(page, "referral")).code;
  await call(page, "forget");
  const { code } = await call(page, "referral");
  assert.notEqual(code, before);
  await until(async () => (await callSecond(page, "referral")).code === code, "the other tab follows");
  assert.equal(await callSecond(page, "consent"), "granted");
});

test("after a new visitor began in one tab, the other one delivers, and keeps what the page told", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await openSecond(page);
  const before = (await callSecond(page, "referral")).code;
  await call(page, "forget");
  await until(async () => ![before, null].includes((await callSecond(page, "referral")).code), "the other tab follows");
  await callSecond(page, "track", "From the second tab");
  await site.event(({ event }) => event === "From the second tab", "the second tab's event");
  assert.equal((await callSecond(page, "flush")).queued, 0);
});

// In the second tab, news of what was stored anew come later than news of what was erased, as on a busy machine.
const LATE_NEWS = `
  if (window !== top) {
    addEventListener("storage", (change) => {
      if (change.newValue === null || change.late) return;
      change.stopImmediatePropagation();
      const again = new StorageEvent("storage", change);
      again.late = true;
      setTimeout(() => dispatchEvent(again), 1_500); // longer than a silence that is taken for a no
    });
  }`;

test("a new visitor whose news are late is no refusal, in neither tab", async (t) => {
  const site = await startSite(t, { first: LATE_NEWS });
  const page = await site.open();
  await started(page);
  await openSecond(page);
  await call(page, "forget");
  const { code } = await call(page, "referral");
  await sleep(2_000);
  await until(async () => (await callSecond(page, "referral")).code === code, "the other tab follows");
  for (const consent of [await call(page, "consent"), await callSecond(page, "consent")]) assert.equal(consent, "granted");
  await callSecond(page, "track", "From the second tab");
  await site.event(({ event }) => event === "From the second tab", "the second tab's event");
});

test("a new visitor who is stored only after a while is no refusal either", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await openSecond(page);
  const anonymousId = "0190a1b2-0000-7000-8000-000000000001";
  await page.evaluate(async (id) => {
    const { answered } = JSON.parse(localStorage.getItem("privateer.visitor"));
    localStorage.removeItem("privateer.visitor");
    await new Promise((done) => setTimeout(done, 300));
    localStorage.setItem("privateer.visitor", JSON.stringify({ anonymousId: id, answered }));
  }, anonymousId);
  await until(async () => (await callSecond(page, "identity")).anonymousId === anonymousId, "the other tab follows");
  assert.equal(await callSecond(page, "consent"), "granted");
});

test("a page that clears the storage, as many do at log-out, has refused nothing, and loses nothing", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await openSecond(page);
  const before = (await callSecond(page, "referral")).code;
  await callSecond(page, "track", "Before the log-out");
  await page.evaluate(() => localStorage.clear());
  await sleep(300);
  assert.equal((await callSecond(page, "referral")).code, before, "it is still the same visitor");
  assert.equal(await callSecond(page, "consent"), "granted");
  assert.equal((await stored(page))["privateer.consent"], undefined);
  assert.equal((await callSecond(page, "flush")).queued, 0);
  await site.event(({ event }) => event === "Before the log-out", "the event from before");
});

// In the second tab no delivery is answered before the test does.
const HOLD = `
  if (window !== top) {
    const real = fetch;
    window.held = [];
    window.fetch = (what, ...more) => String(what).endsWith("/collect") ? new Promise((answer) => held.push(answer)) : real(what, ...more);
  }`;

test("an answer meant for the visitor before does not speak for the new one's events", async (t) => {
  const page = await (await startSite(t, { first: HOLD })).open();
  await started(page);
  await openSecond(page);
  const held = (count) => until(
    async () => (await page.evaluate(() => document.querySelector("iframe").contentWindow.held.length)) === count,
    `${count} deliveries are under way`,
  );
  const before = (await callSecond(page, "referral")).code;
  await held(1);
  await call(page, "forget");
  await until(async () => ![before, null].includes((await callSecond(page, "referral")).code), "the other tab follows");
  await callSecond(page, "track", "The new visitor's");
  await held(2);
  const waiting = (await callSecond(page, "status")).queued;
  await page.evaluate(() => document.querySelector("iframe").contentWindow.held[0](new Response("{}")));
  await sleep(300);
  assert.equal((await callSecond(page, "status")).queued, waiting);
  assert.ok(waiting > 0);
});

const ERASURES = { setConsent: ["denied"], forget: [] };

for (const [erasure, args] of Object.entries(ERASURES)) {
  test(`an answer that comes between ${erasure} and the news of it brings nothing back`, async (t) => {
    const site = await startSite(t, { first: HOLD, site: (definition) => { definition.consent = { initial: "pending" }; } });
    const page = await site.open();
    await started(page);
    await call(page, "setConsent", "granted");
    await openSecond(page);
    const { anonymousId } = JSON.parse((await stored(page))["privateer.visitor"]);
    await until(() => page.evaluate(() => document.querySelector("iframe").contentWindow.held.length), "a delivery is under way");
    await page.evaluate(async (method, given) => {
      (await window.privateer)[method](...given);
      document.querySelector("iframe").contentWindow.held[0](new Response("{}"));
    }, erasure, args);
    const isGone = async () => !JSON.stringify(await stored(page)).includes(anonymousId);
    await until(async () => (await isGone()) && (await callSecond(page, "consent")) === (await call(page, "consent")), "both tabs know");
    await sleep(1_500);
    assert.ok(await isGone(), "it stays away");
    assert.equal(await callSecond(page, "consent"), await call(page, "consent"));
  });
}

test("where a cookie knows the visitor, the one who was forgotten in one tab does not come back in the other", async (t) => {
  const site = await startSite(t, { site: (definition) => { definition.identity = { storage: "cookie" }; } });
  const page = await site.open();
  await started(page);
  await openSecond(page); // it was told of the visitor by the cookie
  const before = await callSecond(page, "identity");
  await call(page, "forget");
  const { anonymousId } = await call(page, "identity");
  assert.notEqual(anonymousId, before.anonymousId);
  await until(async () => (await callSecond(page, "identity")).anonymousId === anonymousId, "the other tab follows");
  assert.match(await page.evaluate(() => document.cookie), new RegExp(`privateer_id=${anonymousId}`));
});

const FOR_MEMBERS = { features: { offer: { defaultValue: "none", rules: [{ condition: { userId: { $exists: true }, plan: "pro" }, force: "upgrade" }] } } };

test("who signs in, in one tab, gets what is decided for them in the other, which was asked before", async (t) => {
  const page = await (await startSite(t, { site: (definition) => { definition.experiments = { payload: FOR_MEMBERS }; } })).open();
  await started(page);
  await openSecond(page);
  assert.equal(await callSecond(page, "flag", "offer"), "none");
  await call(page, "identify", "user-1", { plan: "pro" });
  await until(async () => (await callSecond(page, "flag", "offer")) === "upgrade", "the other tab decides anew");
  await call(page, "identify", "user-2");
  await until(async () => (await callSecond(page, "flag", "offer")) === "none", "another user has not their plan");
});
