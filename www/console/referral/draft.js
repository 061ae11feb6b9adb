// A program that was edited and is not the site's yet, kept in this browser: a reload or a closed tab loses nothing.
const KEY = "privateer-console.program";

/** The text as it was left; null where nothing was edited, or where this browser keeps nothing. */
export function draft() {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps a text; null forgets it. Whether this browser did so: storage may be denied, or full. */
export function keepDraft(text) {
  try {
    if (text === null) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}
