// Where customers stand, as JavaScript asks it. That the rules are right, tests/growth.rs and tests/growth_alive.rs show.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import {
  lifecycle,
  churnAlarm, customerActivity, customerHealth, customerOutlook, customerSilence, failure, featureBreadth, fitBgNbd, localDays, longestStreak,
  near, netPromoterScore, nextFields, reachedInARow, reachedWithin, rfm, scaledFigure, tierStanding,
} from "./support/module.mjs";

test("rfm", () => {
  const scores = rfm([{ recency: 90, frequency: 1, monetary: 20 }, { recency: 2, frequency: 9, monetary: 900 }]);
  assert.deepEqual(scores, [{ r: 1, f: 1, m: 1, fm: 1, segment: "lost" }, { r: 3, f: 3, m: 3, fm: 3, segment: "need-attention" }]);
  assert.deepEqual(rfm([]), []);
  assert.deepEqual(failure(() => rfm([{ recency: 1 }])), [true, "wrong-type", "customers"]);
});

test("customerHealth and scaledFigure", () => {
  const parts = [[40, 90], [30, 80], [20, null], [10, undefined]].map(([weight, score]) => ({ weight, score }));
  assert.deepEqual(customerHealth(parts), { score: 6000 / 70, known: 0.7 });
  assert.equal(customerHealth([]), null);
  assert.deepEqual([scaledFigure(15, 0, 20), scaledFigure(6, 10, 0), scaledFigure(1, 2, 2)], [75, 40, null]);
});

test("customerActivity and churnAlarm", () => {
  const activity = customerActivity({ since: 0, key: [5, 20, 25, 50], value: [40], other: [55] }, 56);
  assert.deepEqual(activity, { before: [3, 28], now: [1, 28], weeks_without_value: 2, idle_days: 1 });
  assert.equal(churnAlarm(activity), 2);
  const fell = (before, now) => churnAlarm({ before: [before, 28], now: [now, 28], weeks_without_value: 0, idle_days: 0 });
  assert.deepEqual([fell(3, 2), fell(30, 12)], [0, 1]);
  assert.equal(churnAlarm({ ...activity, idle_days: 10 }, { idle_days: 7 }), 3, "one limit alone may be given");
  assert.deepEqual(failure(() => churnAlarm({})), [true, "wrong-type", "activity"]);
});

test("customerSilence", () => {
  const purchases = [0, 60, 120, 180];
  const calm = customerSilence(purchases, 280);
  near(calm.chance, (1 + 100 / 180) ** -3);
  assert.deepEqual({ ...calm, chance: 0 }, { state: "calm", silence: 100, gap: 60, chance: 0 });
  assert.equal(customerSilence(purchases, 430).state, "alarm");
  assert.equal(customerSilence(purchases, 430, { times: 5 }).state, "calm");
  assert.deepEqual(customerSilence([0], 430), { state: "unknown", missing: "gaps" });
  const model = { r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258 };
  assert.equal(customerSilence([0, 1.71], 38.86, { model }).state, "alarm");
  assert.equal(customerSilence([0, 1.71], 38.86, { model, below: 0.2 }).state, "calm");
  assert.deepEqual(failure(() => customerSilence([0], 1, { times: -1 })), [true, "out-of-range", "patience"]);
});

test("fitBgNbd and customerOutlook", () => {
  const lines = readFileSync(inRoot("tests", "data", "growth", "cdnow_daily.csv"), "utf8").trim().split("\n").slice(1);
  const customers = lines.map((line) => line.split(",").map(Number)).map(([, repeats, last, age]) => ({ repeats, last: last / 7, age: age / 7 }));
  const { cdnow } = JSON.parse(readFileSync(inRoot("tests", "data", "growth", "bg_nbd.json"), "utf8"));
  const found = fitBgNbd(customers);
  for (const name of ["r", "alpha", "a", "b"]) near(found.model[name], cdnow[name], 1e-5 * cdnow[name]);
  near(found.log_likelihood, cdnow.log_likelihood, 1e-7);
  assert.equal(found.customers, 2357);
  const [once, twice] = customerOutlook(found.model, [{ repeats: 0, last: 0, age: 38.86 }, { repeats: 2, last: 30.43, age: 38.86 }], 39);
  assert.equal(once.p_alive, 1);
  near(twice.p_alive, 0.7266, 1e-4);
  near(twice.expected, 1.2259, 1e-3);
  assert.deepEqual(failure(() => fitBgNbd([])), [true, "empty", "customers"]);
  assert.deepEqual(failure(() => customerOutlook(found.model, [{ repeats: 1, last: 3, age: 2 }], 1)), [true, "impossible", "customers[0]"]);
  assert.deepEqual(failure(() => customerOutlook({ ...found.model, a: 0 }, [], 1)), [true, "out-of-range", "model"]);
});

