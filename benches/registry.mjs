// Every case: what is measured, of whom, in which unit, and which way is better.
// `measure` returns one value a subject; the first subject is Privateer.
import { pageSizes } from "./cases/page_sizes.mjs";
import { timed } from "./support/timed.mjs";

export const CASES = [
  {
    area: "size",
    name: "what a page downloads, brotli 11",
    unit: "bytes",
    better: "lower",
    measure: pageSizes,
  },
  ...timed({ area: "experiments", name: "warm read of a decided flag", module: "warm_read" }),
  ...timed({ area: "experiments", name: "assignment of a new id", module: "new_id" }),
];
