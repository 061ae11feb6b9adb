// Conditions of every shape: all operators, nested connectives, paths into lists and objects, saved groups.
import { ATTRIBUTES, TEXTS, VERSIONS, anything } from "./random_visitors.mjs";

const text = (random) => random.one(TEXTS);
const number = (random) => random.below(12) - 1;
const yes = (random) => random.percent(50);

// Where a condition may look: the kind decides which operators make sense, the maker gives operands that may well fit.
const PLACES = [
  ["id", "text", ATTRIBUTES.id],
  ["deviceId", "text", ATTRIBUTES.deviceId],
  ["country", "text", text],
  ["account.name", "text", text],
  ["tags.0", "text", text],
  ["items.0.kind", "text", (random) => random.one(["book", "game", "Book", ""])],
  ["age", "number", number],
  ["score", "number", ATTRIBUTES.score],
  ["score", "number", (random) => `${number(random)}`],
  ["company", "number", ATTRIBUTES.company],
  ["account.seats", "number", number],
  ["account.deep.list.1", "number", (random) => random.below(5)],
  ["tags.length", "number", (random) => random.below(4)],
  ["beta", "boolean", yes],
  ["account.deep.flag", "boolean", yes],
  ["version", "version", (random) => random.one(VERSIONS)],
  ["build", "version", (random) => random.one(VERSIONS)],
  ["build", "version", () => "1.2.3"],
  ["tags", "list", text],
  ["numbers", "list", (random) => random.below(6)],
  ["mixed", "list", anything],
  ["account.deep.list", "list", (random) => random.below(5)],
  ["items", "items", ATTRIBUTES.account],
  ["account.pair", "object", (random) => ATTRIBUTES.account(random).pair],
  ["nothing", "text", text],
  ["nobody.has.this", "text", text],
  ["account.deep.", "text", () => "empty"],
  ["__sgInvalid__", "boolean", yes],
  ["__gb_remoteGroupIds", "list", () => "remote"],
  ["constructor", "text", text],
  ["tags.constructor.name", "text", () => "Array"],
];

const FITTING = {
  text: ["$eq", "$ne", "$in", "$nin", "$ini", "$nini", "$regex", "$regexi", "$exists", "$type", "$inGroup", "$inGroup", "$notInGroup", "$lt", "$gte", "$not"],
  number: ["$eq", "$ne", "$in", "$nin", "$lt", "$lte", "$gt", "$gte", "$exists", "$type", "$not", "$inGroup"],
  boolean: ["$eq", "$ne", "$in", "$exists", "$type", "$not"],
  version: ["$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte", "$lt", "$gte", "$not"],
  list: ["$all", "$alli", "$size", "$elemMatch", "$in", "$nin", "$ini", "$nini", "$inGroup", "$notInGroup", "$type", "$exists", "$not"],
  items: ["$elemMatch", "$size", "$not"],
  object: ["$exists", "$type", "$eq", "$not"],
};

export const OPERATORS = [...new Set(Object.values(FITTING).flat())];

const TYPES = ["string", "number", "boolean", "array", "object", "null", "undefined", "date"];
const PATTERNS = ["^U", "s$", "[a-z]+@", "^\\d+$", "e/c", "^(?!u1)", "(.)\\1", "ë", "^.{2}$", "^$", "(", "a\\/?b?", "\\p{L}", "book|game", "\\bada\\b", "(?<=a)\\."];
const SOUND_GROUPS = ["bare", "list", "second list", "members", "others", "circle", "remote"];
const ODD_GROUPS = ["far", "future", "broken", "null", "missing", "constructor"];
const group = (random) => random.one(random.percent(75) ? SOUND_GROUPS : ODD_GROUPS);

/** The members a list of a saved group has. */
export const groupMembers = (random) => random.times(random.below(14), () => random.one([ATTRIBUTES.id, text, number])(random));

