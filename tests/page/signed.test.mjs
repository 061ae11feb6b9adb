// Signed links, checked by the browser's own Ed25519: the standard's vectors, the table of tests/data, and all that is tampered with.
// An engine that does not know Ed25519 has to say so, and to refuse the rest all the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ENGINE } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

const data = (name) => JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), "utf8"));
const { rfc8032, rfc8037 } = data("ed25519");
const { cases, keys, program, now } = data("signed_links");
const USUAL = { keys, program, now };
const GOOD = cases[0].token;
// Found before a key is used, so by every engine.
const BEFORE = ["algorithm", "unknown-key"];
const isBefore = ({ refused, message = "" }) => BEFORE.includes(refused) || (refused === "malformed" && /compact JWT|header|longer/.test(message));

/** A page, and whether its engine knows the algorithm, asked without our code. */
async function opened(t) {
  const page = await (await startSite(t)).open();
  const known = await page.evaluate(() => crypto.subtle.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]).then(() => true, ({ name }) => name !== "NotSupportedError"));
  if (!known) t.diagnostic(`${ENGINE} does not know Ed25519: the answer is "unsupported"`);
  return { page, known };
}

/** What the page says to each token; `what` may be different from the usual. */
const verified = (page, list) => page.evaluate(async (tokens) => {
  const { verify } = await import("/pkg/signed.js");
  const answers = [];
  for (const [token, what] of tokens) answers.push(await verify(token, what));
  return answers;
}, list);

test("RFC 8032, section 7.1: signatures fit their messages and no others", async (t) => {
  const { page, known } = await opened(t);
  const found = await page.evaluate(async (vectors) => {
    const { fits } = await import("/pkg/signed.js");
    const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const x = (hex) => btoa(String.fromCharCode(...bytes(hex))).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
    const answers = [];
    for (const { public: key, message, signature } of vectors) {
      const asked = [fits(x(key), bytes(message), bytes(signature)), fits(x(key), bytes(`${message}00`), bytes(signature))];
      answers.push(await Promise.all(asked.map((each) => each.catch(([refused]) => refused))));
    }
    return answers;
  }, rfc8032);
  assert.deepEqual(found, rfc8032.map(() => (known ? [true, false] : ["unsupported", "unsupported"])));
});

test("RFC 8037, appendix A.4: the signature fits, and the payload, which is no JSON, is what is complained of", async (t) => {
  const { page, known } = await opened(t);
  const what = { ...USUAL, keys: [{ kid: "any", kty: "OKP", crv: "Ed25519", x: rfc8037.x }] };
  const [good, bad] = await verified(page, [[rfc8037.jws, what], [rfc8037.jws.replace("hgyY", "hgyZ"), what]]);
  assert.equal(good.refused, known ? "malformed" : "unsupported");
  assert.equal(bad.refused, known ? "signature" : "unsupported");
});

test("every case of the table, word for word", async (t) => {
  const { page, known } = await opened(t);
  const answers = await verified(page, cases.map(({ token, ...change }) => [token, { keys: change.keys ?? keys, program: change.program ?? program, now: change.now ?? now }]));
  cases.forEach(({ name, says, refused, message }, place) => {
    const expected = says ? { ...says, replayed: false } : { refused, message };
    if (known || isBefore({ refused, message })) assert.deepEqual(answers[place], expected, name);
    else assert.equal(answers[place].refused, "unsupported", name);
  });
});

test("whatever single character is another one, or missing at an end, it is refused", async (t) => {
  const { page, known } = await opened(t);
  const places = Array.from(GOOD, (character, place) => [`${GOOD.slice(0, place)}${character === "A" ? "B" : "A"}${GOOD.slice(place + 1)}`, USUAL]);
  const cut = Array.from(GOOD, (_, length) => [[GOOD.slice(0, length), USUAL], [GOOD.slice(length + 1), USUAL]]).flat();
  const answers = await verified(page, [...places, ...cut]);
  const expected = ["malformed", "algorithm", "unknown-key", known ? "signature" : "unsupported"];
  answers.forEach(({ refused }, place) => assert.ok(expected.includes(refused), `${place}: ${refused}`));
});

// The points of small order (section 5.1 of RFC 8032 has the curve): for the neutral one R neutral and S 0 is a signature of everything.
const bytes = (hex) => Buffer.from(hex, "hex");
const NEUTRAL = `01${"00".repeat(31)}`;
const FORGED = `${GOOD.slice(0, GOOD.lastIndexOf("."))}.${bytes(NEUTRAL + "00".repeat(32)).toString("base64url")}`;
const WEAK = [
  NEUTRAL, "00".repeat(32), `${"00".repeat(31)}80`, `ec${"ff".repeat(30)}7f`,
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  // With the modulus added, which strict decoders refuse, and with a sign that is none.
  `ed${"ff".repeat(30)}7f`, `ee${"ff".repeat(30)}7f`, `ed${"ff".repeat(31)}`, `ee${"ff".repeat(31)}`, `01${"00".repeat(30)}80`, `ec${"ff".repeat(31)}`,
];

test("no key of small order is taken, whatever the engine would take", async (t) => {
  const { page } = await opened(t);
  const answers = await verified(page, WEAK.map((key) => [FORGED, { ...USUAL, keys: [{ kid: "2026", x: bytes(key).toString("base64url") }] }]));
  for (const { refused, message } of answers) {
    assert.equal(refused, "unknown-key");
    assert.match(message, /anybody could sign/);
  }
});

// y = 2, for which the curve has no x. WebKitGTK 2.50 would lose the page over it.
test("what is no point of the curve is no key", async (t) => {
  const { page } = await opened(t);
  const [{ refused, message }] = await verified(page, [[GOOD, { ...USUAL, keys: [{ kid: "2026", x: bytes(`02${"00".repeat(31)}`).toString("base64url") }] }]]);
  assert.equal(refused, "unknown-key");
  assert.match(message, /a point of its curve/);
});

// Known differences of the engines, which signed.js makes up for. Whoever finds one gone may take it out there.
const TAKES = {
  chromium: { neutral: true, malleated: false },
  firefox: { neutral: true, malleated: false },
  webkit: { malleated: true }, // over a neutral key WebKitGTK 2.50 loses the page, so it is not asked
};

test("what the engine itself takes that the standard does not is known", async (t) => {
  const { page, known } = await opened(t);
  if (!known) return;
  const asked = { neutral: [bytes(NEUTRAL).toString("base64url"), FORGED], malleated: [keys[0].x, cases.find(({ name }) => name.includes("S + L")).token] };
  for (const [what, takes] of Object.entries(TAKES[ENGINE])) {
    const found = await page.evaluate(async (x, token) => {
      const raw = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
      const key = await crypto.subtle.importKey("raw", raw(x), "Ed25519", false, ["verify"]);
      const cut = token.lastIndexOf(".");
      return crypto.subtle.verify("Ed25519", key, raw(token.slice(cut + 1)), new TextEncoder().encode(token.slice(0, cut)));
    }, ...asked[what]);
    assert.equal(found, takes, what);
  }
});

test("a secret in the page is not used, in any engine", async (t) => {
  const { page } = await opened(t);
  const [key] = keys;
  const answers = await verified(page, [{ ...key, d: "AA" }, { ...key, k: "AA" }, { ...key, kty: "oct" }].map((each) => [GOOD, { ...USUAL, keys: [each] }]));
  for (const { refused, message } of answers) {
    assert.equal(refused, "unknown-key");
    assert.match(message, /A secret in a page is no secret/);
  }
});
