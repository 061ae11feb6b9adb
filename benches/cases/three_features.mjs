// From the payload's text to three of its features: most pages ask for a few of all the flags there are.
import { firstOf } from "./first_decisions.mjs";

export function subjects({ payload, ...world }) {
  const keys = Object.keys(payload.features);
  // The first, one from the middle, and the last: nobody may stop reading early.
  return firstOf([keys[0], keys[keys.length >> 1], keys.at(-1)], world);
}