const OPERANDS = {
  $in: (random, make) => random.some(4, () => make(random)),
  $exists: (random) => random.one([true, false, true, false, 1, 0, null, "", "no"]),
  $type: (random) => random.one(TYPES),
  $size: (random) => (random.percent(60) ? random.below(4) : valueCondition(random, "number", number, 1)),
  $inGroup: (random) => (random.percent(50) ? random.one(["bare", "list"]) : group(random)),
  $regex: (random) => (random.percent(15) ? "constructor" : random.one(PATTERNS)),
  $not: (random, make, kind, depth) => valueCondition(random, kind, make, depth - 1),
  $all: (random, make, kind, depth) => random.some(2, () => (random.percent(70) ? make(random) : valueCondition(random, "text", make, depth - 1))),
  $elemMatch: (random, make, kind, depth) => elementCondition(random, make, kind, depth - 1),
  $or: (random, make, kind, depth) => [randomCondition(random, depth - 1)],
  $savedGroup: groupReference,
};
const SAME_OPERAND = { $nin: "$in", $ini: "$in", $nini: "$in", $notInGroup: "$inGroup", $regexi: "$regex", $alli: "$all" };

const DEEPEST = 3;

/** An object of conditions; `depth` bounds what may be nested. */
export function randomCondition(random, depth = DEEPEST) {
  const condition = {};
  for (let left = random.one([1, 1, 1, 2, 2, 3]); left > 0; left -= 1) Object.assign(condition, entry(random, depth));
  return random.percent(2) ? {} : condition;
}

function entry(random, depth) {
  if (depth > 0 && random.percent(35)) return connective(random, depth);
  if (random.percent(12)) return { $savedGroup: groupReference(random) };
  const [path, kind, make] = random.one(PLACES);
  return { [path]: valueCondition(random, kind, make, depth) };
}

function connective(random, depth) {
  // Not deeper, where groups are: whether a broken group counts that need not be asked is left open.
  const broken = depth === DEEPEST && random.percent(1);
  const nested = () => (broken && random.percent(50) ? null : randomCondition(random, depth - 1));
  const name = random.one(["$and", "$or", "$nor", "$not"]);
  return { [name]: name === "$not" ? nested() : random.some(3, nested) };
}

function groupReference(random) {
  if (random.percent(3)) return random.one([null, "bare", ["list"], { id: 5 }, { id: "list", attributeKey: 5 }]);
  const id = random.percent(15) ? "remote" : group(random);
  return random.percent(30) ? { id, attributeKey: random.one(["id", "country", "tags", "deviceId"]) } : { id };
}

/** What may stand beside a path: a plain value, or operators. */
function valueCondition(random, kind, make, depth) {
  if (depth <= 0 || random.percent(20)) return random.percent(93) ? make(random) : anything(random);
  if (random.percent(1)) return {};
  const operators = random.times(random.one([1, 1, 1, 2]), () => operator(random, kind));
  return Object.fromEntries(operators.map((name) => [name, operand(random, name, kind, make, depth)]));
}

function operator(random, kind) {
  if (random.percent(90)) return random.one(FITTING[kind]);
  return random.percent(85) ? random.one(OPERATORS) : random.one(["$near", "$or", "$savedGroup", "$groups"]);
}

function operand(random, name, kind, make, depth) {
  if (random.percent(2) && !["$inGroup", "$notInGroup", "$or"].includes(name)) return strange(random, name);
  const fitting = OPERANDS[SAME_OPERAND[name] ?? name];
  return fitting ? fitting(random, make, kind, depth) : make(random);
}

// null for $elemMatch is told of by no rule: the SDK fails.
const strange = (random, name) => (name === "$elemMatch" ? random.one(["list", 5, true]) : anything(random));

function elementCondition(random, make, kind, depth) {
  if (kind !== "items") return valueCondition(random, "text", make, Math.max(1, depth)) ?? {};
  const fields = [["kind", "text", (each) => each.one(["book", "game"])], ["price", "number", (each) => each.below(20)], ["tags", "list", text]];
  const field = () => {
    const [path, fieldKind, fieldMake] = random.one(fields);
    return { [path]: valueCondition(random, fieldKind, fieldMake, depth) };
  };
  return random.weighted([
    [60, () => Object.assign(field(), random.percent(30) ? field() : {})],
    [10, () => ({ $not: field() })],
    [10, () => ({ $or: [field(), field()] })],
    [5, () => ({ $and: [field()], ...field() })],
    [5, () => ({ $nor: [field()] })],
    [5, () => ({ $savedGroup: groupReference(random) })],
    [5, () => ({})],
  ])();
}
