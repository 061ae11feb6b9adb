import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { inRoot } from "../shared/paths.mjs";
import { answer, mustRun } from "../shared/run.mjs";
import { Stop } from "../shared/stop.mjs";
import { atLeast } from "../shared/version.mjs";

const WASM = "wasm32-unknown-unknown";
const INSTALL_RUST = process.platform === "win32"
  ? "download rustup-init from https://rustup.rs, run it, and open a new terminal"
  : "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh    (from https://rustup.rs)";

export async function prepareRust(line) {
  addCargoHomeToPath();
  const version = await answer("cargo", ["--version"]);
  if (!version) throw new Stop("Rust is not installed: `cargo` was not found.", INSTALL_RUST);
  const oldest = /^rust-version = "(.+)"/m.exec(readFileSync(inRoot("Cargo.toml"), "utf8"))?.[1];
  if (oldest && !atLeast(version, oldest)) throw new Stop(`${version} is too old: Rust ${oldest} or newer is needed.`, "rustup update stable");
  await prepareWasmTarget(line);
  return version.split(" ")[1];
}

/** Formatter and linter: only the tests need them. */
export async function prepareLinters() {
  for (const [component, probe] of [["clippy", "clippy"], ["rustfmt", "fmt"]]) {
    if (await answer("cargo", [probe, "--version"])) continue;
    await mustRun("rustup", ["component", "add", component]);
  }
}

// A fresh rustup is not on the PATH of terminals that were opened before it.
function addCargoHomeToPath() {
  const bin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
  if (existsSync(bin)) process.env.PATH = `${process.env.PATH}${delimiter}${bin}`;
}

async function prepareWasmTarget(line) {
  const libraries = await answer("rustc", ["--print", "target-libdir", "--target", WASM]);
  if (libraries && existsSync(libraries)) return;
  line.note(`adding the target ${WASM}`);
  if (!(await answer("rustup", ["--version"]))) {
    throw new Stop(`This Rust cannot compile to ${WASM}, and rustup is not there to add it.`, INSTALL_RUST);
  }
  await mustRun("rustup", ["target", "add", WASM]);
}
