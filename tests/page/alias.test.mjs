// Two ids of one person: what the page says with alias, as Segment's specification has it (segment.com/docs/connections/spec/alias):
// `previousId` is the id until now, `userId` the one from now on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";

/** The messages of a page that does these calls, in order. */
async function told(t, ...calls) {
  const site = await startQuick(t);
  const page = await site.open();
  await started(page);
  for (const [method, ...args] of calls) await call(page, method, ...args);
  await call(page, "flush");
  return { events: await site.events(), identity: await call(page, "identity") };
}

test("an alias joins the present id to the one that holds from now on", async (t) => {
  const { events, identity } = await told(t, ["alias", "robin"], ["track", "Later"]);
  const [{ type, userId, previousId, messageId, timestamp, context, ...more }, ...others] = named(events, "alias");
  assert.deepEqual(others, []);
  assert.deepEqual([type, userId, previousId], ["alias", "robin", identity.anonymousId]);
  assert.match(messageId, /^[0-9a-f-]{36}$/);
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
  assert.equal(context.library.name, "privateer");
  assert.equal(more.event ?? more.traits ?? more.name ?? more.groupId, undefined, "nothing that belongs to other messages");
  assert.equal(named(events, "Later")[0].userId, "robin");
  assert.equal(identity.userId, "robin");
});

test("whoever has a name already is joined by that", async (t) => {
  const { events, identity } = await told(t, ["identify", "robin"], ["alias", "marian"], ["track", "Later"]);
  const [alias] = named(events, "alias");
  assert.deepEqual([alias.previousId, alias.userId, alias.anonymousId], ["robin", "marian", identity.anonymousId]);
  assert.equal(named(events, "Later")[0].userId, "marian");
});

test("an id that the page names is joined, whatever the present one is", async (t) => {
  const { events, identity } = await told(t, ["identify", "robin"], ["alias", "marian", "account-7"]);
  const [alias] = named(events, "alias");
  assert.deepEqual([alias.previousId, alias.userId, identity.userId], ["account-7", "marian", "marian"]);
});

test("an alias without an id is none", async (t) => {
  const { events, identity } = await told(t, ["alias", ""], ["track", "Later"]);
  assert.deepEqual([named(events, "alias"), identity.userId ?? null], [[], null]);
});

test("who somebody is from now on is known on the next page", async (t) => {
  const site = await startQuick(t);
  const page = await site.open();
  await call(page, "alias", "robin");
  await page.goto(`${site.url}/next`);
  await call(page, "track", "Later");
  const later = await site.event(({ event }) => event === "Later", "the event of the next page");
  assert.equal(later.userId, "robin");
});
