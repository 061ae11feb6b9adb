// What looks as if it could be clicked.
import { nearest } from "./element.js";

const BUTTONS = ["submit", "button", "reset", "image", "checkbox", "radio"].map((type) => `input[type=${type}]`);
const ROLES = ["button", "link", "tab", "menuitem", "option", "switch", "checkbox", "radio"].map((role) => `[role=${role}]`);
const LEVELS = 5;

const CLICKABLE = ["a[href]", "area[href]", "button", "summary", "[onclick]", ...BUTTONS, ...ROLES].join();

// The outermost element under a pointing hand, five levels up at most; the pointer's shape is inherited.
function pointed(way) {
  const hands = way.slice(0, LEVELS).filter((element) => getComputedStyle(element).cursor === "pointer");
  return hands.at(-1) ?? null;
}

const found = new WeakMap(); // by way

/** The way from what was clicked on: from the nearest thing that looks clickable; null where nothing does. */
export function clicked(way) {
  if (!found.has(way)) {
    const element = nearest(way, CLICKABLE) ?? pointed(way);
    found.set(way, element && way.slice(way.indexOf(element)));
  }
  return found.get(way);
}
