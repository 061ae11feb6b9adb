// Decryption, against what Node's own crypto module (OpenSSL) encrypted.
import assert from "node:assert/strict";
import { createCipheriv, randomBytes } from "node:crypto";
import { test } from "node:test";
import { decrypt, decryptPayload } from "../../www/harness/decrypt.js";

const KEY = randomBytes(16);
const BASE64_KEY = KEY.toString("base64");

function encrypt(text, { key = KEY, iv = randomBytes(16) } = {}) {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv);
  return `${iv.toString("base64")}.${Buffer.concat([cipher.update(text), cipher.final()]).toString("base64")}`;
}

for (const text of ["", "{}", '{"hero":{"defaultValue":"Grüße 👋"}}', "no JSON at all", "x".repeat(100_000)]) {
  test(`${text.length} characters come back as they were`, async () => {
    assert.equal(await decrypt(encrypt(text), BASE64_KEY), text);
  });
}

for (const length of [16, 24, 32]) {
  test(`a key of ${length} bytes fits`, async () => {
    const key = randomBytes(length);
    assert.equal(await decrypt(encrypt("{}", { key }), key.toString("base64")), "{}");
  });
}

test("bytes that are no UTF-8 are replaced, as browsers do", async () => {
  assert.equal(await decrypt(encrypt(Buffer.from([0x61, 0xff, 0x62])), BASE64_KEY), "a\ufffdb");
});

const [IV, CIPHERTEXT] = encrypt("{}").split(".");
const FAILURES = {
  "no dot": [IV + CIPHERTEXT, BASE64_KEY],
  "nothing": ["", BASE64_KEY],
  "no ciphertext": [`${IV}.`, BASE64_KEY],
  "a ciphertext that is no base64": [`${IV}.%%%%`, BASE64_KEY],
  "a ciphertext that is cut": [`${IV}.${CIPHERTEXT.slice(0, 12)}`, BASE64_KEY],
  "an initial vector that is no base64": [`*${IV.slice(1)}.${CIPHERTEXT}`, BASE64_KEY],
  "an initial vector of 15 bytes": [`${randomBytes(15).toString("base64")}.${CIPHERTEXT}`, BASE64_KEY],
  "a key of 15 bytes": [`${IV}.${CIPHERTEXT}`, randomBytes(15).toString("base64")],
  "a key that is no base64": [`${IV}.${CIPHERTEXT}`, `!${BASE64_KEY.slice(1)}`],
  "no key": [`${IV}.${CIPHERTEXT}`, undefined],
  "a number": [7, BASE64_KEY],
};

for (const [what, [encrypted, key]] of Object.entries(FAILURES)) {
  test(`${what} is no text, and no error`, async () => assert.equal(await decrypt(encrypted, key), null));
}

test("padding that does not fit is no text", async () => {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-128-cbc", KEY, iv).setAutoPadding(false);
  const block = Buffer.concat([cipher.update(Buffer.alloc(16, 0)), cipher.final()]); // padding counts from 1: 0 is none
  assert.equal(await decrypt(`${iv.toString("base64")}.${block.toString("base64")}`, BASE64_KEY), null);
});

test("every encrypted field of a payload is replaced by what it holds; the rest stays", async () => {
  const payload = {
    status: 200,
    features: {},
    encryptedFeatures: encrypt('{"hero":{"defaultValue":"calm"}}'),
    encryptedExperiments: encrypt('[{"key":"a"}]'),
    encryptedSavedGroups: encrypt('{"g":[1]}'),
    encryptedContextualBandits: encrypt('{"b":{"contexts":[]}}'),
    dateUpdated: "2026-01-31",
  };
  assert.deepEqual(JSON.parse(await decryptPayload(JSON.stringify(payload), BASE64_KEY)), {
    status: 200,
    features: { hero: { defaultValue: "calm" } },
    experiments: [{ key: "a" }],
    savedGroups: { g: [1] },
    contextualBandits: { b: { contexts: [] } },
    dateUpdated: "2026-01-31",
  });
});

test("decrypted text is put in to the letter: odd keys, their order, long numbers", async () => {
  const features = '{ "10": 1, "9": 2, "__proto__": {"defaultValue": 1.0}, "long": 12345678901234567890 }';
  const text = await decryptPayload(JSON.stringify({ encryptedFeatures: encrypt(features) }), BASE64_KEY);
  assert.equal(text, `{"features":${features}}`);
});

for (const text of ['{"features": { } }', '{"encryptedFeatures":"","features":{}}', "[1]", "null", "{", ""]) {
  test(`${text || "an empty text"} needs no key and stays as it is`, async () => assert.equal(await decryptPayload(text), text));
}

const payload = JSON.stringify({ features: {}, encryptedSavedGroups: encrypt("{}") });
const REFUSALS = {
  "a missing key": [payload, undefined, "no-key"],
  "an empty key": [payload, "", "no-key"],
  "a key of the wrong length": [payload, "AAAA", "wrong-key"],
  "a field that is no text": ['{"encryptedSavedGroups":7}', BASE64_KEY, "wrong-key"],
  "plain text that is no JSON": [JSON.stringify({ encryptedSavedGroups: encrypt('{"a":1},"features":{}') }), BASE64_KEY, "wrong-key"],
};

for (const [what, [text, key, code]] of Object.entries(REFUSALS)) {
  test(`${what} is named with its place, in a sentence`, async () => {
    await assert.rejects(decryptPayload(text, key), { code, path: "$.encryptedSavedGroups", message: /^encryptedSavedGroups .*\.$/ });
  });
}

test("a wrong key is told, also where the padding happens to fit", async () => {
  for (let tries = 0; tries < 600; tries += 1) {
    await assert.rejects(decryptPayload(payload, randomBytes(16).toString("base64")), { code: "wrong-key" });
  }
});

test("a page without WebCrypto, because it is not on https, is told so", async (t) => {
  t.mock.getter(crypto, "subtle", () => undefined);
  await assert.rejects(decryptPayload(payload, BASE64_KEY), { code: "no-crypto", message: /https/ });
});
