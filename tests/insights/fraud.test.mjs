// Referrals that look like fraud, as JavaScript asks for them. That the verdicts are right, tests/referral_fraud.rs shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoSquare } from "./support/growth.mjs";
import { failure, judgeReferrals, normalEmail } from "./support/module.mjs";

const judge = (referral, rules, lists) => judgeReferrals([referral], rules, lists).verdicts[0];
const ids = (verdict) => verdict.reasons.map(({ id }) => id);

// Everything that can be known, and nothing of it suspicious.
const HONEST = {
  advocate: { id: "ann", email: "ann@gmail.com", name: "Ann Example", device: "d1" },
  friend: { id: 7, email: "ben@gmail.com", name: "Ben Specimen", device: "d2" },
  touched: 0, signed_up: 180_000, converted: 540_000, customer: false, repeat: false,
  bot: false, preview: false, prefetch: false, webdriver: false, same_ip: false, same_payment: false, facts: [],
};
const LISTS = { disposable: (domain) => domain === "throwaway.example" };

test("an honest referral has no reasons, and nothing of it is unknown", () => {
  assert.deepEqual(judge(HONEST, null, LISTS), { score: 0, level: "low", flagged: false, reasons: [], unknown: [] });
});

test("what is not known counts nothing and is told", () => {
  const verdict = judge({});
  assert.deepEqual([verdict.score, verdict.flagged, verdict.unknown.length], [0, false, 19]);
  assert.deepEqual(judge({ advocate: null, friend: { id: undefined, email: null }, facts: null }), verdict);
});

// One thing that is not honest, and the signal that shows it.
const SUSPICIOUS = {
  same_id: { friend: { ...HONEST.friend, id: "ann" } },
  same_email: { friend: { ...HONEST.friend, email: "A.N.N+new@googlemail.com" } },
  numbered_email: { friend: { ...HONEST.friend, email: "ann2@gmail.com" } },
  disposable_email: { friend: { ...HONEST.friend, email: "ben@mx.throwaway.example" } },
  similar_name: { friend: { ...HONEST.friend, name: "Example, Ann" } },
  same_device: { friend: { ...HONEST.friend, device: "d1" } },
  too_fast: { signed_up: 9_999 },
  existing_customer: { customer: true },
  bot: { bot: null, user_agent: "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" },
  preview: { preview: true },
  prefetch: { prefetch: true },
  webdriver: { webdriver: true },
  same_ip: { same_ip: true },
  same_payment: { same_payment: true },
};

for (const [id, change] of Object.entries(SUSPICIOUS)) {
  test(`one signal alone: ${id}`, () => {
    const verdict = judge({ ...HONEST, ...change }, null, LISTS);
    assert.deepEqual([ids(verdict), verdict.unknown], [[id], []]);
    assert.equal(verdict.score, verdict.reasons[0].points);
    assert.match(verdict.reasons[0].label, /^[A-Z].*\.$/);
  });
}

test("an equal network address flags and is medium, and there is no word for blocking", () => {
  const verdict = judge({ same_ip: true });
  assert.deepEqual([verdict.score, verdict.level, verdict.flagged], [40, "medium", true]);
  assert.doesNotMatch(JSON.stringify(judgeReferrals([SUSPICIOUS.same_id, {}])), /block/i);
});

test("bursts and rings are seen among the referrals that are given", () => {
  const came = (advocate, friend, signed_up) => ({ advocate: { id: advocate }, friend: { id: friend }, signed_up });
  const burst = Array.from({ length: 6 }, (_, minute) => came("ann", `f${minute}`, minute * 60_000));
  const { verdicts } = judgeReferrals([...burst, came("ben", "cy", 0), came("cy", "ben", 0)]);
  assert.deepEqual(verdicts.map(ids), [...burst.map(() => ["many_in_hour"]), ["ring", "mutual"], ["ring", "mutual"]]);
  assert.equal(verdicts[0].reasons[0].evidence, "6 friends");
  assert.deepEqual(ids(judgeReferrals(burst.slice(1)).verdicts[0]), []);
});

test("what a server knows is added", () => {
  const verdict = judge({ facts: [{ id: "chargeback", label: "The card's owner objected.", points: 50, evidence: "case 3" }, { id: "more", points: 500 }] });
  assert.deepEqual(ids(verdict), ["more", "chargeback"]);
  assert.deepEqual(verdict.reasons[1], { id: "chargeback", label: "The card's owner objected.", points: 50, evidence: "case 3" });
  assert.equal(verdict.score, 100);
});

