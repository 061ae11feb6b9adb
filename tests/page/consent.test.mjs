// Nothing is stored and nothing leaves the browser before the visitor allows it, and nothing stays after a no.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { call, named, started, stored } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const initially = (initial) => ({ site: (definition) => { definition.consent = { initial }; } });

test("denied: nothing is stored, nothing is sent", async (t) => {
  const site = await startSite(t, initially("denied"));
  const page = await site.open("/?utm_source=newsletter&ref=AAAAAAAA");
  await started(page);
  await page.click('[data-plan="crew"]');
  await call(page, "track", "Tried");
  await call(page, "identify", "someone");
  await call(page, "flush");
  await sleep(1_500);
  assert.deepEqual(await stored(page), {});
  assert.equal(await page.evaluate(() => document.cookie), "");
  await page.leave();
  await sleep(500);
  assert.deepEqual([site.deliveries(), await site.events()], [0, []]);
});

test("pending, then granted: what happened before is delivered with its own times", async (t) => {
  const site = await startSite(t, initially("pending"));
  const page = await site.open();
  await call(page, "track", "Before the answer");
  await sleep(2_000);
  assert.deepEqual(await stored(page), {});
  assert.deepEqual([site.deliveries(), await site.events()], [0, []]);
  const answered = await page.evaluate(async () => {
    (await window.privateer).setConsent("granted");
    return Date.now();
  });
  const before = await site.event(({ event }) => event === "Before the answer", "the earlier event");
  assert.ok(answered - Date.parse(before.timestamp) >= 1_500, `${before.timestamp} is before ${new Date(answered).toISOString()}`);
  assert.equal(named(await site.events(), "page").length, 1);
});

test("pending, then denied: nothing was ever stored or sent", async (t) => {
  const site = await startSite(t, initially("pending"));
  const page = await site.open();
  await call(page, "track", "Before the answer");
  await call(page, "setConsent", "denied");
  await call(page, "flush");
  await sleep(1_000);
  assert.deepEqual([site.deliveries(), await site.events()], [0, []]);
  assert.doesNotMatch(JSON.stringify(await stored(page)), /Before the answer|anonymousId/);
});

test("granted, then denied: the traces are erased, also for the next page", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  const view = await site.event(({ type }) => type === "page", "a page view");
  await call(page, "setConsent", "denied");
  const left = await stored(page);
  assert.deepEqual(Object.keys(left).filter((key) => key.startsWith("privateer.event.")), []);
  // A note says who is to be erased until IndexedDB has answered, too.
  await until(async () => !JSON.stringify(await stored(page)).includes(view.anonymousId), "the visitor's id is gone");
  // What was under way when the visitor said no may still arrive; what comes later may not.
  const then = (await until(async () => (await settled(site)), "deliveries have settled")).length;
  await page.reload();
  await call(page, "track", "After the answer");
  await call(page, "flush");
  assert.equal(await call(page, "consent"), "denied");
  assert.equal((await site.events()).length, then);
});

test("a no to one purpose is given to what holds, though this tab has not heard of it yet", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await site.event(({ type }) => type === "page", "a page view");
  await page.evaluate(async () => {
    const privateer = await window.privateer;
    privateer.setConsent("granted");
    // What another tab stores a moment before; its news comes as an event, which a write of this page's own is none.
    const record = JSON.parse(localStorage["privateer.visitor"]);
    record.consent = { ...record.consent, experiments: "denied" };
    record.answered = Date.now() + 1;
    localStorage["privateer.visitor"] = JSON.stringify(record);
    privateer.setConsent({ marketing: "denied" });
  });
  const asked = ["experiments", "analytics", "marketing"];
  const held = await Promise.all(asked.map((purpose) => call(page, "consent", purpose)));
  assert.deepEqual(held, ["denied", "granted", "denied"]);
  await page.reload();
  await started(page);
  assert.deepEqual(await Promise.all(asked.map((purpose) => call(page, "consent", purpose))), held);
});

async function settled(site) {
  const now = await site.events();
  await sleep(500);
  return (await site.events()).length === now.length && now;
}
