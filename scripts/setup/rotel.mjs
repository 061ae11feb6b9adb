// rotel, an OpenTelemetry collector that comes as a Python package: a real end of the wire for the tests. It is one
// program, linked against Python 3.11's library; where that or pip is missing, the tests leave it out and say so.
import { existsSync } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { CACHE } from "../shared/paths.mjs";
import { say } from "../shared/progress.mjs";
import { answer, run } from "../shared/run.mjs";

const VERSION = "0.0.1a15";
const PYTHON = "python3.11";

/** @returns {Promise<string | null>} the program, installed into the cache when it is not there; null when it cannot be had */
export async function prepareRotel(line) {
  if (process.env.ROTEL) return process.env.ROTEL;
  const home = join(CACHE, "tools", `rotel-${VERSION}`);
  const program = join(home, "rotel", "rotel-agent");
  if (!existsSync(program) && !(await install(home, program, line))) return null;
  return (await answer(program, ["version"])) === null ? null : program;
}

/** What a person can do about it. */
export const HOW_TO_GET_ROTEL = `rotel: install ${PYTHON} with its shared library and pip (on Debian: python3.11, libpython3.11, python3-pip), or name the program in ROTEL`;

async function install(home, program, line) {
  if ((await answer(PYTHON, ["-m", "pip", "--version"])) === null) return false;
  say(`    rotel ${VERSION} is installed for the tests, into ${home}`);
  line.note("installing rotel");
  await mkdir(home, { recursive: true });
  const { code } = await run(PYTHON, ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--target", home, `rotel==${VERSION}`]);
  if (code !== 0 || !existsSync(program)) return rm(home, { recursive: true, force: true }).then(() => false);
  await chmod(program, 0o755);
  return true;
}
