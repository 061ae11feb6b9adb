// What `npm test` runs, in the order in which a mistake is cheapest to hear of.
import { budgets } from "./budgets.mjs";
import { clippy, docs, fmt, nativeTests } from "./cargo_suites.mjs";
import { modelTests } from "./model_tests.mjs";
import { nodeTests } from "./node_tests.mjs";
import { pageTests } from "./page_tests.mjs";
import { simulation } from "./simulation.mjs";
import { types } from "./types.mjs";
import { wasmTests } from "./wasm_tests.mjs";
import { wireTests } from "./wire_tests.mjs";

/** @returns {{kind: string, name: string, lane: string, work: (line: object) => Promise<object>}[]} */
export function allSuites({ engines, required }) {
  const cargo = (kind, work, name = kind) => ({ kind, name, lane: "cargo", work });
  const node = (kind, work, name = kind) => ({ kind, name, lane: "node", work });
  const inEngine = (kind, engine) => (engine === "chromium" ? kind : `${kind} (${engine})`);
  return [
    cargo("fmt", fmt),
    cargo("clippy", clippy),
    cargo("native", nativeTests),
    cargo("docs", docs),
    cargo("simulate", simulation),
    cargo("models", modelTests),
    ...engines.map((engine) => cargo("wasm", (line) => wasmTests(engine, required, line), inEngine("wasm", engine))),
    node("types", types),
    node("budgets", budgets),
    node("experiments", (line) => nodeTests("tests/experiments", line)),
    node("insights", (line) => nodeTests("tests/insights", line)),
    node("scripts", (line) => nodeTests("tests/scripts", line)),
    node("channel", (line) => nodeTests("tests/channel", line)),
    node("packaging", (line) => nodeTests("tests/packaging", line)),
    node("wire", wireTests),
    ...engines.map((engine) => node("page", (line) => pageTests(engine, required, line), inEngine("page", engine))),
  ];
}
