import { existsSync, readFileSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";
import { lastLines, npm } from "../shared/run.mjs";
import { Stop } from "../shared/stop.mjs";

export async function preparePackages(line) {
  if (isInstalled()) return "up to date";
  line.note("installing npm packages");
  // No package of ours needs its install script; leaving them out is faster and safer.
  const { code, output } = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Stop("The npm packages could not be installed.", "npm ci", lastLines(output, 20));
  return "installed";
}

/** Whether what npm installed last is what the lock file asks for. */
function isInstalled() {
  const installed = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(inRoot("package-lock.json")))
    .filter(([path, wanted]) => path && !wanted.optional)
    .every(([path, wanted]) => have[path]?.version === wanted.version);
}

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
