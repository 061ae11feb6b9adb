// Live scores in the page: what is done counts at once, lasts, and decides what is shown.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { call, named, started } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

/** The example site, scored by this model. */
const scoredBy = (scoring, more = {}) => ({
  site: (definition) => Object.assign(definition, more, { scoring }),
});

const MODEL = {
  rules: [
    { id: "pricing", label: "Looked at prices", event: "Pricing Viewed", points: 10, maximum: 30, decay: { half_life_days: 14 } },
    { id: "size", label: "A large company", attributes: { company_size: "201+" }, points: 40 },
    { id: "invited", event: "Invite Shared", points: 5 },
  ],
  grid: { fit: [70, 40], engagement: [50, 20] },
  thresholds: [{ id: "mql", at: 60, below: 40 }],
  stages: [{ id: "visitor", when: {} }, { id: "lead", when: { "score.total": { $gte: 20 } } }],
  triggers: [{ id: "pricing-thrice", event: "Pricing Viewed", at_least: 3, apart_minutes: 0, window_days: 7, once: true }],
};

/** As the exporter of scikit-learn's models writes it. */
const LOGISTIC = {
  privateer: "model", version: 1, trainer: "by hand", link: "logistic", base: -1,
  terms: [{ kind: "linear", feature: 0, weight: 0.5, mean: 0 }, { kind: "linear", feature: 1, weight: 2, mean: 0 }],
  features: [{ name: "views", kind: "number" }, { name: "team", kind: "number" }],
};

const view = (page, times = 1) => page.evaluate(async (times) => {
  for (let time = 0; time < times; time += 1) (await window.privateer).track("Pricing Viewed");
}, times);

test("a score has reasons, missing facts, a grade and what would raise it", async (t) => {
  const site = await startSite(t, scoredBy(MODEL));
  const page = await site.open();
  await started(page);
  const before = await call(page, "score");
  assert.deepEqual([before.total, before.fit, before.engagement, before.grade, before.missing], [0, null, 0, null, ["company_size"]]);
  assert.deepEqual(before.next.map(({ rule, points }) => [rule, points]), [["size", 40], ["pricing", 10], ["invited", 5]]);
  await view(page, 2);
  await page.evaluate(async () => (await window.privateer).attributes({ company_size: "201+" }));
  const after = await call(page, "score");
  assert.deepEqual([after.total, after.fit, after.engagement, after.grade, after.missing], [60, 40, 20, "B2", []]);
  assert.deepEqual(after.reasons.map(({ rule, axis, points, count }) => [rule, axis, points, count]), [["size", "fit", 40, 1], ["pricing", "engagement", 20, 2]]);
  assert.match(after.reasons[1].messageId, /^[0-9a-f-]{36}$/);
  assert.match(after.model, /^[0-9a-f]{16}$/);
  assert.deepEqual([after.thresholds, after.stage], [["mql"], "lead"]);
});

test("what was scored lasts over a reload, is known to other tabs, and goes with forget()", async (t) => {
  const site = await startSite(t, scoredBy(MODEL));
  const visitor = await site.visitor();
  const [page, other] = [await visitor.open(site.url), await visitor.open(site.url)];
  for (const tab of [page, other]) await started(tab);
  await view(page, 2);
  await until(async () => (await call(other, "score")).total === 20, "the score in the other tab");
  await page.goto(site.url);
  await started(page);
  const { total, reasons } = await call(page, "score");
  assert.equal(total, 20);
  await page.evaluate(async (id) => (await window.privateer).unscore(id), reasons[0].messageId);
  assert.equal((await call(page, "score")).total, 10, "what is not to count does not");
  await call(page, "forget");
  assert.equal((await call(page, "score")).total, 0);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("privateer.scored."))), []);
});

