// Every case: what is measured, of whom, in which unit, and which way is better.
// `measure` returns one value a subject; the first subject is Privateer.
import { gzipSync } from "node:zlib";
import { brotliBytes } from "../scripts/shared/brotli.mjs";
import { firstVisit } from "./cases/first_visit.mjs";
import { engineSizes, pageSizes } from "./cases/page_sizes.mjs";
import { found, timed } from "./support/measured.mjs";
import { MILLION } from "./support/turns.mjs";

const gzipBytes = (bytes) => gzipSync(bytes, { level: 9 }).length;
const size = { area: "size", unit: "bytes", better: "lower" };
const experiments = { area: "experiments" };
const longer = { ...experiments, unit: "µs", from: (ns) => ns / 1000 };
const memory = { area: "memory", unit: "bytes" };

export const CASES = [
  { ...size, name: "what a page downloads, brotli 11", measure: () => pageSizes(brotliBytes) },
  { ...size, name: "what deciding alone takes, brotli 11", measure: () => engineSizes(brotliBytes) },
  { ...size, name: "what deciding alone takes, gzip 9", measure: () => engineSizes(gzipBytes) },

  ...timed({ ...experiments, name: "warm read of a decided flag", module: "warm_read" }),
  ...timed({ ...experiments, name: "assignment of a new id, 50/50", module: "assignment" }),
  ...timed({ ...experiments, name: "attributes, then a decision", module: "attributes_then_decide" }),
  ...timed({ ...longer, name: "payload text to 100 decisions", module: "first_decisions" }),
  ...timed({ ...longer, name: "payload text to 1,000 decisions", module: "first_decisions", features: 1000 }),
  ...timed({ ...longer, name: "payload text to 3 of 1,000 decisions", module: "three_features", features: 1000 }),
  ...timed({ ...longer, name: "new attributes, 100 values", module: "new_attributes" }),
  ...timed({ ...experiments, name: "a million ids", module: "bulk", rounds: 7, unit: "ids/s", better: "higher", from: (ns) => (MILLION * 1e9) / ns }),
  { ...experiments, name: "first visit, script to 100 decisions", unit: "ms", better: "lower", measure: firstVisit },

  found({ ...memory, name: "1,000 features decided", module: "memory_held", features: 1000 }),
  found({ ...memory, name: "grown by 10,000 reloads of 100", module: "memory_growth" }),
];
