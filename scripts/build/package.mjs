// The npm package around the built files.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";

const COPIED = [
  ["www/harness/index.d.ts", "index.d.ts"],
  ["www/harness/decisions.d.ts", "decisions.d.ts"],
  ["www/harness/referral.d.ts", "referral.d.ts"],
  ["www/harness/core.d.ts", "privateer.d.ts"],
  ["www/harness/auto.d.ts", "auto.d.ts"],
  ["www/harness/decrypt.d.ts", "decrypt.d.ts"],
  ["www/harness/learned.d.ts", "learned.d.ts"],
  ["www/harness/signed.d.ts", "signed.d.ts"],
  ["www/tools/privateer_export.py", "privateer_export.py"],
  ["www/site.schema.json", "site.schema.json"],
  ["README.md", "README.md"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE", "LICENSE"],
  ["LICENSE-MIT", "LICENSE-MIT"],
  ["LICENSE-APACHE", "LICENSE-APACHE"],
];

export function writePackage() {
  mkdirSync(inRoot("pkg"), { recursive: true });
  for (const [from, to] of COPIED) {
    if (existsSync(inRoot(from))) copyFileSync(inRoot(from), inRoot("pkg", to));
  }
  const written = manifest();
  writeFileSync(inRoot("pkg", "package.json"), `${JSON.stringify(written, null, 2)}\n`);
  return `${written.name} ${written.version}`;
}

function manifest() {
  const cargo = readFileSync(inRoot("Cargo.toml"), "utf8");
  const field = (name) => new RegExp(`^${name} = "(.+)"`, "m").exec(cargo)?.[1];
  return {
    name: "privateer",
    version: field("version"),
    description: field("description"),
    license: field("license"),
    keywords: ["ab-testing", "feature-flags", "analytics", "lead-scoring", "referral", "webassembly"],
    type: "module",
    main: "./index.js",
    types: "./index.d.ts",
    bin: { "privateer-types": "./types.mjs" },
    exports: {
      ".": module("index"),
      "./auto.js": "./auto.js",
      // The bare core, for workers and servers; `.` is the one for pages.
      "./core": module("privateer"),
      "./insights": module("insights/insights"),
      "./models": module("models/models"),
      "./qr": module("qr/qr"),
      "./decrypt": module("decrypt"),
      "./learned": module("learned"),
      "./signed": module("signed"),
      // The words that no referral code may contain, for whoever makes codes.
      "./blocked": module("blocked"),
      "./privateer_bg.wasm": "./privateer_bg.wasm",
      "./scoring.wasm": "./scoring.wasm",
      "./referral.wasm": "./referral.wasm",
      "./rewards.wasm": "./rewards.wasm",
      "./insights_bg.wasm": "./insights/insights_bg.wasm",
      "./models_bg.wasm": "./models/models_bg.wasm",
      "./qr_bg.wasm": "./qr/qr_bg.wasm",
      "./learned.wasm": "./learned.wasm",
      "./site.schema.json": "./site.schema.json",
      "./package.json": "./package.json",
    },
    // Importing auto.js starts it; everything else may be dropped when unused.
    sideEffects: ["./auto.js"],
    files: [
      "*.js", "*.mjs", "*.d.ts", "*.wasm", "*.py", "site.schema.json", "CHANGELOG.md", "LICENSE*",
      "insights/*.js", "insights/*.d.ts", "insights/*.wasm", "models/*.js", "models/*.d.ts", "models/*.wasm", "wire/*.js", "qr/*.js", "qr/*.d.ts", "qr/*.wasm",
    ],
  };
}

const module = (path) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
