// 10,000 random models and histories, scored in the browser: what is counted event by event is what a recount from nothing finds, and
// the same numbers, to the last thousandth, as natively (tests/scoring_digest.rs).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { startSite } from "./support/site.mjs";

const DIGEST = "98250c22";
const body = await readFile(new URL("support/streams.js", import.meta.url), "utf8");

test("scores are the same however they are come by, in every browser", async (t) => {
  const site = await startSite(t, { instead: { "/streams.js": { type: "text/javascript", body } } });
  const page = await site.open("/console/");
  const found = await page.evaluate(async () => {
    const [{ default: ready, Visitor }, { digestOf }] = await Promise.all([import("/pkg/privateer.js"), import("/streams.js")]);
    await ready();
    return digestOf(Visitor, 10_000);
  });
  assert.deepEqual(found, { digest: DIGEST, agree: true });
});
