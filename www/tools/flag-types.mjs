// What values each flag of a GrowthBook payload can have, as TypeScript.
const FEWEST_TEXTS = 2; // a single known text is a setting that will be edited, not a choice
const MOST_TEXTS = 20;
const LONGEST_TEXT = 60;
const MOST_MEMBERS = 50; // an object with more is a dictionary

/** The members of `interface Flags`, one for each feature, by name: a changed order in the payload changes nothing. */
export function flagTypes(features, indent) {
  const byName = Object.keys(features).sort();
  return byName.map((key) => `${indent}${JSON.stringify(key)}: ${flagType(features[key], indent)};`);
}

// A flag without a value is its fallback, so null is none of its values.
function flagType(feature, indent) {
  return typeOf(valuesOf(feature).filter((value) => value !== null && value !== undefined), indent);
}

// In the order of GrowthBook's rules: a rule that has `force` sets a value, another one is an experiment.
function valuesOf(feature) {
  const rules = Array.isArray(feature?.rules) ? feature.rules : [];
  return [feature?.defaultValue, ...rules.flatMap((rule) => ("force" in Object(rule) ? [rule.force] : variationsOf(rule)))];
}

function variationsOf(rule) {
  const variations = rule?.contextualVariations ?? rule?.variations;
  return Array.isArray(variations) ? variations : [];
}

const TYPES = {
  boolean: () => "boolean",
  number: () => "number",
  string: texts,
  object: objects,
  list: lists,
  null: () => "null",
};

/** One type for all values: each kind that occurs, once. Nothing is known of what has no value but null. */
function typeOf(values, indent, listed = false) {
  const kinds = Object.keys(TYPES).map((kind) => [kind, values.filter((value) => kindOf(value) === kind)]);
  const types = kinds.filter(([, alike]) => alike.length).map(([kind, alike]) => TYPES[kind](alike, indent, listed));
  return types.every((type) => type === "null") ? "Json" : types.join(" | ");
}

function kindOf(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

// In a list texts are entries, not alternatives.
function texts(values, indent, listed) {
  const alternatives = [...new Set(values)];
  const isChoice = !listed && alternatives.length >= FEWEST_TEXTS && alternatives.length <= MOST_TEXTS;
  return isChoice && alternatives.every((text) => text.length <= LONGEST_TEXT) ? alternatives.map(literal).join(" | ") : "string";
}

function lists(values, indent) {
  return `Array<${typeOf(values.flat(), indent, true)}>`;
}

// Objects are laid over each other; a member that not all of them have is optional.
function objects(values, indent, listed) {
  const members = [...new Set(values.flatMap(Object.keys))];
  if (members.length === 0) return "{ [key: string]: Json }";
  const inner = `${indent}  `;
  const valuesAt = (member) => values.filter((value) => Object.hasOwn(value, member)).map((value) => value[member]);
  if (members.length > MOST_MEMBERS) return `{ [key: string]: ${typeOf(members.flatMap(valuesAt), indent, true)} }`;
  const lines = members.map((member) => {
    const found = valuesAt(member);
    return `${inner}${literal(member)}${found.length < values.length ? "?" : ""}: ${typeOf(found, inner, listed)};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

const literal = (text) => JSON.stringify(text);
