// Fault 29: more events than a queue holds. 10,000 wait; of more the oldest go, and the collector is told how many.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { burst, closed, complete, counted, settled, viewed } from "../support/ledger.mjs";
import { call, named } from "../support/privateer.mjs";
import { startQuick } from "../support/remote.mjs";
import { until } from "../support/until.mjs";

const DOWN = { kind: "refuse" };
const PATIENCE = 60_000; // ten megabytes, a batch at a time

test("29: 1,500 events wait while the collector is down", async (t) => {
  const { site, page } = await opened(t);
  site.faults.always(DOWN);
  await burst(page, 1_500);
  await sleep(1_500);
  assert.equal((await call(page, "status")).queued, 1_500);
  site.faults.clear();
  await complete(site, 1_500, { pages: 1, patience: PATIENCE });
  await settled(page);
});

test("29: 10,000 events wait while the collector is down, and the page is closed", async (t) => {
  const { site, visitor, page } = await opened(t);
  site.faults.always(DOWN);
  await inPortions(page, 10_000);
  assert.equal((await call(page, "status")).dropped, 0);
  await sleep(1_500);
  await closed(site, visitor, [page]);
  site.faults.recover();
  const next = await visitor.open(`${site.url}/`);
  await complete(site, 10_000, { pages: 2, patience: PATIENCE });
  await settled(next);
});

test("29: of 12,000 events the oldest go, counted to the last one, and the collector hears of it", async (t) => {
  const { site, page } = await opened(t);
  // One try, and none while the rest comes: what is under way is no part of what waits, and stays.
  site.faults.always({ kind: "respond", status: 503, retryAfter: 3_600 });
  await burst(page, 500);
  await call(page, "flush", { timeout: 1_000 });
  await inPortions(page, 12_000, 500);
  site.faults.clear();
  await call(page, "flush");
  const { dropped } = await until(async () => {
    const status = await call(page, "status");
    return status.queued === 0 && status;
  }, "nothing waits any more", PATIENCE);
  assert.ok(dropped > 0 && dropped <= 2_000, `${dropped} were dropped`);
  const events = await site.events();
  const places = counted(events).map(({ properties }) => properties.place).sort((one, other) => one - other);
  assert.deepEqual(places, Array.from({ length: 12_000 - dropped }, (_, place) => place + dropped), "the oldest went, and nothing else");
  const told = named(events, "Events Dropped").reduce((sum, { properties }) => sum + properties.count, 0);
  assert.equal(told, dropped, "the collector knows how many");
});

async function opened(t) {
  const site = await startQuick(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await viewed(site, page);
  return { site, visitor, page };
}

/** A page that tracks 10,000 events in one task would be busy for long: between portions it breathes. */
async function inPortions(page, count, first = 0) {
  for (let from = first; from < count; from += 500) await burst(page, 500, { from });
}
