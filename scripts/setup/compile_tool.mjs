import { rmSync } from "node:fs";
import { join } from "node:path";
import { say } from "../shared/progress.mjs";
import { lastLines, run } from "../shared/run.mjs";
import { Stop } from "../shared/stop.mjs";

// Tools that run for a second need no slow optimiser: this halves their compile time.
const COMPILE_FAST = {
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_DEBUG: "0",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
  // The crate counter, although nobody watches cargo itself.
  CARGO_TERM_PROGRESS_WHEN: "always",
  CARGO_TERM_PROGRESS_WIDTH: "80",
};

/** Compiles `tool.crate` at `tool.version` into `home`; the intermediate files go away. */
export async function compileTool(tool, home, line) {
  say(`    ${tool.crate} ${tool.version} is compiled once for this machine: about 2 minutes on 2 cores.`);
  const work = join(home, "compiling");
  const args = ["install", "--locked", `${tool.crate}@${tool.version}`, ...tool.options, "--root", home];
  const { code, output } = await run("cargo", args, {
    env: { ...COMPILE_FAST, CARGO_TARGET_DIR: work },
    onLine: (text) => noteProgress(tool.name, text, line),
  });
  rmSync(work, { recursive: true, force: true });
  if (code === 0) return;
  throw new Stop(`${tool.crate} ${tool.version} could not be compiled.`, `cargo ${args.join(" ")}`, lastLines(output, 20));
}

function noteProgress(name, text, line) {
  const building = /Building .*?(\d+)\/(\d+)/.exec(text);
  if (building) return line.note(`compiling ${name}: ${building[1]} of ${building[2]} crates`);
  if (/Updating|Locking|Downloading|Downloaded/.test(text)) line.note(`downloading the crates of ${name}`);
}
