// npm run faults: every product meets every fault; what it lost, and how many copies it sent.
import { writeFile } from "node:fs/promises";
import { say, step } from "../scripts/shared/progress.mjs";
import { Stop } from "../scripts/shared/stop.mjs";
import { startCollector } from "./collector/collector.mjs";
import { meet } from "./faults/cell.mjs";
import { HARD } from "./faults/hard.mjs";
import { ORDINARY } from "./faults/ordinary.mjs";
import { report } from "./faults/report.mjs";
import { readOptions } from "./support/options.mjs";
import { startSites } from "./support/sites.mjs";
import { countly } from "./trackers/countly.mjs";
import { privateer } from "./trackers/privateer.mjs";
import { rudderstack } from "./trackers/rudderstack.mjs";
import { snowplowTuned } from "./trackers/snowplow.mjs";
import { TRACKERS } from "./trackers/all.mjs";

const USUAL = [privateer, snowplowTuned, rudderstack, countly];
const USAGE = { command: "npm run faults", example: 'npm run faults -- --only="crash" --product=privateer --json rows.json' };

/** `--only=TEXT` takes faults, `--product=TEXT` products ("all" takes every one), `--at-once=N` browsers, `--json=FILE`. */
export async function faults(args) {
  const options = readOptions(args, { only: "", product: "", "at-once": "3", json: null }, USAGE);
  const chosen = named("fault", [...ORDINARY, ...HARD], options.only);
  const trackers = options.product === "" ? USUAL : named("product", TRACKERS, options.product === "all" ? "" : options.product);
  const rows = await inTurns(chosen.flatMap((fault) => trackers.map((tracker) => ({ fault, tracker }))), trackers, Number(options["at-once"]));
  for (const group of [ORDINARY, HARD]) {
    const met = rows.filter(({ fault }) => group.some(({ name }) => name === fault));
    if (met.length > 0) say(report(met, trackers.map(({ name }) => name)));
  }
  if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}

function named(what, things, text) {
  const found = things.filter(({ name }) => name.includes(text));
  if (found.length === 0) throw new Stop(`No ${what} is called "${text}".`, `one of: ${things.map(({ name }) => name).join("; ")}`);
  return found;
}

/** A few browsers side by side, each with a collector and pages of its own; the cells in order. */
async function inTurns(cells, trackers, atOnce) {
  const rows = Array(cells.length);
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(atOnce, cells.length) }, () => inWorld(trackers, async (world) => {
    while (next < cells.length) {
      const place = next++;
      rows[place] = await one(world, cells[place]);
    }
  })));
  return rows;
}

async function inWorld(trackers, work) {
  const collector = await startCollector();
  const sites = await startSites(trackers, collector.url);
  try {
    await work({ collector, sites });
  } finally {
    await sites.stop();
    await collector.stop();
  }
}

// A cell that could not be played says so and is not counted: that is the harness's trouble and not the product's.
async function one(world, { fault, tracker }) {
  const line = step(fault.name);
  try {
    const found = await meet(world, tracker, fault);
    line.done(`${tracker.name}: ${found.lost} lost, ${found.copies} copies`);
    return { fault: fault.name, product: tracker.name, ...found };
  } catch (error) {
    line.failed(`${tracker.name}: ${error.message.split("\n")[0]}`);
    return { fault: fault.name, product: tracker.name, failed: error.message };
  }
}
