/** One experiment, half and half, as GrowthBook writes it. */
export const SPLIT = {
  key: "split", seed: "split", hashAttribute: "id", hashVersion: 2,
  variations: ["a", "b"], weights: [0.5, 0.5], coverage: 1, meta: [{ key: "0" }, { key: "1" }],
};
