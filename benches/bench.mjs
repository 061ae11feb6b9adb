// Runs the cases one after another and prints a table for each.
import { writeFile } from "node:fs/promises";
import { during, say } from "../scripts/shared/progress.mjs";
import { Stop } from "../scripts/shared/stop.mjs";
import { CASES } from "./registry.mjs";
import { readOptions } from "./support/options.mjs";
import { table } from "./support/table.mjs";

const USAGE = { command: "npm run bench", example: 'npm run bench -- --only="warm read" --json rows.json' };

/**
 * `--only=TEXT` takes the cases whose area or name contains it; `--json FILE` writes the rows as well. With CORE=plain in
 * the environment, what is timed runs the core as plain JavaScript, as where WebAssembly is refused.
 */
export async function bench(args) {
  const { only, json } = readOptions(args, { only: "", json: null }, USAGE);
  const cases = CASES.filter(({ area, name }) => `${area} ${name}`.includes(only));
  if (cases.length === 0) throw new Stop(`No case is called "${only}".`, CASES.map(({ name }) => `--only="${name}"`).join("\n    or: "));
  const rows = [];
  say("  Ratios are to Privateer, measured side by side on this machine; lower is better unless a line says otherwise.\n");
  for (const each of cases) {
    const found = await measured(each);
    say(`${table(found)}\n`);
    rows.push(...found);
  }
  if (json) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
}

async function measured({ area, name, unit, better, measure }) {
  let values;
  await during(area, async (line) => {
    line.note(name);
    values = await measure();
  });
  return Object.entries(values).map(([subject, value]) => ({ area, case: name, subject, value, unit, better }));
}
