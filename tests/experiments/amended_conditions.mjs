// Conditions as specification 0.12.0 has them, told in terms of SDK 1.8.0: every operator is answered by the SDK itself,
// except where a known difference has another answer. Not an engine of its own: what no difference names stays the SDK's.
import { evalCondition } from "@growthbook/growthbook";

const UNKNOWN = null;
const NOBODY = { $not: {} };
const EVERYBODY = {};

/** null where a condition must stand. */
class Malformed extends Error {}

/**
 * @param {object} given
 * @param {object} given.savedGroups
 * @param {string} [given.compat] "0.8": `$lt` and its like convert, as the SDK does
 * @param {(name: string) => void} differs is told the name of each known difference that counted
 * @returns {(condition: object, subject: object) => object} the condition, as it was or, where they differ, one that gives the specified answer
 */
export function amendConditions({ savedGroups = {}, compat }, differs) {
  return (condition, subject) => {
    const named = new Set();
    const answer = answerOf(condition, subject, { savedGroups, compat, differs: (name) => named.add(name) });
    if (named.size === 0) return unamended(condition, subject, savedGroups, answer);
    for (const name of named) differs(name);
    return answer === true ? EVERYBODY : NOBODY;
  };
}

function unamended(condition, subject, savedGroups, answer) {
  const theirs = evalCondition(subject, condition, savedGroups);
  if (theirs === answer) return condition;
  throw new Error(`amended_conditions.mjs is wrong: no difference is named, but ${answer} is not ${theirs} for ${JSON.stringify({ condition, subject })}`);
}

function answerOf(condition, subject, given) {
  try {
    return evaluate(condition, subject, given, []);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    given.differs("null is no condition, and nothing passes beside it");
    return false;
  }
}

// Three-valued connectives: a failing member decides an `all` even beside an unknown one.
const not = (answer) => (answer === UNKNOWN ? UNKNOWN : !answer);
const all = (answers) => (answers.includes(false) ? false : answers.includes(UNKNOWN) ? UNKNOWN : true);
const any = (answers) => not(all(answers.map(not)));
const oneOf = (answers) => answers.length === 0 || any(answers);

function evaluate(condition, subject, given, path) {
  if (condition === null) throw new Malformed();
  return all(Object.entries(condition).map(([key, operand]) => entry(key, operand, subject, given, path)));
}

function entry(key, operand, subject, given, path) {
  const members = () => {
    if (operand === null) throw new Malformed();
    return operand.map((each) => evaluate(each, subject, given, path));
  };
  switch (key) {
    case "$and": return all(members());
    case "$or": return oneOf(members());
    case "$nor": return not(oneOf(members()));
    case "$not": return not(evaluate(operand, subject, given, path));
    case "$savedGroup": return savedGroup(operand, subject, given, path);
    default: return valueAnswer(operand, own(subject, key, given), given, path);
  }
}

/** The value at a path of own properties; null when there is none. */
function own(subject, path, { differs }) {
  let value = subject;
  for (const step of path.split(".")) {
    if (value === null || typeof value !== "object") return null;
    if (!Object.hasOwn(value, step)) {
      if (step in value) differs("what every object inherits is not there");
      return null;
    }
    value = value[step];
  }
  return value;
}

// What the SDK says of one value alone.
const theirs = (condition, value, savedGroups) => evalCondition({ value }, { value: condition }, savedGroups);

