// The module that asks learned models in a page; `www/harness/learned.js` speaks to it.
import { inRoot } from "../shared/paths.mjs";
import { buildBare } from "./bare.mjs";

export const buildPredictor = () =>
  buildBare("privateer-predictor", inRoot("pkg", "learned.wasm"), {
    level: "z", // the smallest; 3 takes a sixth more after brotli, and is no faster (measured)
    exports: ["memory", "load", "predict"],
  });
