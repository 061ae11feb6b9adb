// One visit, from the landing page to the collector's disk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { fillForm } from "./support/trial_form.mjs";
import { until } from "./support/until.mjs";

const is = (name) => (event) => (event.event ?? event.type) === name;

test("a page view reaches the collector with its address and campaign", async (t) => {
  const site = await startSite(t);
  await site.open("/?utm_source=newsletter&utm_medium=email&utm_campaign=spring-tide");
  const view = await site.event(is("page"), "a page view");
  assert.equal(view.properties.path, "/");
  assert.equal(view.context.campaign.source, "newsletter");
  assert.equal(view.context.campaign.name, "spring-tide");
  assert.match(view.messageId, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "a UUIDv7");
  assert.ok(view.anonymousId);
  assert.ok(Math.abs(Date.parse(view.timestamp) - Date.now()) < 60_000);
});

test("an exposure is told once, however often the flag is read", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  for (let read = 0; read < 5; read += 1) await call(page, "flag", "hero", "control");
  const decision = await call(page, "decide", "hero");
  await call(page, "flush");
  const exposures = named(await site.events(), "Experiment Viewed").filter(({ properties }) => properties.experiment_id === "hero-headline");
  assert.equal(exposures.length, 1);
  assert.equal(exposures[0].properties.variation_id, decision.variationKey);
  assert.equal(exposures[0].properties.feature_id, "hero");
});

test("a click on a marked element is an event with the element's properties", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await page.click('[data-plan="crew"]');
  const chosen = await site.event(is("Plan Chosen"), "the chosen plan");
  assert.equal(chosen.properties.plan, "crew");
});

test("a form tells the fields it names and no other, and names the visitor", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await fillForm(page);
  const request = await site.event(is("Trial Requested"), "the form");
  assert.deepEqual(request.properties, { form_id: "trial-form", company_size: "11-50", plan: "crew" });
  const identify = await site.event(is("identify"), "the name of the visitor");
  assert.equal(identify.userId, "robin@example.com");
  assert.equal(identify.anonymousId, request.anonymousId);
});

test("the score grows, and its reasons add up to it", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  const before = await call(page, "score");
  await page.click('[data-plan="crew"]');
  await fillForm(page);
  const after = await call(page, "score");
  assert.equal(before.total, 0);
  assert.equal(after.total, 15 + 10 + 30 + 20, "plan, team plan, trial and size of site.json");
  for (const { total, reasons } of [before, after]) assert.equal(reasons.reduce((sum, { points }) => sum + points, 0), total);
});

test("a friend arrives with the advocate's code", async (t) => {
  const site = await startSite(t);
  const advocate = await call(await site.open(), "referral");
  assert.ok(advocate.code);
  assert.equal(new URL(advocate.link).searchParams.get("ref"), advocate.code);
  const friend = await site.open(new URL(advocate.link).search ? `/${new URL(advocate.link).search}` : "/");
  const theirs = await call(friend, "referral");
  assert.equal(theirs.incoming, advocate.code);
  assert.notEqual(theirs.code, advocate.code);
  const captured = await site.event(is("Referral Captured"), "the captured code");
  assert.equal(captured.properties.code, advocate.code);
});

test("a reload keeps the visitor, the variation and the code", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  const seen = async () => ({ decision: await call(page, "decide", "hero"), code: (await call(page, "referral")).code });
  const first = await seen();
  await page.reload();
  assert.deepEqual(await seen(), first);
  await until(async () => named(await site.events(), "page").length >= 2, "two page views were collected");
  assert.equal(new Set((await site.events()).map(({ anonymousId }) => anonymousId)).size, 1);
});

const OUTAGES = {
  "refuses connections": { kind: "refuse" },
  "answers 503": { kind: "respond", status: 503 },
  "answers 429": { kind: "respond", status: 429, retryAfter: 1 },
  "is hidden behind a log-in page that answers 200": { kind: "respond", status: 200, type: "text/html", body: "<!doctype html><title>Please log in</title>" },
  "writes and cuts the connection": { kind: "cut" },
};

for (const [how, fault] of Object.entries(OUTAGES)) {
  test(`no event is lost or doubled while the collector ${how}`, async (t) => {
    const site = await startSite(t);
    site.faults.always(fault);
    const page = await site.open();
    await started(page);
    await page.evaluate(async () => {
      const privateer = await window.privateer;
      for (let place = 0; place < 10; place += 1) privateer.track("Counted", { place });
    });
    await call(page, "flush");
    await page.reload();
    await started(page);
    site.faults.clear();
    await page.leave();
    await page.goto(`${site.url}/`);
    await started(page);
    await until(async () => named(await site.events(), "Counted").length === 10, "all ten events were collected", 40_000);
    await until(async () => named(await site.events(), "page").length === 3, "all three page views were collected", 40_000);
    const counted = named(await site.events(), "Counted");
    assert.deepEqual(counted.map(({ properties }) => properties.place).sort((one, other) => one - other), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(new Set(counted.map(({ anonymousId }) => anonymousId)).size, 1);
    const status = await until(async () => {
      const now = await call(page, "status");
      return now.queued === 0 && now;
    }, "nothing waits any more", 40_000);
    assert.equal(status.dropped, 0);
    assert.equal(status.delivered, status.recorded);
  });
}
