// One case in this process: `node in_node.mjs '{"module":"warm_read"}'`. Prints the values as one JSON line.
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { withoutWebAssembly } from "../../scripts/shared/without_wasm.mjs";
import { pretendPage } from "./fake_page.mjs";
import { nanoseconds } from "./rounds.mjs";
import { worldOf } from "./world.mjs";

const job = JSON.parse(process.argv[2]);
// The peers first: they are to find Node as it is. Only what starts a page finds one.
const { subjects, values } = await import(`../cases/${job.module}.mjs`);
const library = await import(inRoot("pkg", "index.js"));
if (process.env.CORE === "plain") await withoutWebAssembly(() => library.experiments({}));
const memory = library.instantiate(readFileSync(inRoot("pkg", "privateer_bg.wasm")));
const start = (options) => {
  pretendPage();
  return library.start(options);
};
const world = await worldOf(job, (name) => readFileSync(inRoot("tests", "data", "experiments", name), "utf8"), { ...library, start, memory });
const found = values ? await values(world) : nanoseconds(await subjects(world), job.rounds);
console.log(JSON.stringify(found));
process.exit(0);
