// Our engine where WebAssembly is refused: the package once more, started while Node has none.
import { withoutWebAssembly } from "../../scripts/shared/without_wasm.mjs";

const { experiments, experimentsNow } = await import("../../pkg/index.js?plain");
await withoutWebAssembly(() => experiments({}));

/** As `privateer` of privateer.mjs, and at once. */
export const plain = ({ payload, attributes = {}, circumstances = {} }) => (
  experimentsNow(JSON.stringify(payload), { attributes, exposures: true, ...circumstances })
);
