// The small questions on the way from an id to a variation. Each is a function of its fields alone.
import { sameTo8Decimals } from "../compare.mjs";

// [seed, value, version, expected]: exactly equal; null for a version that is unknown.
export const hash = {
  fields: [4],
  read: ([seed, value, version, expected]) => probed([seed, value, version], expected, "hash", [seed, value, version]),
};

// [name, [variations, coverage, weights or null], expected]
export const getBucketRange = {
  fields: [3],
  read: ([name, split, expected]) => ({ ...probed(name, expected, "bucketRange", split), matches: sameTo8Decimals }),
};

// [name, hash, ranges, expected]: the variation's index, or -1.
export const chooseVariation = {
  fields: [4],
  read: ([name, place, ranges, expected]) => probed(name, expected, "chooseVariation", [place, ranges]),
};

// [name, experiment key, url, variations, expected]: the variation's index, or null.
export const getQueryStringOverride = {
  fields: [5],
  read: ([name, key, url, variations, expected]) => probed(name, expected, "queryOverride", [key, url, variations]),
};

// [name, hash value, [namespace, start, end], expected]
export const inNamespace = {
  fields: [4],
  read: ([name, value, namespace, expected]) => probed(name, expected, "inNamespace", [value, namespace]),
};

// [variations, expected]: also for no variations, and for -1.
export const getEqualWeights = {
  fields: [2],
  read: ([variations, expected]) => ({ ...probed([variations], expected, "equalWeights", [variations]), matches: sameTo8Decimals }),
};

const probed = (name, expected, question, args) => ({ name, expected, ask: (engine) => engine.probe(question, args) });
