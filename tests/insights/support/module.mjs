// The insights build that ships, in Node.
import { readFileSync } from "node:fs";
import { inRoot } from "../../../scripts/shared/paths.mjs";
import { initSync } from "../../../pkg/insights/insights.js";

initSync({ module: readFileSync(inRoot("pkg", "insights", "insights_bg.wasm")) });

export * from "../../../pkg/insights/insights.js";

/** What a call throws, as code and path. */
export function failure(call) {
  try {
    call();
  } catch (error) {
    return [error instanceof Error, error.code, error.path];
  }
  return "nothing was thrown";
}

/** How far two numbers are apart, in words where it is too far. */
export function near(ours, theirs, tolerance = 1e-12) {
  if (!(Math.abs(ours - theirs) <= tolerance)) throw new Error(`${ours} is not ${theirs}`);
}
