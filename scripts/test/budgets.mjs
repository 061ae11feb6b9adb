// Size is a test: what one page downloads, and what the console downloads, after brotli.
import { brotliBytes } from "../shared/brotli.mjs";
import { inRoot } from "../shared/paths.mjs";

const BUDGETS = [
  // Everything a page downloads: 59,980 without what referrals need of it, for which 2,000 were agreed. ARCHITECTURE.md says where the bytes are.
  { name: "page build", limit: 61_750, files: ["auto.js", "privateer_bg.wasm"] },
  // The same with what masks: every page that wants that waits for it.
  { name: "page build with masking", limit: 62_790, files: ["auto.js", "privateer_bg.wasm", "mask.js"] },
  // The second part of the module, for sites that score leads.
  { name: "scoring, on demand", limit: 16_700, files: ["scoring.wasm", "scoring.js"] },
  // For sites that have a referral program: codes, links, who is credited. Rewards are asked for.
  { name: "referral, on demand", limit: 13_000, files: ["referral.wasm", "referral.js"] },
  { name: "rewards, on demand", limit: 9_200, files: ["rewards.wasm"] },
  // Instead of the module and all its parts, where WebAssembly is refused.
  { name: "plain core", limit: 107_200, files: ["privateer_plain.js"] },
  { name: "QR, on demand", limit: 6_000, files: ["qr/qr.js", "qr/qr_bg.wasm"] },
  { name: "plain QR, on demand", limit: 8_500, files: ["qr/qr_plain.js"] },
  { name: "decryption, on demand", limit: 750, files: ["decrypt.js"] },
  // Nearly all of it is names: 1,700 hosts and sources (METHODS.md, "Channels").
  { name: "channels, on demand", limit: 8_950, files: ["channel.js"] },
  // A site that delivers in another form than Segment's loads one of them.
  { name: "Snowplow, on demand", limit: 2_600, files: ["wire/snowplow.js"] },
  { name: "PostHog, on demand", limit: 1_800, files: ["wire/posthog.js"] },
  { name: "OpenTelemetry, on demand", limit: 1_050, files: ["wire/otlp.js"] },
  { name: "CloudEvents, on demand", limit: 750, files: ["wire/cloudevents.js"] },
  { name: "consent signals, on demand", limit: 1_800, files: ["signals.js"] },
  { name: "tracking plan, on demand", limit: 7_700, files: ["plan.js"] },
  { name: "identity, on demand", limit: 750, files: ["identity.js"] },
  // A thousand stems of words that no referral code may contain.
  { name: "blocked words, on demand", limit: 2_560, files: ["blocked.js"] },
  { name: "links, on demand", limit: 750, files: ["links.js"] },
  { name: "signed links, on demand", limit: 1_900, files: ["signed.js"] },
  { name: "sharing, on demand", limit: 1_850, files: ["share.js"] },
  { name: "observers, on demand", limit: 8_600, files: ["observe.js"] },
  { name: "web vitals, on demand", limit: 3_050, files: ["vitals.js"] },
  // What asks a learned model. The model itself comes on top: 100 trees of 15 leaves are about 12 KB.
  { name: "learned models, on demand", limit: 2_500, files: ["learned.js", "learned.wasm"] },
  { name: "import of models, on demand", limit: 150_000, files: ["models/models.js", "models/models_bg.wasm"] },
  // 82,700 until it told where customers stand and judged predictions: 21 functions, 29,700 bytes, much of which read plain objects.
  // 131,600 until it made codes (10,800), judged referrals and counted what they come to (22,200), and settled rewards (12,800).
  // Only the console, and servers, load it. ARCHITECTURE.md (decisions 12 and 14) has the figures.
  { name: "insights build", limit: 178_100, files: ["insights/insights.js", "insights/insights_bg.wasm"] },
];

export function budgets() {
  const measured = BUDGETS.map(measure);
  const over = measured.filter(({ total, limit }) => total > limit);
  return {
    passed: measured.length - over.length,
    failed: over.length,
    output: over.map(({ name, total, limit }) => `The ${name} is ${bytes(total - limit)} bytes over its budget of ${bytes(limit)}.`).join("\n"),
    notes: table(measured),
  };
}

function measure(budget) {
  const files = budget.files.map((file) => ({ file, size: brotliBytes(inRoot("pkg", file)) }));
  return { ...budget, files, total: files.reduce((sum, { size }) => sum + size, 0) };
}

function table(measured) {
  const rows = measured.flatMap(({ name, files, total, limit }) => [
    ...files.map(({ file, size }) => [`pkg/${file}`, size]),
    [`${name}, of ${bytes(limit)}`, total],
  ]);
  return ["  Bytes after brotli 11", ...rows.map(([name, size]) => `  ${name.padEnd(34)}${bytes(size).padStart(9)}`)].join("\n");
}

const bytes = (count) => count.toLocaleString("en");
