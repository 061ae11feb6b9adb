// The published declarations, used as a strict TypeScript project uses them.
import { existsSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

export async function types() {
  if (!existsSync(inRoot("tests", "types", "tsconfig.json"))) return { skipped: "there are none yet" };
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const { code, output } = await run(process.execPath, [tsc, "--project", inRoot("tests", "types")]);
  return code === 0 ? { passed: 1 } : { failed: Math.max(1, output.match(/error TS/g)?.length ?? 0), output };
}
