// Every case: what is measured, of whom, in which unit, and which way is better.
// `measure` returns one value a subject; the first subject is Privateer.
import { gzipSync } from "node:zlib";
import { brotliBytes } from "../scripts/shared/brotli.mjs";
import { firstVisit } from "./cases/first_visit.mjs";
import { engineSizes, pageSizes } from "./cases/page_sizes.mjs";
import { trackCalls } from "./cases/track_calls.mjs";
import { trackFeel } from "./cases/track_feel.mjs";
import { trackStart } from "./cases/track_start.mjs";
import { trackWork } from "./cases/track_work.mjs";
import { found, timed } from "./support/measured.mjs";
import { MILLION } from "./support/turns.mjs";

const gzipBytes = (bytes) => gzipSync(bytes, { level: 9 }).length;
const size = { area: "size", unit: "bytes", better: "lower" };
const experiments = { area: "experiments" };
const longer = { ...experiments, unit: "µs", from: (ns) => ns / 1000 };
const tracking = { area: "tracking", unit: "µs", better: "lower" };
const page = { ...tracking, unit: "ms" };
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

  { ...tracking, name: "caller waits, events 10 ms apart, median", measure: trackCalls("median") },
  { ...tracking, name: "caller waits, events 10 ms apart, 95th percentile", measure: trackCalls("p95") },
  { ...tracking, name: "caller waits, events 10 ms apart, worst of 300", measure: trackCalls("worst") },
  { ...tracking, name: "caller waits, its microtasks too, median", measure: trackCalls("task") },
  { ...tracking, name: "caller waits, burst of 100, median", measure: trackCalls("burstMedian") },
  { ...tracking, name: "caller waits, burst of 100, worst", measure: trackCalls("burst") },
  { ...tracking, name: "all work of an event, tasks of the main thread", measure: trackWork("tasks") },
  { ...tracking, name: "all work of an event, main thread's own time", measure: trackWork("thread") },
  { ...tracking, name: "all work of an event, all processes", measure: trackWork("browser") },
  { ...size, area: "tracking", name: "fetched by a page that tracks, brotli 11", measure: trackStart("bytes") },
  { ...page, name: "start, main thread's own time", measure: trackStart("thread") },
  { ...page, name: "longest task while loading, 4 x slower", measure: trackFeel("loading") },
  { ...page, name: "longest task in use, 4 x slower", measure: trackFeel("used") },
  { ...page, name: "click handled, median, 4 x slower", measure: trackFeel("handled") },
  { ...page, name: "click handled, worst of 40, 4 x slower", measure: trackFeel("handledWorst") },
  { ...page, name: "click shown, mean, 4 x slower", measure: trackFeel("mean") },
  { ...page, name: "INP of 40 clicks, 4 x slower", measure: trackFeel("inp") },

  found({ area: "scoring", unit: "ns", name: "one event through 20 rules of 2 conditions, scored, Node", module: "score_event" }),

  found({ area: "referral", unit: "ns", name: "a code of 8 characters out of 31, in batches of 1,000, Node", module: "code_batch" }),
  found({ area: "referral", unit: "ns", name: "a typed code read and checked, Node", module: "code_read" }),
  found({ area: "referral", unit: "µs", name: "QR code of a link of 70 characters, Node", module: "qr_link" }),

  found({ ...memory, name: "1,000 features decided", module: "memory_held", features: 1000 }),
  found({ ...memory, name: "grown by 10,000 reloads of 100", module: "memory_growth" }),
];
