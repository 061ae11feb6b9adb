// Where WebAssembly is refused, by a policy or by the browser, the page does all that it does elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started, stored, visible, watched } from "./support/privateer.mjs";
import { REFUSALS } from "./support/refusals.mjs";
import { startSite } from "./support/site.mjs";
import { fillForm } from "./support/trial_form.mjs";
import { until } from "./support/until.mjs";

const VISITOR = "privateer.visitor";

for (const [what, refusal] of Object.entries(REFUSALS)) {
  test(`${what}: known visitors see what they saw before, and keep their code`, async (t) => {
    const usual = await (await startSite(t)).open();
    const before = await seen(usual);
    const visitor = (await stored(usual))[VISITOR];
    const first = `${refusal.first ?? ""} localStorage.setItem("${VISITOR}", ${JSON.stringify(visitor)});`;
    const page = await (await startSite(t, { ...refusal, first })).open();
    assert.deepEqual(await seen(page), before);
    assert.deepEqual(before.hero, [before.decisions.find(({ key }) => key === "hero").value]);
  });

  test(`${what}: clicks and forms are scored and reach the collector, and the console stays silent`, async (t) => {
    const site = await startSite(t, refusal);
    const page = await site.open("/?utm_source=newsletter");
    await started(page);
    await page.click('[data-plan="crew"]');
    await fillForm(page);
    assert.equal((await call(page, "score")).total, 15 + 10 + 30 + 20, "plan, team plan, trial and size of site.json");
    const [chosen, identified] = await Promise.all([
      site.event(({ event }) => event === "Plan Chosen", "the chosen plan"),
      site.event(({ type }) => type === "identify", "the name of the visitor"),
    ]);
    assert.equal(chosen.properties.plan, "crew");
    assert.equal(chosen.context.campaign.source, "newsletter");
    assert.equal(identified.userId, "robin@example.com");
    await call(page, "flush");
    const { warnings, errors, uncaught } = await watched(page);
    assert.deepEqual({ warnings, errors, uncaught }, { warnings: [], errors: [], uncaught: [] });
  });

  test(`${what}: an event is stored before anything is sent, and outlives the page`, async (t) => {
    const site = await startSite(t, refusal);
    site.faults.always({ kind: "refuse" });
    const page = await site.open();
    await started(page);
    const kept = await page.evaluate(async () => {
      (await window.privateer).track("Kept", { place: 1 });
      return Object.values(localStorage).filter((value) => value.includes('"Kept"')).length;
    });
    assert.equal(kept, 1);
    site.faults.clear();
    await page.reload();
    await until(async () => named(await site.events(), "Kept").length > 0, "the collector has what the former page recorded", 40_000);
    await until(async () => (await call(page, "status")).queued === 0, "nothing waits any more", 40_000);
    assert.equal(named(await site.events(), "Kept").length, 1);
  });

  test(`${what}: the same QR codes are drawn, and the same text is too long`, async (t) => {
    const [usual, page] = [await (await startSite(t)).open(), await (await startSite(t, refusal)).open()];
    for (const text of ["https://example.com/?ref=THG5PFE7", "Grüße", "x".repeat(2_953), "x".repeat(2_954)]) {
      assert.deepEqual(await drawn(page, text), await drawn(usual, text));
    }
  });
}

test("where WebAssembly runs, the core as plain JavaScript is not asked for", async (t) => {
  const page = await (await startSite(t)).open();
  await started(page);
  const addresses = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.ok(addresses.includes("/pkg/privateer_bg.wasm"), addresses.join(" "));
  assert.deepEqual(addresses.filter((address) => address.endsWith("_plain.js")), []);
});

async function seen(page) {
  return { decisions: await call(page, "decideAll"), hero: await visible(page, "hero"), code: (await call(page, "referral")).code };
}

const drawn = (page, text) => page.evaluate(
  async (content) => (await window.privateer).qr(content).then((svg) => ({ svg }), ({ message, code }) => ({ message, code })),
  text,
);
