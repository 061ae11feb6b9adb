// Parts of a case left out, one kind at a time: where an answer changes, that part mattered.
import { OPERATORS } from "./random_conditions.mjs";

const PROPERTIES = [
  "force", "range", "coverage", "condition", "filters", "attribute", "parentConditions", "gate", "id",
  "variations", "contextualVariations", "contextualBanditRef", "contexts", "leafId",
  "weights", "ranges", "namespace", "hashAttribute", "hashVersion", "seed", "key", "meta", "passthrough", "name", "phase",
  "fallbackAttribute", "disableStickyBucketing", "bucketVersion", "minBucketVersion",
  "defaultValue", "bare", "list", "members", "circle", "remote", "attributeKey",
];
const CIRCUMSTANCES = ["url", "enabled", "qaMode", "forcedVariations", "remoteGroupIds", "compat", "sticky"];
const CONNECTIVES = ["$and", "$or", "$nor", "$not", "$savedGroup"];

/** @returns {{ name: string, needs: string, edit: (asked: object) => object }[]} needs: a text that a case without it cannot be changed */
export function ablations() {
  return [
    ...PROPERTIES.map((name) => ablation(`${name} left out`, name, (asked) => ({ ...asked, payload: edited(asked.payload, name, () => undefined) }))),
    ...CIRCUMSTANCES.map((name) => ablation(`${name} not told`, name, ({ circumstances: { [name]: _, ...circumstances }, ...asked }) => ({ ...asked, circumstances }))),
    // A failed operator is found by letting it pass, and a passed one by letting it fail.
    ...[...new Set([...OPERATORS, ...CONNECTIVES])].flatMap((name) => [
      ablation(`${name} failed`, name, (asked) => ({ ...asked, payload: edited(asked.payload, name, () => undefined) })),
      ablation(`${name} passed`, name, (asked) => ({ ...asked, payload: edited(asked.payload, name, () => ["$not", {}]) })),
    ]),
  ];
}

const ablation = (name, needs, edit) => ({ name, needs: `"${needs}":`, edit });

/** The value with each entry of that name replaced by another, or by none. */
function edited(value, name, instead) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((each) => edited(each, name, instead));
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => {
    const entry = key === name ? instead() : [key, edited(each, name, instead)];
    return entry ? [entry] : [];
  }));
}
