// Our engine as a worker or a server has it: `experiments()` of the build that ships.
import { readFile } from "node:fs/promises";
import { experiments } from "../../pkg/index.js";
import { inRoot } from "../../scripts/shared/paths.mjs";

const wasm = new WebAssembly.Module(await readFile(inRoot("pkg", "privateer_bg.wasm")));

/** `circumstances` are all options of `experiments()` but the visitor. */
export const privateer = ({ payload, attributes = {}, circumstances = {} }) => (
  experiments(JSON.stringify(payload), { attributes, exposures: true, ...circumstances, wasm })
);
