// How a visitor is known again, and what the page's own consent tools say, from the definition to the collector.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { call, named, started, stored, traces } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";

const identity = (section) => ({ site: (definition) => { definition.identity = section; } });
const idOf = async (page) => (await call(page, "identity")).anonymousId;

test("a cookie knows the visitor again when local storage does not", async (t) => {
  const site = await startSite(t, identity({ storage: "cookie" }));
  const page = await site.open();
  const id = await idOf(page);
  assert.match(await page.evaluate(() => document.cookie), new RegExp(`privateer_id=${id}`));
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  assert.equal(await idOf(page), id);
  await call(page, "setConsent", "denied");
  assert.doesNotMatch(await page.evaluate(() => document.cookie), /privateer_id/, "a no takes the cookie away");
});

test("a cookie that a server has set says who it is", async (t) => {
  const first = `document.cookie = "sid=visitor-of-the-server; path=/";`;
  const site = await startSite(t, { ...identity({ storage: "cookie", cookie: "sid" }), first });
  const page = await site.open();
  assert.equal(await idOf(page), "visitor-of-the-server");
  const view = await site.event(({ type }) => type === "page", "the page view");
  assert.equal(view.anonymousId, "visitor-of-the-server");
});

test("a cookie of the server is left alone while it holds, and waits for an answer", async (t) => {
  const first = `
    if (!document.cookie) document.cookie = "sid=visitor-of-the-server; path=/";
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    window.written = [];
    Object.defineProperty(document, "cookie", { get: () => get.call(document), set: (text) => { window.written.push(text); set.call(document, text); } });`;
  const site = await startSite(t, { first, site: (definition) => {
    definition.identity = { storage: "cookie", cookie: "sid" };
    definition.consent = { initial: "pending" };
  } });
  const page = await site.open();
  await started(page);
  assert.deepEqual(await page.evaluate(() => window.written), [], "before an answer nothing is written or erased");
  await call(page, "setConsent", "granted");
  assert.equal(await idOf(page), "visitor-of-the-server");
  assert.deepEqual(await page.evaluate(() => window.written), [], "what the server has set lasts longer");
  await call(page, "setConsent", "denied");
  assert.doesNotMatch(await page.evaluate(() => document.cookie), /sid=/);
});

test("where nothing may be remembered, events are delivered and nothing is stored", async (t) => {
  const site = await startSite(t, identity({ storage: "memory" }));
  const page = await site.open();
  const id = await idOf(page);
  await call(page, "track", "Tried");
  assert.deepEqual(await call(page, "flush").then(({ queued }) => queued), 0);
  assert.deepEqual(await stored(page), {});
  assert.equal(named(await site.events(), "Tried").length, 1);
  await page.goto(`${site.url}/?again=1`);
  assert.equal(await traces(page).then((text) => text.replaceAll(/[{}\s]/g, "")), "", "in no storage of any kind");
  await page.reload();
  assert.notEqual(await idOf(page), id);
});

test("a token in the address makes the same visitor of somebody new, once, and in the same browser only", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  const token = await page.evaluate(async () => (await import("/harness/carry.js")).carry("visitor-from-elsewhere"));
  const arrived = await site.open(`/?_pv=${encodeURIComponent(token)}&a=1`);
  assert.equal(await idOf(arrived), "visitor-from-elsewhere");
  assert.equal(await arrived.evaluate(() => location.search), "?a=1");
  const forged = await site.open(`/?_pv=${encodeURIComponent(token.replace("visitor", "somebody"))}`);
  assert.doesNotMatch(await idOf(forged), /elsewhere/);
  const old = await page.evaluate(async () => (await import("/harness/carry.js")).carry("visitor-from-elsewhere", Date.now() - 200_000));
  assert.doesNotMatch(await idOf(await site.open(`/?_pv=${encodeURIComponent(old)}`)), /elsewhere/);
});

test("a token joins two visitors where this one is known already", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  const id = await idOf(page);
  const token = await page.evaluate(async () => (await import("/harness/carry.js")).carry("visitor-from-elsewhere"));
  await page.goto(`${site.url}/?_pv=${encodeURIComponent(token)}`);
  assert.equal(await idOf(page), id);
  const alias = await site.event(({ type }) => type === "alias", "the alias");
  assert.deepEqual([alias.previousId, alias.userId], ["visitor-from-elsewhere", id]);
});

// As much of a consent tool as the framework asks for. `window.answer(yes)` is the visitor's click.
const TOOL = `
  const listeners = [];
  let answered = null;
  const data = () => ({
    gdprApplies: true, listenerId: 1, tcfPolicyVersion: 4, cmpStatus: "loaded",
    eventStatus: answered === null ? "cmpuishown" : "useractioncomplete",
    purpose: { consents: Object.fromEntries(Array.from({ length: 11 }, (_, place) => [place + 1, answered === true])) },
  });
  window.__tcfapi = (command, version, callback) => {
    if (command === "addEventListener") { listeners.push(callback); callback(data(), true); }
  };
  window.answer = (yes) => { answered = yes; listeners.forEach((callback) => callback(data(), true)); };`;

test("a consent tool's question holds everything back until it is answered", async (t) => {
  const site = await startSite(t, { first: TOOL });
  const page = await site.open();
  await started(page);
  await call(page, "track", "Before the answer");
  await sleep(1_500);
  assert.deepEqual([await call(page, "consent"), await stored(page), await site.events()], ["pending", {}, []]);
  await page.evaluate(() => window.answer(true));
  await site.event(({ event }) => event === "Before the answer", "the event from before");
  assert.equal(await call(page, "consent", "marketing"), "granted");
});

test("a consent tool's no erases what waited, and the page's own word goes before it", async (t) => {
  const site = await startSite(t, { first: TOOL });
  const page = await site.open();
  await started(page);
  await call(page, "track", "Before the answer");
  await page.evaluate(() => window.answer(false));
  assert.deepEqual([await call(page, "consent"), await call(page, "status").then(({ queued }) => queued)], ["denied", 0]);
  await call(page, "setConsent", { analytics: "granted" });
  assert.deepEqual([await call(page, "consent"), await call(page, "consent", "marketing")], ["granted", "denied"]);
  await sleep(1_200);
  assert.equal(named(await site.events(), "Before the answer").length, 0);
});

const GPC = `Object.defineProperty(navigator, "globalPrivacyControl", { value: true, configurable: true });`;

test("Global Privacy Control is a no to marketing that no yes lifts: no click id is stored or sent", async (t) => {
  const site = await startSite(t, { first: GPC });
  const page = await site.open("/?gclid=click-4711&utm_source=somewhere");
  await started(page);
  await call(page, "setConsent", "granted");
  await call(page, "track", "Tried");
  await call(page, "flush");
  assert.deepEqual([await call(page, "consent"), await call(page, "consent", "marketing")], ["granted", "denied"]);
  const everything = JSON.stringify([await stored(page), await site.events()]);
  assert.match(everything, /somewhere/);
  assert.doesNotMatch(everything, /click-4711/);
});

test("with consent to marketing, the click id and the channel go along", async (t) => {
  const site = await startSite(t);
  await site.open("/?gclid=click-4711&utm_source=google&utm_medium=cpc&utm_campaign=spring");
  const { context } = await site.event(({ type }) => type === "page", "the page view");
  assert.deepEqual(context.campaign, { source: "google", medium: "cpc", name: "spring", gclid: "click-4711" });
  assert.equal(context.channelGroup, "Paid Search");
  assert.match(context.page.url, /gclid=click-4711/);
});