test("a threshold, a stage and a trigger are events once, callbacks, and decide in the same page view", async (t) => {
  const payload = { features: { offer: { defaultValue: "none", rules: [{ condition: { "score.triggers": { $elemMatch: { $eq: "pricing-thrice" } } }, force: "demo" }] } } };
  const site = await startSite(t, scoredBy(MODEL, { experiments: { payload } }));
  const page = await site.open();
  await started(page);
  await page.evaluate(async () => {
    window.heard = [];
    const privateer = await window.privateer;
    for (const what of ["threshold", "stage", "trigger"]) privateer.on(what, (which) => window.heard.push([what, which]));
  });
  assert.equal(await call(page, "flag", "offer", "?"), "none");
  await view(page, 2);
  assert.equal(await call(page, "flag", "offer", "?"), "none");
  await view(page, 1);
  assert.equal(await call(page, "flag", "offer", "?"), "demo");
  await view(page, 3);
  assert.deepEqual(await page.evaluate(() => window.heard), [["stage", "visitor"], ["stage", "lead"], ["trigger", "pricing-thrice"]], "also what came with the page");
  await call(page, "flush");
  const events = await site.events();
  assert.deepEqual(named(events, "Trigger Fired").map(({ properties }) => properties.trigger), ["pricing-thrice"]);
  assert.deepEqual(named(events, "Lifecycle Stage Entered").map(({ properties }) => [properties.from, properties.stage]), [[null, "visitor"], ["visitor", "lead"]]);
});

test("a site whose scoring cannot be loaded scores nobody, and all else works", async (t) => {
  const site = await startSite(t, { ...scoredBy(MODEL), instead: { "/pkg/scoring.wasm": { status: 404, body: "" } } });
  const page = await site.open();
  await started(page);
  await view(page, 2);
  assert.equal((await call(page, "score")).total, null);
  await call(page, "flush");
  assert.equal(named(await site.events(), "Pricing Viewed").length, 2);
});

test("while the visitor types nothing is due; a moment later it is", async (t) => {
  const site = await startSite(t, scoredBy(MODEL));
  const page = await site.open();
  await started(page);
  // With the last letter, in the same task: the driver may come later than a moment.
  await page.evaluate(async () => {
    const privateer = await window.privateer;
    document.querySelector('#trial-form input[type="email"]').addEventListener("input", ({ target }) => {
      if (target.value !== "rob") return;
      for (let time = 0; time < 3; time += 1) privateer.track("Pricing Viewed");
      window.fired = privateer.score().triggers.length;
    });
  });
  await page.type('#trial-form input[type="email"]', "rob");
  assert.equal(await page.evaluate(() => window.fired), 0);
  const fired = async () => (await call(page, "score")).triggers.length;
  await until(async () => (await fired()) === 1, "the trigger after the typing", 10_000);
});

test("a learned model is asked whenever what it asks about changes, and rules count what it says", async (t) => {
  const importer = await import(inRoot("pkg", "models", "models.js"));
  importer.initSync({ module: await readFile(inRoot("pkg", "models", "models_bg.wasm")) });
  // Log odds of -1 + 0.5 for each view + 2 for a team: 1 / (1 + e^1) = 0.2689, and 0.5 with two views.
  const body = Buffer.from(importer.importModel(JSON.stringify(LOGISTIC)));
  const scoring = {
    ...MODEL, triggers: [],
    rules: [...MODEL.rules, { id: "likely", attributes: {}, of: "score.learned.trial.value", points: 10 }],
    learned: [{ id: "trial", url: "/trial.model", attributes: { views: "score.rules.pricing" } }, { id: "gone", url: "/gone.model" }],
  };
  const site = await startSite(t, { ...scoredBy(scoring), instead: { "/trial.model": { type: "application/octet-stream", body } } });
  const page = await site.open();
  await started(page);
  const said = async () => (await call(page, "score")).learned?.trial;
  await page.evaluate(async () => (await window.privateer).attributes({ team: 0 }));
  await until(async () => Math.abs((await said())?.value - 1 / (1 + Math.E)) < 1e-12, "the answer of the model");
  await view(page, 2);
  await until(async () => (await said()).value === 0.5, "another answer after two views");
  const { reasons, learned } = await call(page, "score");
  assert.equal(reasons.find(({ rule }) => rule === "likely").points, 5);
  assert.deepEqual(learned.trial.reasons, [{ name: "views", contribution: 1 }]);
  assert.equal(Object.keys(learned).length, 1, "the one that cannot be fetched is left out");
});
