import { atLeast } from "../shared/version.mjs";
import { Stop } from "../shared/stop.mjs";

const OLDEST = "20.0.0";

export async function prepareNode() {
  if (atLeast(process.versions.node, OLDEST)) return process.versions.node;
  throw new Stop(`Node ${process.versions.node} is too old: Privateer's scripts need Node 20 or newer.`, "install it from https://nodejs.org");
}
