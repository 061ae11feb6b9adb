// Members of a definition by their paths, such as "rewards.rules.0.cap". Definitions are never changed: a changed one is a new one.

/** The member at a path; undefined where there is none. */
export function at(document, path) {
  return path.split(".").reduce((value, name) => (Object(value) === value && Object.hasOwn(value, name) ? value[name] : undefined), document);
}

/** The document with another value there. `undefined` takes the member away, and objects that are empty then. */
export function withAt(document, path, value) {
  const [name, ...rest] = path.split(".");
  const copy = Array.isArray(document) ? [...document] : { ...Object(document) };
  const inner = rest.length ? withAt(copy[name] ?? (/^\d/.test(rest[0]) ? [] : {}), rest.join("."), value) : value;
  if (inner === undefined || (rest.length && isEmpty(inner) && value === undefined)) delete copy[name];
  else copy[name] = inner;
  return copy;
}

const isEmpty = (value) => Object(value) === value && !Array.isArray(value) && Object.keys(value).length === 0;

/** "$.referral.rewards.rules[0].cap" → "rewards.rules.0.cap". */
export const fromProblem = (path) => path.replace(/^\$\.referral\.?/, "").replace(/\[(\d+)\]/g, ".$1");
