// A code that a friend told: read aloud, typed on a phone, with spaces and small letters.
import { show } from "./show.js";

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
  const code = privateer?.enterCode(typed) ?? null;
  if (code === null) return "That is nobody’s code, or your own. One wrong character is noticed: have another look.";
  const { incoming } = privateer.referral();
  return incoming === code ? `Thank you: ${code} is credited with you.` : `Noted. ${incoming ?? "Nobody"} came first and stays credited.`;
}
