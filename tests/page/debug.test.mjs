// Debug mode: events are checked against the tracking plan, and what is wrong is among the problems. Nothing is held back because of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { quiet, settled } from "./support/ledger.mjs";
import { ownStart } from "./support/own_start.mjs";
import { call, started, watched } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";

const PLAN = { rules: { events: [{
  name: "Plan Chosen",
  rules: { type: "object", properties: { properties: { type: "object", required: ["plan"], properties: { plan: { enum: ["solo", "crew"] }, seats: { type: "number" } } } } },
}] } };

const planned = (tracking = {}) => (definition) => Object.assign(definition.tracking, { plan: PLAN, ...tracking });
const about = ({ code, path }) => `${code} ${path}`;

/** A page in debug mode that tracks these events, and what it has to say of them once they are sent. */
async function problemsOf(t, events, { debug = true, ...change }) {
  const site = await startQuick(t, { ...ownStart(`debug: ${debug}`), ...change });
  const page = await site.open();
  await started(page);
  for (const [name, properties] of events) await call(page, "track", name, properties);
  await call(page, "flush");
  return { site, page, problems: await call(page, "problems") };
}

test("an event that breaks the plan is among the problems, with what is wrong and where, and is sent all the same", async (t) => {
  const { site, page, problems } = await problemsOf(t, [["Plan Chosen", { seats: "seven" }]], { site: planned() });
  assert.deepEqual(problems.map(about).sort(), ["datatype-mismatch $.properties.seats", "required-missing $.properties.plan"]);
  for (const { message } of problems) assert.match(message, /^"Plan Chosen" at \$\.properties\.(plan|seats): /);
  const { properties } = await site.event(({ event }) => event === "Plan Chosen", "the event");
  assert.deepEqual(properties, { seats: "seven" });
  await settled(page);
});

test("an event that keeps the plan is no problem", async (t) => {
  const { problems } = await problemsOf(t, [["Plan Chosen", { plan: "crew", seats: 7 }]], { site: planned() });
  assert.deepEqual(problems, []);
});

test("an event that the plan does not name is a problem, unless the site wants that", async (t) => {
  const { problems } = await problemsOf(t, [["Unheard Of", {}]], { site: planned() });
  assert.deepEqual(problems.map(about), ["unplanned-event $.event"]);
  assert.deepEqual((await problemsOf(t, [["Unheard Of", {}]], { site: planned({ unplanned: false }) })).problems, []);
});

test("a plan may be loaded from its address", async (t) => {
  const change = { site: planned({ plan: "/plan.json" }), scripts: { "/plan.json": JSON.stringify(PLAN), ...ownStart("debug: true").scripts } };
  const { problems } = await problemsOf(t, [["Plan Chosen", {}]], change);
  assert.deepEqual(problems.map(about), ["required-missing $.properties.plan"]);
});

test("a plan that does not come is the only problem, and events are sent", async (t) => {
  const { site, problems } = await problemsOf(t, [["Plan Chosen", {}]], { site: planned({ plan: "/missing.json" }) });
  assert.deepEqual(problems.map(about), ["no-plan $.tracking.plan"]);
  await site.event(({ event }) => event === "Plan Chosen", "the event");
});

test("without debug nothing is checked, and neither the plan nor what checks it is loaded", async (t) => {
  const { page, problems } = await problemsOf(t, [["Plan Chosen", {}]], { debug: false, site: planned({ plan: "/plan.json" }) });
  assert.deepEqual(problems, []);
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.deepEqual(loaded.filter((path) => /plan/.test(path)), []);
});

test("what is wrong with an event is known as soon as it is stored, in the console, too, though the collector is away", async (t) => {
  const site = await startQuick(t, { ...ownStart("debug: true"), site: planned() });
  site.faults.always({ kind: "refuse" });
  const page = await site.open();
  const problems = await page.evaluate(async () => {
    const privateer = await window.privateer;
    privateer.track("Plan Chosen", {});
    return privateer.problems();
  });
  assert.deepEqual(problems.map(about), ["required-missing $.properties.plan"]);
  const [warning, ...more] = (await watched(page)).warnings.filter((words) => !words.includes("did not answer"));
  assert.match(warning, /^privateer: "Plan Chosen" at \$\.properties\.plan: /);
  assert.deepEqual(more, []);
});

test("what is wrong with an event is told once, however often it is sent", async (t) => {
  const site = await startQuick(t, { ...ownStart("debug: true"), site: planned() });
  site.faults.once({ kind: "respond", status: 503 }, { kind: "respond", status: 503 });
  const page = await site.open();
  await started(page);
  await call(page, "track", "Plan Chosen", {});
  await site.event(({ event }) => event === "Plan Chosen", "the event");
  await quiet(site);
  assert.deepEqual((await call(page, "problems")).map(about), ["required-missing $.properties.plan"]);
});
