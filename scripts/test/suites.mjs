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

/**
 * Two lanes: pages mostly wait, and there are many of them; everything else fits beside them.
 * @returns {{kind: string, name: string, lane: string, work: (line: object) => Promise<object>}[]}
 */
export function allSuites({ engines, required }) {
  const code = (kind, work, name = kind) => ({ kind, name, lane: "code", work });
  const folder = (kind) => code(kind, (line) => nodeTests(`tests/${kind}`, line));
  const inEngine = (kind, engine) => (engine === "chromium" ? kind : `${kind} (${engine})`);
  return [
    code("fmt", fmt),
    code("types", types),
    code("budgets", budgets),
    ...["insights", "scripts", "channel", "packaging"].map(folder),
    code("wire", wireTests),
    folder("experiments"),
    code("clippy", clippy),
    code("native", nativeTests),
    code("docs", docs),
    code("simulate", simulation),
    code("models", modelTests),
    ...engines.map((engine) => code("wasm", (line) => wasmTests(engine, required, line), inEngine("wasm", engine))),
    ...engines.map((engine) => ({ kind: "page", name: inEngine("page", engine), lane: "pages", work: (line) => pageTests(engine, required, line) })),
  ];
}
