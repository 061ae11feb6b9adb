// Where events are for which local storage has no room. Few pages ever need it.
let coming = null;

// Asked for once: while a file is on its way, a browser answers several wishes for it in any order, and what is to be removed would
// come before what was kept.
export function spillage() {
  coming ??= import("./spill.js");
  coming.catch(() => (coming = null));
  return coming;
}

// Whether a page ever needed it. Where browsers do not say, and where they refuse to, nobody knows.
export async function spilled() {
  try {
    const all = await indexedDB.databases?.();
    return !all || all.some(({ name }) => name === "privateer");
  } catch {
    return false;
  }
}