test("rules hold, and mistakes in them are problems", () => {
  const rules = { medium: 10, high: 20, points: { same_ip: 15, webdriver: 0 } };
  assert.deepEqual([judge({ same_ip: true, webdriver: true }, rules)].map(({ score, level }) => [score, level]), [[15, "medium"]]);
  const { problems, verdicts } = judgeReferrals([{ same_ip: true }], { per_hour: "many", points: { same_isp: 3 } });
  assert.deepEqual(problems.map(({ code, path }) => [code, path]), [
    ["unknown-word", "$.referral.fraud.points.same_isp"], ["wrong-type", "$.referral.fraud.per_hour"],
  ]);
  assert.equal(verdicts[0].score, 40);
});

test("lists are functions, asked for each domain and those above it; what they throw is thrown", () => {
  const asked = [];
  const mail = (email) => ({ advocate: { email: "ann@own.example" }, friend: { email } });
  judge(mail("ben@a.b.example"), null, { disposable: (domain) => void asked.push(domain) });
  assert.deepEqual(asked, ["a.b.example", "b.example"]);
  assert.deepEqual(ids(judge(mail("ben@own.example"))), ["same_domain"]);
  assert.deepEqual(ids(judge(mail("ben@own.example"), null, { public: () => true })), []);
  assert.throws(() => judge(mail("ben@own.example"), null, { public: () => { throw new RangeError("no list"); } }), RangeError);
  assert.ok(judge(mail("ben@own.example"), null, { disposable: "no function" }).unknown.includes("disposable_email"));
});

test("what is no referral is an error that says where", () => {
  assert.deepEqual(failure(() => judgeReferrals("no list")), [true, "wrong-type", "referrals"]);
  assert.deepEqual(failure(() => judgeReferrals([{}, 3])), [true, "wrong-type", "referrals[1]"]);
  assert.deepEqual(failure(() => judgeReferrals([{ friend: { email: {} } }])), [true, "wrong-type", "referrals[0].friend.email"]);
  assert.deepEqual(failure(() => judgeReferrals([{ friend: "ben" }])), [true, "wrong-type", "referrals[0].friend"]);
  assert.deepEqual(failure(() => judgeReferrals([{ signed_up: new Date() }])), [true, "wrong-type", "referrals[0].signed_up"]);
  assert.deepEqual(failure(() => judgeReferrals([{ same_ip: "yes" }])), [true, "wrong-type", "referrals[0].same_ip"]);
  assert.deepEqual(failure(() => judgeReferrals([{ facts: [{ id: "x" }] }])), [true, "wrong-type", "referrals[0].facts[0]"]);
});

test("normalEmail, by the engine's own URL standard", () => {
  assert.equal(normalEmail(" A.N.N+x@GoogleMail.com "), "ann@gmail.com");
  assert.equal(normalEmail("ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ"), "ann@example.com");
  assert.equal(normalEmail("ann@例え。テスト"), "ann@xn--r8jz45g.xn--zckzah"); // IANA's test domain
  assert.equal(normalEmail("ann@localhost"), undefined);
});

test("a burst of 50,000 among 100,000", () => {
  const burst = (size) => Array.from({ length: size }, (_, place) => ({
    advocate: { id: place < size / 2 ? `u${place % 7}` : "one", email: `u${place}@own${place % 999}.example`, name: "Ann Example" },
    friend: { id: `v${place}`, email: `v${place}@own${place % 999}.example`, name: "Ben Specimen" },
    touched: 0, signed_up: place % 1_000,
  }));
  assertNoSquare(100_000, burst, (all) => {
    const { verdicts } = judgeReferrals(all, null, LISTS);
    assert.ok(verdicts.at(-1).reasons.some(({ evidence }) => evidence === `${all.length / 2} friends`), JSON.stringify(verdicts.at(-1)));
  });
});

// A recursion would overflow.
test("a ring of 100,000", () => {
  const ring = (size) => Array.from({ length: size }, (_, place) => ({
    advocate: { id: place, email: `u${place}@own${place % 999}.example`, name: "Ann Example" },
    friend: { id: (place + 1) % size, email: `v${place}@own${place % 999}.example`, name: "Ben Specimen" },
    touched: 0, signed_up: place,
  }));
  assertNoSquare(100_000, ring, (all) => {
    const { verdicts } = judgeReferrals(all, null, LISTS);
    assert.equal(verdicts.at(-1).reasons[0].evidence, `${all.length} people`);
  });
});
