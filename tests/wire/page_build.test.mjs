// The messages of support/messages.mjs are made up; these are written by the page build that ships.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support/client.mjs";
import { ENCODERS, encoded } from "./support/encoders.mjs";
import { CASES } from "./support/messages.mjs";
import { recordingServer } from "./support/recording_server.mjs";

const EXPERIMENTS = { payload: { features: { hero: { defaultValue: "a", rules: [{ key: "headline", variations: ["a", "b"], hashAttribute: "id" }] } } } };
const TRACKING = { pageviews: true, clicks: false, forms: false, engagement: false, sample: { "Plan Chosen": 1 } };

async function recorded(t, tracking = {}, more = 0) {
  const server = await recordingServer(() => ({ status: 200 }));
  t.after(server.stop);
  const page = await openPage({ delivery: { url: `${server.url}/collect` }, site: { experiments: EXPERIMENTS, tracking: { ...TRACKING, ...tracking } } });
  t.after(page.close);
  await page.call("flag", "hero", null);
  await page.call("track", "Plan Chosen", { plan: "crew", word: "Größe", none: null });
  for (let count = 0; count <= more; count += 1) await page.call("track", "Nothing Said");
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

// What the core records by itself here; the properties of all else are the page's.
const ITS_OWN = ["Experiment Viewed", "Events Dropped"];

test("what the page build writes has no member that the made-up messages lack", async (t) => {
  // More than twice as many as are allowed: too many for one of two minutes, should the next one begin meanwhile.
  const limited = await recorded(t, { most_a_minute: 5 }, 5);
  assert.ok(limited.some(({ event }) => event === "Events Dropped"), "some were given up");
  const written = [...(await recorded(t)), ...limited];
  const madeUp = CASES.map(({ message }) => message);
  for (const type of ["track", "page", "identify"]) {
    const alike = (messages) => messages.filter((message) => message.type === type);
    assertNoneLacks(alike(written), alike(madeUp), type);
    assertNoneLacks(contexts(alike(written)), contexts(alike(madeUp)), `the context of ${type}`);
  }
  for (const name of ITS_OWN) {
    const properties = (messages) => messages.filter(({ event }) => event === name).map((message) => message.properties);
    assertNoneLacks(properties(written), properties(madeUp), name);
  }
});

const contexts = (messages) => messages.map(({ context }) => context);
const membersOf = (objects) => new Set(objects.flatMap((object) => Object.keys(object ?? {})));

function assertNoneLacks(written, madeUp, what) {
  const known = membersOf(madeUp);
  assert.ok(written.length > 0, `${what}: nothing was written`);
  assert.deepEqual([...membersOf(written)].filter((member) => !known.has(member)), [], what);
}
