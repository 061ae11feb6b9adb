// A condition is asked as a page asks it: as the condition of a feature's only rule.
import { within } from "../context.mjs";

// [name, condition, attributes, expected, saved groups?]
export const evalCondition = {
  fields: [4, 5],
  read: ([name, condition, attributes, expected, savedGroups]) => ({
    name,
    expected,
    ask: (engine) => within(contextOf(condition, attributes, savedGroups), engine, holds),
  }),
};

const holds = (experiments) => experiments.evaluate("asked").value;

function contextOf(condition, attributes, savedGroups) {
  const features = { asked: { defaultValue: false, rules: [{ condition: asRuled(condition), force: true }] } };
  return { attributes, features, ...(savedGroups !== undefined && { savedGroups }) };
}

// A rule may go without a condition, and null means just that: everybody. A condition that is null passes for nobody.
// As the only member of $and it has to pass as a condition: the list is true when it is, unknown when it is, and a
// malformed member fails the whole. What is an object needs no such help and is asked as it stands.
const asRuled = (condition) => (isObject(condition) ? condition : { $and: [condition] });
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
