// Scoring many leads, as JavaScript calls it. That the numbers are right, tests/leads.rs and tests/scoring_rules.rs show.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Leads, failure } from "./support/module.mjs";

const MODEL = { rules: [{ id: "seen", label: "Seen", event: "Seen", points: 10 }, { id: "large", attributes: { size: { $gte: 50 } }, points: 40 }], grid: { fit: [40, 20], engagement: [20, 10] } };
const seen = (messageId, anonymousId, more) => ({ type: "track", event: "Seen", messageId, anonymousId, timestamp: "2026-03-01T09:05:00.250Z", properties: {}, ...more });

test("messages and lines are taken, and leads scored", () => {
  const leads = new Leads();
  leads.take([seen("1", "ann"), seen("2", "ann", { userId: "u" }), null]);
  leads.takeLines('{"userId":"u","traits":{"size":60}}\nnonsense\n');
  assert.deepEqual([leads.length, leads.skipped], [1, 2]);
  const { leads: [lead], problems } = leads.score(JSON.stringify(MODEL));
  assert.deepEqual(problems, []);
  assert.deepEqual(lead, {
    id: "u", total: 60, fit: 40, engagement: 20, value: null, grade: "A1", disqualified: false, converted: false,
    reasons: [
      { rule: "large", label: "large", axis: "fit", points: 40, count: 1 },
      { rule: "seen", label: "Seen", axis: "engagement", points: 20, count: 2 },
    ],
  });
  assert.deepEqual([...leads.totals(JSON.stringify(MODEL))], [60]);
  assert.deepEqual([...leads.totals('{"rules":[]}')], [NaN]);
  leads.free();
});

test("a goal, a time and a range", () => {
  const leads = new Leads();
  for (const who of ["a", "b", "c"]) leads.take([seen(who, who)]);
  leads.take([seen("d", "a", { event: "Bought", timestamp: "2026-03-02T09:05:00.250Z" })]);
  const model = JSON.stringify(MODEL);
  assert.deepEqual(leads.score(model, { goal: "Bought" }).leads.map(({ converted }) => converted), [true, false, false]);
  assert.deepEqual(leads.score(model, { from: 1, to: 2 }).leads.map(({ id }) => id), ["b"]);
  assert.deepEqual(leads.score(model, { now: Date.UTC(2026, 1, 1) }).leads.map(({ total }) => total), [0, 0, 0]);
  leads.free();
});

test("mistakes have a code and a place, and the rest of a model works", () => {
  const leads = new Leads();
  leads.take([seen("1", "ann")]);
  const { leads: [lead], problems } = leads.score('{"rules":[{"id":"x","event":"Seen"},{"id":"y","event":"Seen","points":3}]}');
  assert.deepEqual([lead.total, problems.map(({ code, path }) => [code, path])], [3, [["wrong-type", "$.scoring.rules[0].points"]]]);
  assert.equal(failure(() => leads.score("{"))[0], true);
  assert.deepEqual(failure(() => leads.take("no list")), [true, "wrong-type", "messages"]);
  leads.free();
});
