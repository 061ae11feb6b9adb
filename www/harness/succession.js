// One visitor after another: what is stored of the one who was erased goes, and the next one has their place.
import { object } from "./json.js";

export const VISITOR = "privateer.visitor";

export const idIn = (visitor) => object(visitor).anonymousId;

// The visitor that is stored, unless it is the one who was erased: their successor.
export const heirIn = (storage, erased) => (idIn(storage?.[VISITOR]) !== erased && storage?.[VISITOR]);

// Removes what this tab stored of a visitor who was erased before, and gives their place to the successor, if there is one.
// Whether there was anybody to remove.
export function takeBack(storage, erased, successor) {
  if (!storage || !erased) return false;
  const isBack = storage[VISITOR]?.includes(erased);
  for (const key of Object.keys(storage)) {
    if (/^(privateer\.|gbStickyBuckets__)/.test(key) && (key + storage[key]).includes(erased)) storage.removeItem(key);
  }
  if (successor && isBack) storage.setItem(VISITOR, successor);
  return true;
}
