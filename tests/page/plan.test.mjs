// The tracking plan is checked under the strict policy that pages have: no eval, nothing compiled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";

test("messages are checked where eval is forbidden", async (t) => {
  const page = await (await startSite(t)).open();
  const found = await page.evaluate(async () => {
    const { checkerOf } = await import("/pkg/plan.js");
    const rules = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: { properties: { type: "object", required: ["plan"], properties: { plan: { type: "string", pattern: "^(solo|crew)$" }, when: { type: "string", format: "date-time" } } } },
    };
    const check = checkerOf({ rules: { events: [{ name: "Plan Chosen", rules }] } });
    return [{ plan: "crew" }, { plan: "navy", when: "tomorrow" }, {}].map((properties) =>
      check({ type: "track", event: "Plan Chosen", properties }).map(({ path }) => path));
  });
  assert.deepEqual(found, [[], ["$.properties.plan", "$.properties.when"], ["$.properties.plan"]]);
  const { uncaught, violations } = await watched(page);
  assert.deepEqual([uncaught, violations], [[], []]);
});
