// Size is a test: what one page downloads, and what the console downloads, after brotli.
import { brotliBytes } from "../shared/brotli.mjs";
import { inRoot } from "../shared/paths.mjs";

const BUDGETS = [
  // Everything a page downloads. ARCHITECTURE.md says where the bytes are and what is next.
  { name: "page build", limit: 49_900, files: ["auto.js", "privateer_bg.wasm"] },
  { name: "QR, on demand", limit: 8_500, files: ["qr/qr.js", "qr/qr_bg.wasm"] },
  { name: "decryption, on demand", limit: 750, files: ["decrypt.js"] },
  { name: "observers, on demand", limit: 8_600, files: ["observe.js"] },
  { name: "web vitals, on demand", limit: 3_050, files: ["vitals.js"] },
  { name: "insights build", limit: 83_500, files: ["insights/insights.js", "insights/insights_bg.wasm"] },
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
