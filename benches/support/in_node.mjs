// One case in this process: `node in_node.mjs warm_read`. Prints the values as one JSON line.
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { pretendPage } from "./fake_page.mjs";
import { nanoseconds } from "./rounds.mjs";

const json = (...path) => JSON.parse(readFileSync(inRoot(...path), "utf8"));
// The peers first: they are to find Node as it is.
const { subjects } = await import(`../cases/${process.argv[2]}.mjs`);
pretendPage();
const { initSync } = await import(inRoot("pkg", "privateer.js"));
initSync({ module: readFileSync(inRoot("pkg", "privateer_bg.wasm")) });
const { start } = await import(inRoot("pkg", "index.js"));
const payload = json("tests", "data", "experiments", "payload-100.json");
const users = json("tests", "data", "experiments", "users.json");
console.log(JSON.stringify(nanoseconds(await subjects({ start, payload, users }))));
process.exit(0);
