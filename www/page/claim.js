// A code that a friend told: read aloud, typed on a phone, with spaces and small letters.
import { show } from "./show.js";
import { standing } from "./standing.js";

// Where no code is taken, and why.
const REFUSALS = {
  absent: "Codes cannot be checked now.",
  none: "Codes cannot be checked now.",
  denied: "Nothing is noted without your consent.",
};
const form = document.querySelector("#claim");

let privateer = null;

export function prepare() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = form.elements.code.value.trim();
    if (typed) show("claim", answer(typed));
  });
}

export function wire(arrived) {
  privateer = arrived;
}

export function render() {}

function answer(typed) {
  const present = standing(privateer);
  if (REFUSALS[present]) return REFUSALS[present];
  const code = privateer.enterCode(typed);
  if (code === null) return "That is nobody’s code, or your own. One wrong character is noticed: have another look.";
  const { incoming } = privateer.referral();
  if (incoming === null) return `${code} was read, but nobody is credited for it here.`;
  if (incoming !== code) return `Noted. ${incoming} came first and stays credited.`;
  return `Thank you: ${code} is credited with you${present === "pending" ? ", and is remembered once you agree" : ""}.`;
}
