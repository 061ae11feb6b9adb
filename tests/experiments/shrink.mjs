// A failing case, made as small as it can be while it still fails: what a person wants to read.

/**
 * @param {unknown} value JSON
 * @param {(value: unknown) => Promise<boolean>} fails
 */
export async function shrink(value, fails) {
  let smallest = value;
  for (;;) {
    const smaller = await first(simpler(smallest), fails);
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

async function first(values, fails) {
  for (const value of values) if (await fails(value).catch(() => false)) return value;
  return undefined;
}

/** Everything that has one part less, largest parts first. */
function* simpler(value) {
  if (value === null || typeof value !== "object") return;
  const keys = Object.keys(value);
  for (const key of keys) yield without(value, key);
  for (const key of keys) for (const smaller of simpler(value[key])) yield replaced(value, key, smaller);
}

const without = (value, key) => (Array.isArray(value) ? value.filter((_, place) => place !== Number(key)) : Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)));
const replaced = (value, key, other) => (Array.isArray(value) ? Object.assign([...value], { [key]: other }) : { ...value, [key]: other });
