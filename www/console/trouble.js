// What went wrong, in words, above the views. The console goes on with what it has.

import { plainWords } from "../plain-words.js";

const place = document.querySelector("#trouble");
const troubles = new Map();

/** Runs a step. `failure` begins the sentence that is shown from when it fails until it succeeds. */
export async function attempt(failure, step) {
  try {
    await step();
    troubles.delete(failure);
  } catch (error) {
    troubles.set(failure, `${failure}. ${plainWords(error)}`);
  }
  const words = [...troubles.values()].join(" ");
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}
