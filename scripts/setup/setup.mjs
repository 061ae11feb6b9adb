// Everything a build needs, checked in order; what is missing and can be installed without a question, is.
// Runs before node_modules exists: only node: modules here and below.
import { step } from "../shared/progress.mjs";
import { prepareNode } from "./node.mjs";
import { preparePackages } from "./packages.mjs";
import { prepareRust } from "./rust.mjs";
import { prepareWasmBindgen, prepareWasmPack } from "./wasm_tools.mjs";

/** @param {{thorough?: boolean}} [options] thorough: say each tool's version on a line of its own */
export async function setup({ thorough = false } = {}) {
  const whole = thorough ? null : step("tools");
  const report = thorough ? lineEach : quietly(whole);
  try {
    await report("Node", prepareNode);
    await report("Rust", prepareRust);
    await report("wasm-bindgen", prepareWasmBindgen);
    await report("wasm-pack", prepareWasmPack);
    await report("npm packages", preparePackages);
  } catch (error) {
    whole?.failed();
    throw error;
  }
  whole?.done("ready");
}

async function lineEach(name, prepare) {
  const line = step(name);
  try {
    line.done(await prepare(line));
  } catch (error) {
    line.failed();
    throw error;
  }
}

const quietly = (line) => async (name, prepare) => {
  line.note(name);
  await prepare(line);
};
