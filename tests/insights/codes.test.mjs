// Referral codes, as JavaScript asks for them. That their arithmetic is right, tests/referral_codes.rs shows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { blockedWords } from "../../scripts/build/blocked_words.mjs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { ReferralCodes, failure, near } from "./support/module.mjs";

const BLOCKED = (await blockedWords()).join(" ").toLowerCase();
const codesOf = (section, words = "", secret) => new ReferralCodes(section, "neighbours", words, secret);

test("codes are made, told and repaired", () => {
  const codes = codesOf({ alphabet: "crockford", prefix: "ADA-" }, BLOCKED);
  assert.deepEqual([codes.length, codes.alphabet, codes.hasCheck, codes.space, codes.capacity, codes.problems], [8, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", true, 32 ** 7, 32 ** 6, []]);
  const made = codes.make(5_000);
  assert.equal(new Set(made).size, 5_000);
  for (const code of made) {
    assert.match(code, /^ADA-[0-9A-HJKMNP-TV-Z]{8}$/);
    const typed = ` ${code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replace("-", "")} `;
    assert.deepEqual([codes.normalise(typed), codes.verify(typed), codes.isBlocked(code)], [code, true, false]);
  }
  assert.deepEqual([codes.normalise("ADA-1"), codes.verify(""), codes.make(0), codes.make(1).length], [undefined, false, [], 1]);
  codes.free();
});

test("ids and counters have codes, and codes their ids", () => {
  const codes = codesOf({}, BLOCKED, "of the server");
  assert.deepEqual(codes.many(4_700, 20), Array.from({ length: 20 }, (_, place) => codes.sequential(4_700 + place)));
  assert.equal(codes.derive("4711"), codes.sequential(4_711));
  assert.notEqual(codes.derive("4711"), codesOf({}, BLOCKED).derive("4711"));
  for (const id of ["0", "4711", "887503680", "0190163d-8694-739b-aea5-966c26f8ad91"]) assert.equal(codes.idOf(codes.derive(id)), id);
  assert.equal(codes.idOf("no code"), undefined);
  assert.deepEqual(failure(() => codes.derive("ada@example.com")), [true, "unplaceable-id", ""]);
  assert.deepEqual(failure(() => codes.sequential(887_503_681)), [true, "out-of-range", ""]);
  for (const counter of [-1, 0.5, NaN, 2 ** 53]) assert.deepEqual(failure(() => codes.sequential(counter)), [true, "out-of-range", "counter"]);
  assert.deepEqual([codes.many(0, 0), failure(() => codes.many(887_503_680, 2))], [[], [true, "out-of-range", ""]]);
});

// Seven characters without the check character make 31⁶ codes: a bit for each of them.
test("ten million derived codes do not clash", { timeout: 120_000 }, () => {
  const codes = codesOf({ length: 7, kind: "derived", expected: 10_000_000 }, BLOCKED);
  const digit = new Uint8Array(128);
  [...codes.alphabet].forEach((letter, place) => (digit[letter.charCodeAt(0)] = place));
  const seen = new Uint32Array(31 ** 6 / 32 + 1);
  let clashes = 0;
  for (let from = 0; from < 10_000_000; from += 100_000) {
    for (const code of codes.many(from, 100_000)) {
      let number = 0;
      for (let place = 0; place < 6; place += 1) number = number * 31 + digit[code.charCodeAt(place)];
      if ((seen[number >>> 5] >>> (number & 31)) & 1) clashes += 1;
      seen[number >>> 5] |= 1 << (number & 31);
    }
  }
  assert.equal(clashes, 0);
  assert.equal(seen.reduce((count, bits) => count + ones(bits), 0), 10_000_000);
});

test("odds and lengths", () => {
  const codes = codesOf({});
  near(codes.clashOdds(23, 365), 0.5072972343239854); // von Mises 1939
  // tests/data/referral/birthdays.json: 62⁷ and 31⁷ codes, 100,000 of them.
  const { cases } = JSON.parse(readFileSync(inRoot("tests", "data", "referral", "birthdays.json"), "utf8"));
  const exact = (space) => cases.find((each) => each.space === space && each.codes === 100_000).odds;
  near(codes.clashOdds(100_000, 62 ** 7), exact(62 ** 7));
  near(codes.clashOdds(100_000), exact(31 ** 7));
  assert.deepEqual([codes.lengthFor(100_000), codesOf({ alphabet: "01" }).lengthFor(100_000)], [10, undefined]);
});

test("wishes", () => {
  const codes = codesOf({ vanity: ["OLIVER-26"] }, BLOCKED);
  const { code, listed, problems } = codes.check("adasxmas");
  assert.deepEqual([codes.verify(code), listed, problems], [true, true, []]);
  assert.deepEqual(codes.check("Oliver").code, null);
  assert.deepEqual(codes.check("Oliver").problems.map((problem) => problem.code), ["foreign-character"]);
  assert.deepEqual(codes.check("k1ck4ss").problems.map((problem) => problem.code), ["foreign-character", "blocked-words"]);
  assert.equal(codes.normalise("o1iver 26"), "OLIVER-26");
});

test("mistakes in the definition are told, and the usual stands in", () => {
  const codes = codesOf({ alphabet: "ABCDEF", length: 99 });
  assert.deepEqual(codes.problems.map(({ code, path }) => [code, path]), [["no-check-character", "$.referral.codes.alphabet"], ["out-of-range", "$.referral.codes.length"]]);
  assert.deepEqual([codes.length, codes.hasCheck], [8, false]);
  assert.equal(codesOf(undefined).length, 8);
  assert.equal(codesOf([]).problems[0].code, "wrong-type");
});

test("the words of the package are those that the core was tested with", async () => {
  const tested = readFileSync(inRoot("tests", "data", "referral", "blocked_words.txt"), "utf8");
  assert.equal(tested, `${BLOCKED.replaceAll(" ", "\n")}\n`);
  const codes = codesOf({}, BLOCKED);
  for (const word of BLOCKED.split(" ")) assert.ok(codes.isBlocked(`2${word}2`), word);
});

function ones(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
}
