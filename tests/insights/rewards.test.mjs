// Rewards as JavaScript calls them. That the numbers are right, tests/rewards.rs, reward_histories.rs and reward_laws.rs show.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkReferral, failure, settleRewards } from "./support/module.mjs";

const START = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const PROGRAM = {
  parameter: "ref",
  rewards: {
    currency: "EUR", holding_days: 30, budget: 10_000,
    rules: [
      { id: "cash", to: "advocate", kind: "percent", percent: 5 },
      { id: "group", to: "friend", kind: "tiers", tiers: [{ friends: 3, percent: 30 }] },
    ],
  },
};
const order = (id, friend, more) => ({ id, type: "conversion", advocate: "ADA", friend, time: START, amount: 9_999, currency: "EUR", ...more });

test("a history is settled", () => {
  const statement = settleRewards(PROGRAM, [order("b", "g", { time: new Date(START + 1).toISOString() }), order("a", "f")], { now: START + 30 * DAY });
  // 5 % of 99.99 are 4.9995, so 4.99; two friends are one too few.
  const line = { rule: "cash", conversion: "a", to: "advocate", who: "ADA", unit: "money", amount: 499, state: "approved", due: START + 30 * DAY, friends: 0, why: null };
  const group = { ...line, rule: "group", to: "friend", who: "f", amount: 0, state: "none", why: "tier" };
  assert.deepEqual(statement, {
    currency: "EUR",
    lines: [
      line, group,
      { ...line, conversion: "b", state: "held", due: START + 30 * DAY + 1 },
      { ...group, conversion: "b", who: "g", due: START + 30 * DAY + 1 },
    ],
    totals: [{ to: "advocate", who: "ADA", unit: "money", pending: 0, held: 499, approved: 499 }],
    spent: { money: 998, points: 0, days: 0 },
    budget: { money: 10_000, points: null, days: null },
    progress: [{ who: "ADA", rule: "group", friends: 2, needed: 1, present: null, next: { friends: 3, percent: 30 }, until: null, sentence: "1 more friend to 30 %" }],
    problems: [],
  });
});

test("it is now by default, and one person's if asked", () => {
  const history = [order("a", "f", { time: Date.now() }), order("b", "g", { advocate: "BOB" })];
  assert.deepEqual(settleRewards(PROGRAM, history, { advocate: "ADA" }).lines.map(({ who, state }) => [who, state]), [["ADA", "held"]]);
  assert.deepEqual(settleRewards(PROGRAM, history, { friend: "g" }).lines.map(({ who, why }) => [who, why]), [["g", "tier"]]);
  assert.deepEqual(settleRewards(PROGRAM, [], { advocate: "NEW" }).progress.map(({ sentence }) => sentence), ["3 more friends to 30 %"]);
});

test("amounts up to 2^53 are exact both ways", () => {
  const program = { rewards: { currency: "EUR", rules: [{ id: "all", to: "friend", kind: "percent", percent: 100 }] } };
  assert.equal(settleRewards(program, [order("a", "f", { amount: 2 ** 53 - 1 })]).spent.money, 2 ** 53 - 1);
});

test("mistakes are told, and the rest works", () => {
  const { lines, problems } = settleRewards({ rewards: { currency: "EUR", rules: [...PROGRAM.rewards.rules, { id: "up", to: "upline", kind: "points", amount: 1 }] } }, [order("a", "f"), { id: "x" }, order("y", "f", { amount: 1.5 })]);
  assert.equal(lines.length, 2);
  assert.deepEqual(problems.map(({ code, path }) => [code, path]), [
    ["pyramid", "$.referral.rewards.rules[2].to"],
    ["wrong-type", "$.history[1].type"],
    ["out-of-range", "$.history[2].amount"],
  ]);
  assert.deepEqual(failure(() => settleRewards(PROGRAM, "no list")), [true, "wrong-type", "history"]);
  assert.deepEqual(settleRewards(undefined, [order("a", "f")]).lines, []);
});

test("a whole program is checked", () => {
  assert.deepEqual(checkReferral(PROGRAM), []);
  const problems = checkReferral({ parameter: "a b", rewards: { rules: [{ id: "r", to: "advocate", on: "invite", kind: "points", amount: 1 }] } });
  assert.deepEqual(problems.map(({ code, path }) => [code, path]), [["wrong-type", "$.referral.parameter"], ["pyramid", "$.referral.rewards.rules[0].on"]]);
  assert.ok(problems[1].message.includes("pyramid selling"));
  assert.deepEqual(checkReferral([]).map(({ code, path }) => [code, path]), [["wrong-type", "$.referral"]]);
});
