// 100,000 decisions made inside the page: the same digest in every browser as in Node and as GrowthBook's SDK 1.8.0 has it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { data, expectedDigest } from "../experiments/payloads.mjs";
import { REFUSALS } from "./support/refusals.mjs";
import { startSite } from "./support/site.mjs";

for (const [where, change] of Object.entries({ "as usual": {}, ...REFUSALS })) {
  test(`100 features for 1,000 users: ${where}`, async (t) => {
    const page = await (await startSite(t, { ...change, instead: await files() })).open();
    assert.equal(await page.evaluate(inPage), expectedDigest);
  });
}

const files = async () => ({
  "/digest.js": { type: "text/javascript", body: await readFile(new URL("../experiments/digest.mjs", import.meta.url), "utf8") },
  "/payload.json": { type: "application/json", body: await data("payload-100.json") },
  "/users.json": { type: "application/json", body: await data("users.json") },
});

async function inPage() {
  const read = async (path) => (await fetch(path)).text();
  const { digest, everyDecision } = await import("/digest.js");
  const { experiments } = await import("/pkg/index.js");
  const engine = await experiments(await read("/payload.json"));
  return digest(everyDecision(engine, JSON.parse(await read("/users.json"))));
}