test("netPromoterScore", () => {
  const found = netPromoterScore([10, 10, 9, 9, 9, 8, 7, 7, 6, 0]);
  assert.deepEqual([found.promoters, found.passives, found.detractors, found.score], [5, 3, 2, 30]);
  near(found.low, -21.9131, 1e-4);
  assert.equal(netPromoterScore([]), null);
  assert.deepEqual(failure(() => netPromoterScore([1], 1)), [true, "confidence-out-of-range", "$.confidence"]);
});

test("tierStanding", () => {
  const programme = { from: [100, 500], expires: 365, holds: 90 };
  const earned = [{ time: 0, points: 120 }];
  assert.deepEqual(tierStanding(programme, earned, 10), { points: 120, tier: 0, to_next: 380 });
  assert.deepEqual(tierStanding(programme, earned, 460), { points: 0, tier: null, to_next: 100 });
  assert.equal(tierStanding({ ...programme, expires: Infinity }, earned, 1e6).tier, 0);
});

test("nextFields", () => {
  const fields = [{ name: "size", order: 3, after: "company" }, { name: "email", order: 1 }, { name: "company", order: 2 }];
  assert.deepEqual(nextFields(fields), ["email"]);
  assert.deepEqual(nextFields(fields, { known: ["email", "company"], most: 2 }), ["size"]);
  assert.deepEqual(nextFields(fields, { known: ["email"], asked: ["company", "company", "company"], most: 2 }), []);
});

test("reachedWithin, reachedInARow, longestStreak and featureBreadth", () => {
  const goal = { beginning: 0, times: 2, span: 30, now: 90 };
  assert.deepEqual(reachedWithin([3, 29], goal), { state: "reached", at: 29 });
  assert.deepEqual([reachedWithin([3], goal).state, reachedWithin([3], { ...goal, now: 10 }).state], ["not", "open"]);
  const used = [0, 1, 2, 3, 4, 7, 8].map((day) => 20_514 + day);
  const row = { first: 20_514, length: 7, span: 30, today: 20_560 };
  assert.deepEqual(reachedInARow(used, { ...row, business_days: true }), { state: "reached", at: 20_522 });
  assert.deepEqual(reachedInARow(used, row), { state: "not", at: null });
  assert.deepEqual([longestStreak(used), longestStreak(used, true)], [5, 7]);
  assert.equal(featureBreadth([["board", 1], ["reports", 8], ["board", 9]].map(([module, time]) => ({ module, time })), 7, 10), 2);
});

test("localDays: the user's days, also where clocks change", () => {
  const moments = ["2026-03-28T22:30:00Z", "2026-03-28T23:30:00Z", "2026-03-29T22:30:00Z", "1969-12-31T23:30:00Z"].map(Date.parse);
  const day = (text) => Date.parse(text) / 86_400_000;
  assert.deepEqual([...localDays(moments, "Europe/Berlin")], ["2026-03-28", "2026-03-29", "2026-03-30", "1970-01-01"].map(day));
  assert.deepEqual([...localDays(moments.slice(0, 2), -300)], ["2026-03-28", "2026-03-28"].map(day));
  assert.deepEqual(failure(() => localDays(moments, "Mars/Olympus")), [true, "unknown-zone", "zone"]);
  assert.deepEqual(failure(() => localDays([NaN], "UTC")), [true, "not-finite", "times"]);
});

test("lifecycle", () => {
  for (const [name, last] of [["growth", "decline"], ["loop", "refer"], ["journey", "churn"], ["activity", "lost"]]) {
    assert.equal(JSON.parse(lifecycle(name)).stages.at(-1).id, last);
  }
  assert.equal(lifecycle("another"), undefined);
});
