// wasm-bindgen, wasm-pack and geckodriver: the ones on the PATH when they fit, else compiled once into the cache.
// wasm-bindgen's tool and library must have the very same version, or the glue does not fit the module.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CACHE, inRoot } from "../shared/paths.mjs";
import { answer, mustRun } from "../shared/run.mjs";
import { Stop } from "../shared/stop.mjs";
import { atLeast } from "../shared/version.mjs";
import { compileTool } from "./compile_tool.mjs";

const WASM_PACK = "0.15.1";
const GECKODRIVER = "0.37.1";
const OLDEST_WASM_PACK = "0.13.0";

export async function prepareWasmBindgen(line) {
  const version = await lockedVersion("wasm-bindgen");
  const fits = (text) => text?.split(" ")[1] === version;
  if (fits(await answer("wasm-bindgen", ["--version"]))) return version;
  await fromCache({ name: "wasm-bindgen", crate: "wasm-bindgen-cli", version, options: ["--no-default-features"] }, line);
  if (!fits(await answer("wasm-bindgen", ["--version"]))) throw unusable("wasm-bindgen", version);
  return version;
}

export async function prepareWasmPack(line) {
  const present = await answer("wasm-pack", ["--version"]);
  if (atLeast(present, OLDEST_WASM_PACK)) return present.split(" ")[1];
  await fromCache({ name: "wasm-pack", crate: "wasm-pack", version: WASM_PACK, options: [] }, line);
  if (!(await answer("wasm-pack", ["--version"]))) throw unusable("wasm-pack", WASM_PACK);
  return WASM_PACK;
}

/** Firefox's driver, which only its wasm tests need. @returns {Promise<string>} where it is */
export async function prepareGeckodriver(line) {
  if (process.env.GECKODRIVER) return process.env.GECKODRIVER;
  if (await answer("geckodriver", ["--version"])) return "geckodriver";
  return fromCache({ name: "geckodriver", crate: "geckodriver", version: GECKODRIVER, options: [] }, line);
}

async function fromCache(tool, line) {
  const home = join(CACHE, "tools", `${tool.name}-${tool.version}`);
  const program = join(home, "bin", process.platform === "win32" ? `${tool.name}.exe` : tool.name);
  if (!existsSync(program)) await compileTool(tool, home, line);
  process.env.PATH = `${join(home, "bin")}${delimiter}${process.env.PATH}`;
  return program;
}

async function lockedVersion(crate) {
  if (!existsSync(inRoot("Cargo.lock"))) await mustRun("cargo", ["generate-lockfile"]);
  const lock = readFileSync(inRoot("Cargo.lock"), "utf8");
  const version = new RegExp(`name = "${crate}"\\r?\\nversion = "(.+)"`).exec(lock)?.[1];
  if (!version) throw new Stop(`Cargo.lock names no version of ${crate}.`, "cargo generate-lockfile");
  return version;
}

const unusable = (name, version) => new Stop(
  `${name} ${version} was compiled but does not run.`,
  `delete ${join(CACHE, "tools", `${name}-${version}`)} and try again`,
);
