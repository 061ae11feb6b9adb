// Signed links, checked by the page's own code on Node's WebCrypto. tests/page/signed.test.mjs asks the browsers' WebCrypto, and
// tests/signed.rs the native code, with the same vectors and the same table.
import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign, verify as checks } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fits, verify } from "../../www/harness/signed.js";
import { CLAIMS, HEADER, KEYS, NOW, PROGRAM, TABLE, VECTORS, base64url, secretKey, table, token, written } from "./support/signed_links.mjs";

const bytes = (hex) => Buffer.from(hex, "hex");
const USUAL = { keys: KEYS, program: PROGRAM, now: NOW };
const refusal = async (text, change) => (await verify(text, { ...USUAL, ...change })).refused;

for (const { name, seed, public: x, message, signature } of VECTORS.rfc8032) {
  test(`RFC 8032, section 7.1, ${name}: the signature fits, and Node makes the same`, async () => {
    assert.equal(sign(null, bytes(message), secretKey(seed)).toString("hex"), signature);
    assert.equal(await fits(base64url(bytes(x)), bytes(message), bytes(signature)), true);
    assert.equal(await fits(base64url(bytes(x)), Buffer.concat([bytes(message), Buffer.from("x")]), bytes(signature)), false);
  });
}

// Its payload is no JSON, so a good signature is followed by that complaint, and a bad one by its own.
test("RFC 8037, appendix A.4: the signature of the JWS fits", async () => {
  const { x, jws } = VECTORS.rfc8037;
  const keys = [{ kid: "any", kty: "OKP", crv: "Ed25519", x }];
  assert.deepEqual(await verify(jws, { keys, program: PROGRAM }), { refused: "malformed", message: "The token's claims are no JSON object." });
  assert.equal((await verify(jws.replace("hgyY", "hgyZ"), { keys, program: PROGRAM })).refused, "signature");
});

test("the table is what Node's crypto makes of it today", () => assert.equal(readFileSync(TABLE, "utf8"), written(table())));

const { cases, ...top } = table();
for (const { name, token: text, says, refused, message, ...change } of cases) {
  test(`${says ? "good" : refused}: ${name}`, async () => {
    assert.deepEqual(await verify(text, { ...top, ...change }), says ? { ...says, replayed: false } : { refused, message });
  });
}

test("whatever single character is another one, it is refused", async () => {
  const good = token();
  for (let place = 0; place < good.length; place += 1) {
    const other = good[place] === "A" ? "B" : "A";
    const { refused } = await verify(good.slice(0, place) + other + good.slice(place + 1), USUAL);
    assert.ok(["malformed", "algorithm", "unknown-key", "signature"].includes(refused), `${place}: ${refused}`);
  }
});

test("however it is cut, it is refused", async () => {
  const good = token();
  for (let length = 0; length < good.length; length += 1) {
    assert.ok(await refusal(good.slice(0, length)), `${length} from the left`);
    assert.ok(await refusal(good.slice(good.length - length)), `${length} from the right`);
  }
});

const [{ x }] = KEYS;
const SECRETS = {
  "a private key": { kid: "2026", x, d: base64url(bytes(VECTORS.rfc8032[0].seed)) },
  "a symmetric key": { kid: "2026", x, k: "c2VjcmV0" },
  "a symmetric key by its type": { kid: "2026", x, kty: "oct" },
};
for (const [what, key] of Object.entries(SECRETS)) {
  test(`${what} in the page is not used, and the reason is given`, async () => {
    const { refused, message } = await verify(token(), { ...USUAL, keys: [key] });
    assert.equal(refused, "unknown-key");
    assert.match(message, /A secret in a page is no secret: sign on a server/);
  });
}

