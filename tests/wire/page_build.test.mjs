// The messages of support/messages.mjs are made up; these are written by the page build that ships.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support/client.mjs";
import { ENCODERS, encoded } from "./support/encoders.mjs";
import { recordingServer } from "./support/recording_server.mjs";

const EXPERIMENTS = { payload: { features: { hero: { defaultValue: "a", rules: [{ key: "headline", variations: ["a", "b"], hashAttribute: "id" }] } } } };
const TRACKING = { pageviews: true, clicks: false, forms: false, engagement: false };

async function recorded(t) {
  const server = await recordingServer(() => ({ status: 200 }));
  t.after(server.stop);
  const page = await openPage({ delivery: { url: `${server.url}/collect` }, site: { experiments: EXPERIMENTS, tracking: TRACKING } });
  t.after(page.close);
  await page.call("flag", "hero", null);
  await page.call("track", "Plan Chosen", { plan: "crew", word: "Größe", none: null });
  await page.call("track", "Nothing Said");
  await page.call("identify", "robin", { seats: 4 });
  await page.call("page", { section: "pricing" });
  await page.call("track", "Order Completed", { total: 119.5, products: [{ product_id: "crew" }] });
  await page.call("flush");
  return server.requests.flatMap(({ body }) => JSON.parse(body).batch);
}

test("what the page build records is valid in every format", async (t) => {
  const messages = await recorded(t);
  const names = new Set(messages.map(({ type, event }) => event ?? type));
  assert.deepEqual(names, new Set(["page", "Experiment Viewed", "Plan Chosen", "Nothing Said", "identify", "Order Completed"]));
  for (const [name, encoder] of Object.entries(ENCODERS)) {
    const { content } = encoded(name, messages, { settings: { vendor: "com.example" } });
    encoder.assertValid(content);
    assert.deepEqual(encoder.ids(content), messages.map(({ messageId }) => messageId), name);
  }
});

test("Snowplow gets the session and the number in it as the core counts them", async (t) => {
  const messages = await recorded(t);
  const { data } = encoded("snowplow", messages).content;
  const sessions = data.map(({ co }) => JSON.parse(co).data.find(({ schema }) => schema.includes("/client_session/")).data);
  assert.deepEqual(sessions.map(({ eventIndex }) => eventIndex), messages.map((_, place) => place + 1));
  assert.equal(new Set(sessions.map(({ sessionId }) => sessionId)).size, 1);
});
