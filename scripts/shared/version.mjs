// Versions as three numbers: "1.95.0 (abc)" -> [1, 95, 0].

export function versionIn(text) {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : null;
}

/** Whether `text` names a version of at least `minimum`. */
export function atLeast(text, minimum) {
  const have = versionIn(text);
  const want = versionIn(minimum);
  if (!have) return false;
  const differing = have.findIndex((number, place) => number !== want[place]);
  return differing === -1 || have[differing] > want[differing];
}
