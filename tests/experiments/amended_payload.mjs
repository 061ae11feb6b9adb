// A payload that makes SDK 1.8.0 decide as specification 0.12.0 does. What no known difference names stays as it is.
import { hash } from "../../node_modules/@growthbook/growthbook/dist/esm/util.mjs";

const NOT_AN_ATTRIBUTE = "an attribute that nobody has";

/**
 * @param {object} given
 * @param {object} given.payload
 * @param {object} given.attributes
 * @param {object} given.circumstances
 * @param {(condition: object, subject: object) => object} given.condition amends one
 * @param {(key: string) => unknown} given.lastValue what the feature of that key was decided to be most recently
 * @param {{ waits(experiment: string): boolean }} given.documents sticky assignments
 * @param {(name: string) => void} given.differs is told the name of each known difference that counted
 */
export function amendPayload(given) {
  const { payload } = given;
  return {
    ...payload,
    features: withoutAncestors(mapValues(payload.features, (feature, key) => amendFeature(feature, key, given))),
    experiments: (payload.experiments ?? []).map((experiment) => amendRule(experiment, experiment.key, given)),
    contextualBandits: mapValues(payload.contextualBandits ?? {}, (bandit) => amendBandit(bandit, given)),
  };
}

export const withoutAncestors = (object) => Object.assign(Object.create(null), object);

const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

const amendFeature = (feature, key, given) => ({
  ...feature,
  ...(feature.rules && { rules: feature.rules.map((rule) => amendRule(rule, key, given)) }),
});

const amendBandit = (bandit, given) => ({
  ...bandit,
  ...(bandit.contexts && { contexts: bandit.contexts.map((context) => lazily(context, { condition: () => given.condition(context.condition ?? {}, given.attributes) })) }),
});

/** A rule of a feature, or an experiment by itself. */
export function amendRule(rule, key, given) {
  return lazily(rule, {
    condition: () => rule.condition && given.condition(rule.condition, given.attributes),
    parentConditions: () => rule.parentConditions?.map((parent) => amendPrerequisite(parent, given)),
    filters: () => rule.filters?.map((filter) => lazily(filter, { attribute: () => hashedAttribute(filter.attribute, given) })),
    hashAttribute: () => hashedAttribute(rule.hashAttribute, given),
    fallbackAttribute: () => rule.fallbackAttribute && hashedAttribute(rule.fallbackAttribute, given),
    key: () => plainKey(rule.key, key, given),
    meta: () => amendMeta(rule, given),
    ranges: () => amendRanges(rule, given),
    ...("force" in rule && "coverage" in rule && { range: () => rolloutRange(rule, key, given) }),
  });
}

// Only what is asked for is amended, so that a difference in a rule that never had its turn is not counted.
function lazily(object, properties) {
  const lazy = { ...object };
  for (const [name, get] of Object.entries(properties)) {
    if (name in object || WITH_DEFAULTS.includes(name)) Object.defineProperty(lazy, name, { enumerable: true, get });
  }
  return lazy;
}

const WITH_DEFAULTS = ["hashAttribute", "attribute", "range", "key"];

// The SDK asks for a prerequisite's condition right after it has decided the parent.
const amendPrerequisite = (parent, given) => lazily(parent, {
  condition: () => parent.condition && given.condition(parent.condition, { value: given.lastValue(parent.id) }),
});

const isHashed = (value) => typeof value === "string" || typeof value === "number";

function hashedAttribute(name, { attributes, differs }) {
  const value = attributes[name || "id"];
  if (!value || isHashed(value)) return name;
  differs("only texts and numbers are hashed");
  return NOT_AN_ATTRIBUTE;
}

function plainKey(name, feature, { differs, documents }) {
  if ((name || feature) in {}) differs("an experiment may be called like what every object inherits");
  if (documents.waits(name || feature)) differs("a sticky assignment holds once the decision is made");
  return name;
}

function amendRanges({ ranges, variations, contextualVariations }, { differs }) {
  const count = (contextualVariations ?? variations).length;
  if (!(ranges?.length > count)) return ranges;
  differs("nobody is exposed to a variation that there is not");
  return ranges.slice(0, count);
}

function amendMeta({ meta, variations, contextualVariations }, { differs }) {
  const missing = Math.max(1, (contextualVariations ?? variations).length) - (meta?.length ?? Infinity);
  if (!(missing > 0)) return meta;
  differs("variations without a description of their own have none");
  return [...meta, ...Array.from({ length: missing }, () => ({}))];
}

// A range excludes its end, and wins over coverage.
function rolloutRange(rule, feature, given) {
  if (rule.range || !rule.coverage) return rule.range;
  const value = hashedValue(rule, given);
  if (!value || hash(rule.seed || feature, value, rule.hashVersion || 1) !== rule.coverage) return rule.range;
  given.differs("the end of a rollout's coverage is outside");
  return [0, rule.coverage];
}

function hashedValue({ hashAttribute, fallbackAttribute, disableStickyBucketing }, { attributes, circumstances }) {
  const fallback = circumstances.sticky && !disableStickyBucketing && fallbackAttribute;
  const values = [attributes[hashAttribute || "id"], fallback ? attributes[fallback] : null];
  return values.find((value) => value && isHashed(value));
}
