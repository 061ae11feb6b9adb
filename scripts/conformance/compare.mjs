// When an answer is the expected one.

/** Deep equality of JSON values: the order of keys is free, and an absent member is the same as an undefined one. */
export function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, place) => same(item, other[place]));
  if (isObject(one) && isObject(other)) return sameMembers(one, other);
  return one === other;
}

function sameMembers(one, other) {
  const [ours, theirs] = [presentIn(one), presentIn(other)];
  // Own keys only: a key such as __proto__ would otherwise be found in every object.
  return ours.length === theirs.length && ours.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

const presentIn = (object) => Object.keys(object).filter((key) => object[key] !== undefined);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The same, after every number was floored to eight decimals: the suite's sums are written with fewer digits than they have. */
export const sameTo8Decimals = (one, other) => same(floored(one), floored(other));

function floored(value) {
  if (Array.isArray(value)) return value.map(floored);
  return typeof value === "number" ? Math.floor(value * 1e8) / 1e8 : value;
}
