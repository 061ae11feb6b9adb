// Where specification 0.12.0, which we follow, and GrowthBook's JavaScript SDK 1.8.0 part, each with the smallest case.
// `amended.mjs` answers by these names, and a name that nothing answers to any more fails.

const rule = (given) => ({ features: { feature: { defaultValue: false, rules: [{ force: true, ...given }] } } });
const condition = (given, more = {}) => ({ ...rule({ condition: given }), ...more });
const inGroup = (entry, operand = { $not: { $savedGroup: { id: "g" } } }) => condition(operand, { savedGroups: { g: entry } });

/**
 * What comes of `feature`, `ours` by the specification and `theirs` by SDK 1.8.0: its value, or whatever `asked` says, which
 * is another field of it or the number of exposures. THROWS: there is no answer.
 */
export const THROWS = "throws";

export const KNOWN_DIFFERENCES = {
  "equality converts nothing": { payload: condition({ age: 5 }), attributes: { age: "5" }, ours: false, theirs: true },
  "the order of an object's keys does not matter": { payload: condition({ account: { a: 1, b: 2 } }), attributes: { account: { b: 2, a: 1 } }, ours: true, theirs: false },
  "only numbers are compared with numbers, and texts with texts": { payload: condition({ age: { $lt: 4 } }), attributes: {}, ours: false, theirs: true },
  "lists and objects are not compared, not even converted": { payload: condition({ tags: { $gt: 4 } }), attributes: { tags: [5] }, circumstances: { compat: "0.8" }, ours: false, theirs: true },
  "only versions of one type are compared": { payload: condition({ version: { $vlt: "1.0.0" } }), attributes: {}, ours: false, theirs: true },
  "a pattern is tried on texts only": { payload: condition({ age: { $regex: "5" } }), attributes: { age: 5 }, ours: false, theirs: true },
  "a pattern may be called like what every object inherits": { payload: condition({ name: { $regex: "constructor" } }), attributes: { name: "constructor" }, ours: true, theirs: false },
  "no operators hold of everything": { payload: condition({ age: {} }), attributes: { age: 5 }, ours: true, theirs: false },
  "an unknown operator passes nowhere, not even negated": { payload: condition({ $not: { age: { $near: 1 } } }), attributes: { age: 5 }, ours: false, theirs: true },
  "in $elemMatch, connectives hold of the element": { payload: condition({ items: { $elemMatch: { $or: [{ kind: "book" }] } } }), attributes: { items: [{ kind: "book" }] }, ours: true, theirs: false },
  "$elemMatch takes an object only": { payload: condition({ items: { $elemMatch: 5 } }), attributes: { items: [1] }, ours: false, theirs: true },
  "a group of an unknown type passes nowhere, not even negated": { payload: inGroup({ type: "query" }), attributes: {}, ours: false, theirs: true },
  "a remote group holds whom the server named": { payload: inGroup({ type: "remote", attributeKey: "id" }, { $savedGroup: { id: "g" } }), attributes: { __gb_remoteGroupIds: ["g"] }, ours: true, theirs: false },
  "what every object inherits is not there": { payload: condition({ constructor: { $exists: true } }), attributes: {}, ours: false, theirs: true },
  "a group may be called like what every object inherits": { payload: condition({ id: { $notInGroup: "constructor" } }), attributes: { id: "u1" }, ours: true, theirs: false },
  "a feature may be called like what every object inherits": { payload: { features: {} }, attributes: {}, feature: "constructor", asked: "source", ours: "unknownFeature", theirs: "defaultValue" },
  "an experiment may be called like what every object inherits": {
    payload: { features: { feature: { defaultValue: false, rules: [{ key: "constructor", variations: [true, true] }] } } },
    attributes: { id: "u1" },
    ours: true,
    theirs: undefined,
  },
  "only texts and numbers are hashed": { payload: rule({ coverage: 1 }), attributes: { id: true }, ours: false, theirs: true },
  // hash("feature", "u2035", 1) is 0.5, computed with SDK 1.8.0.
  "the end of a rollout's coverage is outside": { payload: rule({ coverage: 0.5 }), attributes: { id: "u2035" }, ours: false, theirs: true },
  "a sticky assignment holds once the decision is made": {
    payload: {
      features: {
        feature: {
          rules: [
            { key: "e", variations: [1, 2], weights: [0, 1], meta: [{}, { key: "t", passthrough: true }] },
            { key: "e", variations: [true, false], weights: [1, 0], meta: [{}, { key: "t" }] },
          ],
        },
      },
    },
    attributes: { id: "u1" },
    circumstances: { sticky: true },
    ours: true,
    theirs: false,
  },
  "variations without a description of their own have none": {
    payload: { features: { feature: { defaultValue: false, rules: [{ variations: [true, true], meta: [] }] } } },
    attributes: { id: "u1" },
    ours: true,
    theirs: THROWS,
  },
  "nobody is exposed to a variation that there is not": {
    payload: { features: { feature: { rules: [{ variations: [1, 2], ranges: [[0, 0], [0, 0], [0, 1]] }] } } },
    attributes: { id: "u1" },
    asked: "exposures",
    ours: 0,
    theirs: 1,
  },
  "null is no condition, and nothing passes beside it": { payload: condition({ $or: [null] }), attributes: {}, ours: false, theirs: THROWS },
};
