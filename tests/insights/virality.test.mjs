// What referrals come to, as JavaScript asks it. That the numbers are right, tests/virality.rs shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoSquare } from "./support/growth.mjs";
import {
  costPerReferred, failure, kFactor, leaderboard, near, projectReferrals, referralTree, viralCycleTime, waitlist,
} from "./support/module.mjs";

const record = (advocate, friend, time) => ({ advocate, friend, time, verified: true });

test("kFactor", () => {
  const found = kFactor({ users: 10, invites: 20, friends: [2, 1, 1] });
  assert.deepEqual([found.k, found.invites_per_user, found.conversion.rate], [0.4, 2, 0.2]);
  near(found.dispersion, 4.4 / 9 / 0.4); // (6 - 10 · 0.16) / 9 over 0.4
  assert.ok(found.low > 0 && found.low < 0.4 && found.high > 0.4);
  assert.equal(kFactor({ users: 10, friends: [] }).conversion, null);
  near(kFactor({ users: 10, friends: [] }).high, 1.959963984540054 ** 2 / 10);
  const wider = kFactor({ users: 10, friends: [2, 1, 1] }, 0.99);
  assert.ok(wider.low < found.low && wider.high > found.high);
  assert.deepEqual(failure(() => kFactor({ users: 0, friends: [] })), [true, "empty", "counts.users"]);
  assert.deepEqual(failure(() => kFactor({ users: 2, friends: [1.5] })), [true, "wrong-type", "counts.friends"]);
  assert.deepEqual(failure(() => kFactor({ users: "2", friends: [1] })), [true, "wrong-type", "counts.users"]);
  assert.deepEqual(failure(() => kFactor([])), [true, "wrong-type", "counts"]);
  assert.deepEqual(failure(() => kFactor({ users: 2, friends: [1] }, 1)), [true, "confidence-out-of-range", "$.confidence"]);
});

test("viralCycleTime", () => {
  const records = [record("ann", "ben", 5), record("ben", "cy", 7), record("dee", "eve", 8)];
  const found = { mean: 3.5, median: 3.5, friends: 2, unknown: 1, impossible: 0, open: 0 };
  assert.deepEqual(viralCycleTime(records, { joined: { ann: 0 } }), found);
  assert.deepEqual(viralCycleTime(records, { joined: { ann: 0 }, span: 3, until: 9 }), { ...found, mean: 2, median: 2, friends: 1, open: 1 });
  assert.deepEqual(viralCycleTime([]), { ...found, mean: null, median: null, friends: 0, unknown: 0 });
  assert.deepEqual(failure(() => viralCycleTime([record("ann", "ben", "soon")])), [true, "wrong-type", "referrals[0].time"]);
});

test("projectReferrals", () => {
  // The published example: 100, 150, 175, … 196.9, 199.9, and 200 in the end.
  const { totals, limit } = projectReferrals({ start: 100, k: 0.5, cycle: 2, times: [0, 2, 4, 10, 20] });
  assert.deepEqual([totals.map((total) => Math.round(total * 10) / 10), limit], [[100, 150, 175, 196.9, 199.9], 200]);
  assert.deepEqual(projectReferrals({ start: 10, k: 1, cycle: 2, times: [5, -1] }), { totals: [35, null], limit: null });
  assert.deepEqual(projectReferrals({ start: 1, k: 10, cycle: 1, times: [1e4] }).totals, [null]);
  assert.deepEqual(failure(() => projectReferrals({ start: 1, k: -1, cycle: 1, times: [] })), [true, "out-of-range", "projection.k"]);
  assert.deepEqual(failure(() => projectReferrals({ start: 1, k: 1, times: [] })), [true, "out-of-range", "projection.cycle"]);
});

test("referralTree", () => {
  const records = [record("ann", "ben", 1), record("ben", 7, 2), record(7, "ann", 3), record("eve", "ben", 4), record("ann", "ann", 5), { friend: "x" }];
  const { generations, members, cut } = referralTree(records);
  assert.deepEqual(generations, [2, 1, 1]);
  assert.deepEqual(members, [
    { id: "ann", advocate: null, generation: 0, friends: 1, descendants: 2 },
    { id: "ben", advocate: "ann", generation: 1, friends: 1, descendants: 1 },
    { id: "7", advocate: "ben", generation: 2, friends: 0, descendants: 0 },
    { id: "eve", advocate: null, generation: 0, friends: 0, descendants: 0 },
  ]);
  assert.deepEqual(cut, [
    { record: 2, why: "ring" }, { record: 3, why: "repeated" }, { record: 4, why: "oneself" }, { record: 5, why: "nobody" },
  ]);
  assert.deepEqual(failure(() => referralTree("no list")), [true, "wrong-type", "referrals"]);
  assert.deepEqual(failure(() => referralTree([record("a", "b"), null])), [true, "wrong-type", "referrals[1]"]);
  const loop = [];
  loop.push(loop);
  assert.deepEqual(failure(() => referralTree(loop)), [true, "wrong-type", "referrals"]);
});

test("leaderboard", () => {
  const records = [record("ann", "f1", 1), record("ben", "f2", 2), record("ben", "f3", 3), record("ann", "f4", 4), { ...record("cy", "f5", 5), verified: false }];
  const board = [{ rank: 1, advocate: "ben", verified: 2, reached: 3 }, { rank: 2, advocate: "ann", verified: 2, reached: 4 }];
  assert.deepEqual(leaderboard(records), board);
  assert.deepEqual(leaderboard(records.toReversed?.() ?? [...records].reverse(), 1), board.slice(0, 1));
  assert.deepEqual(leaderboard([]), []);
});

test("waitlist", () => {
  const people = [{ id: "ann", joined: 1 }, { id: "ben", joined: 2, points: 3 }, { id: "cy", joined: 3 }];
  assert.deepEqual(waitlist(people, [record("cy", "f1", 4)], 5), [
    { position: 1, id: "cy", points: 5, friends: 1, moved: 2 },
    { position: 2, id: "ben", points: 3, friends: 0, moved: 0 },
    { position: 3, id: "ann", points: 0, friends: 0, moved: -2 },
  ]);
  assert.deepEqual(waitlist(people).map(({ id }) => id), ["ben", "ann", "cy"]);
  assert.deepEqual(failure(() => waitlist([{ joined: 1 }])), [true, "wrong-type", "waiting[0].id"]);
});

test("costPerReferred", () => {
  assert.equal(costPerReferred({ rewards: 12_000, other: 3_000, customers: 8 }), 1_875);
  assert.equal(costPerReferred({ rewards: 12_000, customers: 0 }), null);
  assert.deepEqual(failure(() => costPerReferred({ rewards: 0.5, customers: 1 })), [true, "wrong-type", "costs.rewards"]);
  assert.deepEqual(failure(() => costPerReferred({ rewards: 1, customers: -1 })), [true, "wrong-type", "costs.customers"]);
});

// A recursion would overflow.
test("a chain of 100,000", () => {
  const chain = (size) => Array.from({ length: size }, (_, place) => record(`u${place}`, `u${place + 1}`, size - place));
  assertNoSquare(100_000, chain, (records) => {
    assert.equal(referralTree(records).generations.length, records.length + 1);
    assert.equal(leaderboard(records, 3).length, 3);
  });
});