const NO_KEYS = {
  "a key of another curve": [{ kid: "2026", crv: "Ed448", x }, /Only keys of Ed25519/],
  "a key of another type": [{ kid: "2026", kty: "EC", x }, /Only keys of Ed25519/],
  "a key of 31 bytes": [{ kid: "2026", x: base64url(bytes(VECTORS.rfc8032[0].public).subarray(1)) }, /32 bytes in base64url/],
  "a key with padding": [{ kid: "2026", x: `${x}=` }, /32 bytes in base64url/],
  "a key without x": [{ kid: "2026" }, /32 bytes in base64url/],
  "32 zeros, put for a key to come": [{ kid: "2026", x: "A".repeat(43) }, /anybody could sign/],
  "null": [null, /None of the keys/],
};
for (const [what, [key, sentence]] of Object.entries(NO_KEYS)) {
  test(`${what} is no key, and that is told`, async () => {
    const { refused, message } = await verify(token(), { ...USUAL, keys: [key] });
    assert.equal(refused, "unknown-key");
    assert.match(message, sentence);
  });
}

// The y below 34 that have no x, as curve25519-dalek (tests/signed.rs) and Python's pow((y*y-1) * (d*y*y+1), (p-1) // 2, p) find them.
test("what is no point of the curve is no key", async () => {
  const off = [];
  for (let y = 2; y < 34; y += 1) {
    const { refused, message } = await verify(token(), { ...USUAL, keys: [{ kid: "2026", x: base64url(Buffer.from([y, ...Buffer.alloc(31)])) }] });
    if (/a point of its curve/.test(message)) off.push(y);
    else assert.equal(refused, "signature");
  }
  assert.deepEqual(off, [2, 7, 8, 11, 12, 13, 17, 20, 22, 31]);
});

test("a key without a name, or with a number for one, is called by no token", async () => {
  const unnamed = [{ x }, { x }];
  assert.equal(await refusal(token({ kid: undefined }), { keys: unnamed }), "unknown-key");
  assert.equal(await refusal(token({ kid: "" }), { keys: unnamed.map((key) => ({ ...key, kid: "" })) }), "unknown-key");
  assert.equal(await refusal(token({ kid: 2026 }), { keys: [{ kid: 2026, x }] }), "unknown-key");
});

for (const made of [undefined, null, 7, {}, [], "", () => {}]) {
  test(`${String(made)} is no token, and no error`, async () => assert.equal(await refusal(made), "malformed"));
}

test("without keys, program and time there is an answer, too", async () => {
  assert.equal((await verify(token())).refused, "unknown-key");
  assert.equal((await verify(token(), { keys: KEYS })).refused, "program");
});

test("a nonce that was seen is told; it is no refusal, for people open a link twice", async () => {
  const { replayed, code } = await verify(token(), { ...USUAL, seen: ["nonce-0", "nonce-1"] });
  assert.deepEqual({ replayed, code }, { replayed: true, code: CLAIMS.sub });
  assert.equal((await verify(token(), { ...USUAL, seen: ["nonce-0"] })).replayed, false);
});

test("a page that is not on https is told that nothing was checked", async (t) => {
  t.mock.getter(crypto, "subtle", () => undefined);
  const { refused, message } = await verify(token(), USUAL);
  assert.equal(refused, "unsupported");
  assert.match(message, /was not checked.*https/);
});

test("a browser that does not know Ed25519 is told so", async (t) => {
  t.mock.method(crypto.subtle, "importKey", async () => {
    throw new DOMException("Unrecognized name.", "NotSupportedError");
  });
  const { refused, message } = await verify(token(), USUAL);
  assert.equal(refused, "unsupported");
  assert.match(message, /was not checked.*Ed25519/);
});

test("keys that were made by chance sign and check, 200 times", async () => {
  for (let round = 0; round < 200; round += 1) {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const message = [HEADER, { ...CLAIMS, sub: `code-${round}` }].map((part) => base64url(JSON.stringify(part))).join(".");
    const made = `${message}.${base64url(sign(null, Buffer.from(message), privateKey))}`;
    const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "2026" }];
    assert.equal((await verify(made, { ...USUAL, keys })).code, `code-${round}`);
    assert.equal(await refusal(made), "signature");
  }
});

// tests/signed.rs holds the native signer to this very token.
test("the first token of the table is checked by Node's crypto alone", () => {
  const [{ token: made }] = cases;
  const cut = made.lastIndexOf(".");
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  assert.ok(checks(null, Buffer.from(made.slice(0, cut)), key, Buffer.from(made.slice(cut + 1), "base64url")));
});