/** `ours`, and the name of the difference if that is not what the SDK says. */
function unlike(name, ours, condition, value, { savedGroups, differs }) {
  if (theirs(condition, value, savedGroups) !== ours) differs(name);
  return ours;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const holdsOperators = (condition) => isObject(condition) && Object.keys(condition).every((key) => key.startsWith("$"));

function valueAnswer(condition, value, given, path) {
  if (!holdsOperators(condition)) return equality(condition, value, given);
  const operators = Object.entries(condition);
  if (operators.length === 0) return unlike("no operators hold of everything", true, condition, value, given);
  return all(operators.map(([name, operand]) => operator(name, operand, value, given, path)));
}

function equality(condition, value, given) {
  const name = isObject(condition) || Array.isArray(condition) ? "the order of an object's keys does not matter" : "equality converts nothing";
  return unlike(name, same(condition, value), condition, value, given);
}

function same(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return Array.isArray(one) === Array.isArray(other) && keys.length === others.length
    && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

const COMPARISONS = ["$lt", "$lte", "$gt", "$gte"];
const VERSIONS = ["$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte"];
const OTHERS = ["$eq", "$ne", "$exists", "$in", "$nin", "$ini", "$nini", "$type", "$or", "$and", "$nor", "$savedGroup", "$savedGroups"];

const bothAre = (type, one, other) => typeof one === type && typeof other === type;
const isScalar = (value) => value === null || typeof value !== "object";
const alike = (one, other) => bothAre("number", one, other) || bothAre("string", one, other);

function operator(name, operand, value, given, path) {
  const condition = { [name]: operand };
  const sdk = () => theirs(condition, value, given.savedGroups);
  const amended = (difference, ours) => unlike(difference, ours, condition, value, given);
  if (OTHERS.includes(name)) return sdk();
  if (COMPARISONS.includes(name)) {
    if (given.compat === "0.8") return amended("lists and objects are not compared, not even converted", isScalar(value) && isScalar(operand) && sdk());
    return amended("only numbers are compared with numbers, and texts with texts", alike(value, operand) && sdk());
  }
  if (VERSIONS.includes(name)) {
    return amended("only versions of one type are compared", alike(value, operand) ? sdk() : name === "$vne");
  }
  const work = STRUCTURED[name];
  if (work) return work({ operand, value, given, path, sdk, amended, name });
  given.differs("an unknown operator passes nowhere, not even negated");
  return UNKNOWN;
}

const STRUCTURED = {
  $not: ({ operand, value, given, path }) => not(valueAnswer(operand, value, given, path)),
  $size: ({ operand, value, given, path }) => Array.isArray(value) && valueAnswer(operand, value.length, given, path),
  $all: (asked) => everyItem(asked, (item, element) => valueAnswer(item, element, asked.given, asked.path)),
  $alli: (asked) => everyItem(asked, (item, element) => regardlessOfCase(item, element, asked)),
  $elemMatch: elementMatch,
  $inGroup: groupMembership,
  $notInGroup: groupMembership,
  $regex: pattern,
  $regexi: pattern,
};

const everyItem = ({ operand, value }, fits) => Array.isArray(operand) && Array.isArray(value)
  && all(operand.map((item) => any(value.map((element) => fits(item, element)))));

function regardlessOfCase(item, element, { given, path }) {
  if (typeof item !== "string") return valueAnswer(item, element, given, path);
  const ours = typeof element === "string" && element.toLowerCase() === item.toLowerCase();
  return unlike("equality converts nothing", ours, { $alli: [item] }, [element], given);
}

function pattern({ name, operand, value, sdk, amended }) {
  if (typeof operand !== "string" || typeof value !== "string") return amended("a pattern is tried on texts only", false);
  if (!(operand in {})) return sdk();
  return amended("a pattern may be called like what every object inherits", new RegExp(operand, name === "$regexi" ? "i" : "").test(value));
}

const CONNECTIVES = ["$or", "$and", "$nor", "$savedGroup"];

function elementMatch({ operand, value, given, path, amended }) {
  if (!Array.isArray(value)) return false;
  if (!isObject(operand)) return amended("$elemMatch takes an object only", false);
  const elements = value.filter((element) => element !== null);
  const operators = holdsOperators(operand) && Object.keys(operand).length > 0;
  const connected = CONNECTIVES.some((name) => name in operand);
  if (operators && connected && elements.length > 0) given.differs("in $elemMatch, connectives hold of the element");
  const fits = operators && !connected ? valueAnswer : evaluate;
  return any(elements.map((element) => fits(operand, element, given, path)));
}

const KNOWN_GROUPS = ["list", "condition", "remote"];

function groupMembership({ name, operand, given, sdk, amended }) {
  if (operand in {} && !Object.hasOwn(given.savedGroups, operand)) {
    return amended("a group may be called like what every object inherits", name === "$notInGroup");
  }
  const group = given.savedGroups[operand];
  return isUnknownGroup(group, given) ? UNKNOWN : sdk();
}

function isUnknownGroup(group, { differs }) {
  const unknown = isObject(group) && !KNOWN_GROUPS.includes(group.type);
  if (unknown) differs("a group of an unknown type passes nowhere, not even negated");
  return unknown;
}

function savedGroup(reference, subject, given, path) {
  if (!isObject(reference)) return false;
  const { id, attributeKey } = reference;
  if (typeof id !== "string" || path.includes(id) || (attributeKey !== undefined && typeof attributeKey !== "string")) return false;
  const group = Object.hasOwn(given.savedGroups, id) ? given.savedGroups[id] : null;
  if (!isObject(group)) return false;
  if (isUnknownGroup(group, given)) return UNKNOWN;
  if (group.type === "remote") return remoteMembership(id, group, attributeKey, subject, given);
  if (group.type === "condition") return isObject(group.condition) && evaluate(group.condition, subject, given, [...path, id]);
  return Array.isArray(group.values) && theirs({ $in: group.values }, own(subject, attributeKey ?? group.attributeKey, given));
}

function remoteMembership(id, group, attributeKey, subject, given) {
  const named = own(subject, "__gb_remoteGroupIds", given);
  const member = (attributeKey ?? group.attributeKey) === group.attributeKey && Array.isArray(named) && named.includes(id);
  if (member) given.differs("a remote group holds whom the server named");
  return member;
}
