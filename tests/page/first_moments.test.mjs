// What happens before everything is loaded: the experiments payload, the mask, a consent tool that comes late.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { needs } from "./support/browser.mjs";
import { call, named, started, watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const GTAG = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }";
const idOf = async (page) => (await call(page, "identity")).anonymousId;

test("a click counts while the experiments payload is on its way", async (t) => {
  // The payload's address never answers, as long as the page waits.
  const first = `const { fetch } = window; window.fetch = (url, ...how) => String(url).includes("/payload.json") ? new Promise(() => {}) : fetch(url, ...how);`;
  const site = await startSite(t, { first, timeout: 10_000, site: (definition) => {
    definition.experiments = { url: "/payload.json" };
    definition.delivery.gather_ms = 5_000; // so that it is still there to be looked at
  } });
  const page = await site.open();
  await until(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("privateer.event."))), "the page view is recorded");
  await page.evaluate(() => addEventListener("click", () => {
    window.isStored = Object.entries(localStorage).some(([key, event]) => key.startsWith("privateer.event.") && event.includes("Plan Chosen"));
  }));
  await page.click('[data-plan="crew"]');
  assert.equal(await page.evaluate(() => window.isStored), true, "before the click is over");
  await site.event(({ event }) => event === "Plan Chosen", "the click");
});

test("from the first moment on, what may hold a number is stored before the call returns, and masked", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  const stored = await page.evaluate(async () => {
    const privateer = await window.privateer;
    privateer.track("Ordered", { order: "1234567", note: "ask robin@example.com" });
    return Object.entries(localStorage).filter(([key, event]) => key.startsWith("privateer.event.") && event.includes("Ordered")).map(([, event]) => event);
  });
  assert.equal(stored.length, 1);
  assert.deepEqual(JSON.parse(stored[0]).properties, { order: "1234567", note: "ask [email]" });
});

test("what is recorded before a visitor is forgotten is theirs", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  const before = await idOf(page);
  await page.evaluate(async () => {
    const privateer = await window.privateer;
    privateer.track("Before", { mail: "robin@example.com" });
    privateer.forget();
    privateer.track("After");
  });
  await site.event(({ event }) => event === "After", "the event of the next visitor");
  assert.notEqual(await idOf(page), before);
  assert.deepEqual(named(await site.events(), "Before").filter(({ anonymousId }) => anonymousId !== before), []);
});

test("addresses of people are in no path, title, page property, group trait or event name", async (t) => {
  const html = '<!doctype html><title>For robin@example.com</title><script src="/first.js"></script><script type="module" src="/pkg/auto.js" data-site="/site.json"></script>';
  const site = await startSite(t, { instead: { "/unsubscribe/robin@example.com": { type: "text/html", body: html } } });
  const page = await site.open("/unsubscribe/robin@example.com");
  await started(page);
  await page.evaluate(async () => {
    const privateer = await window.privateer;
    await privateer.page({ from: "robin@example.com" });
    privateer.group("crew", { owner: "robin@example.com" });
    privateer.track("Wrote to robin@example.com");
    await privateer.flush();
  });
  const events = await until(async () => {
    const all = await site.events();
    return all.some(({ event }) => event?.startsWith("Wrote")) && all;
  }, "the last event");
  assert.doesNotMatch(JSON.stringify(events), /robin@example|robin%40example/);
  assert.equal(named(events, "page")[0].context.page.path, "/unsubscribe/[email]");
});

test("where the file that masks cannot be had, more is hidden than need be", async (t) => {
  const site = await startSite(t, { instead: { "/pkg/mask.js": { status: 404, body: "" } } });
  const page = await site.open("/?token=SECRET123&utm_source=letter&mail=robin@example.com");
  await started(page);
  await call(page, "track", "Ordered", { order: "1234567", plan: "crew" });
  const { properties, context } = await site.event(({ event }) => event === "Ordered", "the order");
  assert.deepEqual(properties, { order: "[masked]", plan: "crew" });
  assert.equal(context.page.search, "?token=&utm_source=letter&mail=");
});

test("what visitors say of themselves holds their address, and no card", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await call(page, "identify", "robin-1", { email: "robin@example.com", phone: "+442079460958", note: "paid with 4111 1111 1111 1111" });
  const { traits } = await site.event(({ type }) => type === "identify", "who it is");
  assert.deepEqual(traits, { email: "robin@example.com", phone: "+442079460958", note: "paid with [card]" });
});

test("a parameter that the site names is told nowhere", async (t) => {
  const site = await startSite(t, { site: (definition) => { definition.tracking = { ...definition.tracking, masked_parameters: ["Member"] }; } });
  const page = await site.open("/?member=robin-4711&a=1");
  await started(page);
  const view = await site.event(({ type }) => type === "page", "the page view");
  assert.doesNotMatch(JSON.stringify(view), /4711/);
  assert.match(view.context.page.url, /a=1/);
});

test("without consent to marketing no id of a click is in the referrer of the next page", async (t) => {
  const site = await startSite(t, { site: (definition) => { definition.consent = { initial: { experiments: "granted", analytics: "granted", marketing: "denied" } }; } });
  const page = await site.open("/?gclid=Cj0-click");
  await started(page);
  await page.evaluate(() => { setTimeout(() => { location.href = "/?next=1"; }); });
  const views = await until(async () => {
    const all = named(await site.events(), "page");
    return all.length >= 2 && all;
  }, "both page views");
  assert.ok(views.some(({ context }) => context.page.referrer.startsWith(site.url)), "the second page knows the first");
  assert.doesNotMatch(JSON.stringify(views), /Cj0-click/);
});

test("a consent tool that asks again takes nobody's yes away", async (t) => {
  const site = await startSite(t, { first: GTAG, site: (definition) => { definition.consent = { initial: "granted" }; } });
  const page = await site.open();
  await started(page);
  const before = await idOf(page);
  await page.evaluate(() => window.gtag("consent", "default", { analytics_storage: "denied", ad_storage: "denied", wait_for_update: 500 }));
  await sleep(300);
  assert.equal(await idOf(page), before);
  await page.evaluate(() => window.gtag("consent", "update", { analytics_storage: "granted", ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted", personalization_storage: "granted" }));
  await sleep(300);
  assert.equal(await idOf(page), before);
  assert.equal(await call(page, "consent"), "granted");
});

test("a router that handles a navigation itself, and the page closed later: everything is sent", needs("lastWords"), async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  if (!(await page.evaluate(() => Boolean(window.navigation)))) return t.skip("this browser announces no navigation");
  await page.evaluate(async () => {
    navigation.addEventListener("navigate", (event) => event.canIntercept && event.intercept({ handler: async () => {} }), { once: true });
    await navigation.navigate("/app").finished;
  });
  await call(page, "flush");
  await page.evaluate(async () => (await window.privateer).track("Last Word"));
  await page.close();
  await site.event(({ event }) => event === "Last Word", "the last event");
  assert.equal((await watched(await site.open())).uncaught.length, 0);
});
