// What a page says before Privateer runs reaches the collector, in order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { started, watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";

test("calls that waited and calls that come later are recorded in the order they were made", async (t) => {
  const first = `
    (window.privateerQueue ??= []).push(["track", "Asked Early", { place: "head" }, Date.now()]);
    window.privateerQueue.push(["identify", "robin@example.com", { company_size: "1" }], ["nonsense"], ["track", "Asked Again"]);`;
  const site = await startSite(t, { first });
  const page = await site.open();
  await started(page);
  await page.evaluate(() => {
    window.privateerQueue.push(["track", "Asked Later"]);
  });
  await site.event(({ event }) => event === "Asked Later", "the later event");
  const own = (await site.events()).filter(({ event, type }) => /^Asked/.test(event) || type === "identify");
  assert.deepEqual(own.map(({ event, type }) => event ?? type), ["Asked Early", "identify", "Asked Again", "Asked Later"]);
  assert.deepEqual(own[0].properties, { place: "head" });
  const { uncaught, warnings } = await watched(page);
  assert.deepEqual([uncaught, warnings.length], [[], 1]);
});
