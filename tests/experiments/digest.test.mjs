// The committed digest of 100,000 decisions: GrowthBook's SDK 1.8.0 comes to it, and so do we; tests/page and tests/digest.rs ask for the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { outline } from "./agreement.mjs";
import { digest, digits, everyDecision, fnv1a } from "./digest.mjs";
import { growthbook } from "./growthbook.mjs";
import { expectedDigest, payloads, users } from "./payloads.mjs";
import { privateer } from "./privateer.mjs";

const payload = payloads[100];

// From the table of test vectors of draft-eastlake-fnv (The FNV Non-Cryptographic Hash Algorithm), FNV-1a of 64 bits.
for (const [text, expected] of [["", "cbf29ce484222325"], ["a", "af63dc4c8601ec8c"], ["foobar", "85944171f73967e8"]]) {
  test(`the hash of "${text}"`, () => {
    assert.equal(digits(fnv1a(new TextEncoder().encode(text))), expected);
  });
}

test("GrowthBook's SDK comes to the committed digest", () => {
  assert.equal(digest(decisionsOfTheSdk()), expectedDigest);
});

test("we come to the committed digest", async () => {
  const engine = await privateer({ payload });
  assert.equal(digest(everyDecision(engine, users)), expectedDigest);
  engine.free();
});

function* decisionsOfTheSdk() {
  for (const attributes of users) {
    const engine = growthbook({ payload, attributes, circumstances: {} });
    for (const feature of Object.keys(payload.features)) yield outline(engine.evaluate(feature));
    engine.free();
  }
}
