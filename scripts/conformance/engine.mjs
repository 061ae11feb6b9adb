// What ships, behind the five calls the sections need. Given the loaded modules, so that Node and a page differ in
// loading only. Everything crosses as JSON text: an attribute called __proto__ stays an attribute.

/**
 * @param {object} shipped
 * @param {object} shipped.index pkg/index.js
 * @param {object} shipped.core pkg/privateer.js, ready to be asked
 * @param {object} shipped.insights pkg/insights/insights.js, ready to be asked
 * @param {() => Promise<object>} shipped.decryption loads pkg/decrypt.js, as pages do: on demand
 * @param {WebAssembly.Module} [shipped.wasm] the page build's module, where it cannot be fetched
 * @param {{compat?: string}} [settings]
 */
export function engineOf({ index, core, insights, decryption, wasm }, { compat } = {}) {
  const visitor = core.Visitor.simulated("{}", "{}", 0, 0);
  return {
    experiments: (payload, options) => index.experiments(JSON.stringify(payload), { ...options, compat, wasm }),
    probe: (question, args) => JSON.parse(visitor.ask("probe", JSON.stringify([question, args]))),
    decrypt: async (encrypted, key) => (await decryption()).decrypt(encrypted, key),
    pruneCondition: (...args) => JSON.parse(insights.prune_condition(...args.map((each) => JSON.stringify(each)))),
    reducePayload: (input) => JSON.parse(insights.reduce_payload(JSON.stringify(input))),
  };
}
