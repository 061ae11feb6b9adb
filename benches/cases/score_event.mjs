// One event through twenty rules of two conditions each, and the points they come to.
import { readFileSync } from "node:fs";
import { Engine } from "json-rules-engine";
import { initSync, Leads } from "../../pkg/insights/insights.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { median } from "../support/rounds.mjs";

const RULES = 20;
const LEADS = 5_000; // of one event each
const ROUNDS = 15;
const EVENT = { plan: "plan-2", seats: 15 };
const POINTS = 3 + 8 + 13; // of the three rules that ask for plan-2 and no more than 15 seats

/** Nanoseconds for one event. */
export async function values() {
  const subjects = { privateer: ours(), "json-rules-engine": theirs() };
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    for (const [name, work] of Object.entries(subjects)) {
      const began = performance.now();
      await work();
      if (round > 1) samples[name].push(((performance.now() - began) * 1e6) / LEADS);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, each]) => [name, median(each)]));
}

function ours() {
  initSync({ module: readFileSync(inRoot("pkg", "insights", "insights_bg.wasm")) });
  const rules = Array.from({ length: RULES }, (_, index) => ({ id: `r${index}`, event: "Done", where: { plan: planOf(index), seats: { $gte: index } }, points: index + 1 }));
  const model = JSON.stringify({ rules });
  const leads = new Leads();
  leads.take(Array.from({ length: LEADS }, (_, index) => ({ type: "track", event: "Done", messageId: `m${index}`, anonymousId: `a${index}`, timestamp: "2026-03-01T00:00:00Z", properties: EVENT })));
  return () => proved(leads.totals(model).every((total) => total === POINTS));
}

function theirs() {
  const engine = new Engine();
  for (let index = 0; index < RULES; index += 1) {
    engine.addRule({
      conditions: { all: [{ fact: "plan", operator: "equal", value: planOf(index) }, { fact: "seats", operator: "greaterThanInclusive", value: index }] },
      event: { type: "points", params: { points: index + 1 } },
    });
  }
  return async () => {
    for (let lead = 0; lead < LEADS; lead += 1) {
      const { events } = await engine.run({ ...EVENT });
      proved(events.reduce((sum, { params }) => sum + params.points, 0) === POINTS);
    }
  };
}

const planOf = (index) => `plan-${index % 5}`;

function proved(right) {
  if (!right) throw new Error("A score is another one.");
}
