// What each step was made from, by content: a file touched but not changed, or a branch visited and left, builds nothing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inRoot } from "../shared/paths.mjs";

const STAMPS = inRoot("target", "build-stamps.json");

export function isFresh(step) {
  const stamp = readStamps()[step.name];
  return stamp !== undefined && step.outputs.every((path) => existsSync(inRoot(path))) && stamp === fingerprint(step.inputs);
}

export function remember(step) {
  const stamps = { ...readStamps(), [step.name]: fingerprint(step.inputs) };
  mkdirSync(dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify(stamps, null, 2));
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, "utf8"));
  } catch {
    return {};
  }
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap(filesUnder)) hash.update(`${path}\0`).update(readFileSync(inRoot(path))).update("\0");
  return hash.digest("hex");
}

function filesUnder(path) {
  const place = inRoot(path);
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [path];
  return readdirSync(place).sort().flatMap((name) => filesUnder(join(path, name)));
}
