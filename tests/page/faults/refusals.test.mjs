// Faults 10 to 12: the collector takes some events and not others. What it takes arrives; what it refuses for good is given
// up, counted and reported.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { above, holding } from "../../../scripts/serve/faults.mjs";
import { burst, complete, settled, viewed } from "../support/ledger.mjs";
import { call, named, started } from "../support/privateer.mjs";
import { startQuick } from "../support/remote.mjs";
import { until } from "../support/until.mjs";

const TOO_LARGE = { kind: "respond", status: 413 };
const LIMITS = {
  "10: 413 above five events": { events: 5 },
  "10: 413 above 4,000 bytes": { bytes: 4_000 },
  "10: 413 above one event": { events: 1 },
};

for (const [what, limit] of Object.entries(LIMITS)) {
  test(`${what}: the batch is split, and all arrive`, async (t) => {
    const site = await startQuick(t);
    site.faults.where(above(limit), TOO_LARGE);
    const page = await site.open();
    await burst(page);
    await complete(site, 20, { pages: 1 });
    await settled(page);
    assert.deepEqual(await call(page, "deadLetters"), []);
  });
}

// One event that nobody takes, between others.
const REFUSED = {
  "10: one event alone is too large": { status: 413, where: (site) => site.faults.where(above({ bytes: 20_000 }), TOO_LARGE), filler: 30_000 },
  "11: one event is poison": { status: 400, where: (site) => site.faults.where(holding("Refused"), { kind: "respond", status: 400 }), filler: 10 },
};

for (const [what, { status, where, filler }] of Object.entries(REFUSED)) {
  test(`${what}: it is given up, counted and reported; the others arrive`, async (t) => {
    const site = await startQuick(t);
    where(site);
    const page = await site.open();
    await burst(page, 10);
    await call(page, "track", "Refused", { filler: "x".repeat(filler) });
    await burst(page, 10, { from: 10 });
    await complete(site, 20, { pages: 1 });
    await settled(page, { dropped: 1 });
    const [letter, ...more] = await call(page, "deadLetters");
    assert.deepEqual({ event: letter.event, status: letter.status, more }, { event: "Refused", status, more: [] });
    assert.match(letter.messageId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(named(await site.events(), "Refused"), []);
  });
}

test("11: a poison event is not tried again by the next page", async (t) => {
  const site = await startQuick(t);
  site.faults.where(holding("Refused"), { kind: "respond", status: 400 });
  const page = await site.open();
  await call(page, "track", "Refused", {});
  await burst(page);
  await complete(site, 20, { pages: 1 });
  await settled(page, { dropped: 1 });
  const before = site.arrivals.length;
  await page.reload();
  await complete(site, 20, { pages: 2 });
  assert.deepEqual(site.arrivals.slice(before).flatMap(({ messages }) => named(messages, "Refused")), []);
});

test("12: each event has an answer of its own: taken, to be sent again, or refused", async (t) => {
  const site = await startQuick(t);
  const tries = new Map();
  const verdict = ({ event, messageId, properties }) => {
    if (event !== "Counted") return "ok";
    tries.set(messageId, (tries.get(messageId) ?? 0) + 1);
    if (properties.place === 20) return "drop";
    return properties.place % 2 && tries.get(messageId) < 4 ? "retry" : "ok";
  };
  site.faults.always({ kind: "judge", verdict });
  const page = await site.open();
  await started(page);
  await burst(page, 21);
  await complete(site, 20, { pages: 1 });
  await settled(page, { dropped: 1 });
  const [letter] = await call(page, "deadLetters");
  assert.equal(letter.event, "Counted");
  assert.ok(!(await site.events()).some(({ properties }) => properties?.place === 20));
});

test("12: what was taken is not sent again beside what was not", async (t) => {
  const site = await startQuick(t);
  const page = await site.open();
  await viewed(site, page);
  let patient = true;
  site.faults.always({ kind: "judge", verdict: ({ properties }) => (patient && properties?.place % 2 ? "retry" : "ok"), retryAfter: 1 });
  await burst(page);
  await until(() => site.arrivals.some(({ messages }) => named(messages, "Counted").length > 0), "the burst came");
  await sleep(200);
  patient = false;
  await complete(site, 20, { pages: 1 });
  const sent = site.arrivals.flatMap(({ messages }) => named(messages, "Counted")).filter(({ properties }) => properties.place % 2 === 0);
  assert.equal(sent.length, 10, "the events that were taken were sent once");
});
