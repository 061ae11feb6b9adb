// One product, one fault: what was lost of its events, and how many copies were on the wire beyond the first.
import { setTimeout as sleep } from "node:timers/promises";
import { WELL } from "../collector/collector.mjs";
import { Stage } from "./stage.mjs";

const NEXT = { first: 100_000, times: 1 };
const LAST = { first: 200_000, times: 1 };
const AFTER_MS = 5000;
const AGAIN_MS = [10_000, 16_000]; // after the page was opened again: at least, so that copies are seen, and at most

/** @returns {Promise<{events: number, lost: number, copies: number, errors: number, started: boolean}>} */
export async function meet(world, tracker, fault) {
  world.collector.reset();
  const stage = new Stage(world, tracker);
  await stage.raise();
  try {
    await through(stage, fault);
    return found(stage, fault);
  } finally {
    await stage.strike();
  }
}

// After the fault the product has its chances: one more event, some time, and the page opened again in the same profile, where
// something is recorded as on any page; some products send what waited only then.
async function through(stage, fault) {
  const page = await fault.happens(stage);
  if (!fault.stays) stage.collector.trouble = WELL;
  if (page) await stage.burst(page, NEXT);
  await sleep(AFTER_MS);
  await stage.restart();
  await stage.burst(await stage.open(), LAST);
  const began = Date.now();
  const waited = () => Date.now() - began;
  while (waited() < AGAIN_MS[0] || (lost(stage, fault).length > 0 && waited() < AGAIN_MS[1])) await sleep(200);
}

function found(stage, fault) {
  const ids = expected(fault);
  const copies = ids.reduce((sum, id) => sum + Math.max(0, (stage.collector.arrived.get(id) ?? 0) - 1), 0);
  return { events: ids.length, lost: lost(stage, fault).length, copies, errors: stage.errors, started: stage.started };
}

const expected = ({ events = 20, except = [] }) => Array.from({ length: events }, (_, number) => `event-${number}`).filter((id) => !except.includes(id));

const lost = (stage, fault) => expected(fault).filter((id) => !stage.collector.arrived.has(id));
