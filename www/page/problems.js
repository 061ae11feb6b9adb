// What is wrong: with the site definition, or with Privateer as a whole.
import { element, list, show } from "./show.js";

const MEANWHILE = "The page works without it: you see the original version, and nothing is recorded.";
const alarm = document.querySelector("[data-alarm]");

export function render(privateer) {
  const problems = privateer.problems();
  alarm.hidden = privateer.ready;
  if (!privateer.ready) show("why", `${sentence(problems[0]?.message ?? "No site definition is loaded")} ${MEANWHILE}`);
  show("problem-count", count(problems.length));
  list("problems", problems.map(item));
}

/** Privateer did not arrive at all. */
export function renderAbsence(why) {
  alarm.hidden = false;
  show("why", `${why} ${MEANWHILE}`);
  show("summary", "Privateer is not running");
  show("problem-count", "Not checked.");
}

/** With a full stop, once. */
function sentence(text) {
  return text.replace(/\.?$/, ".");
}

function count(problems) {
  if (problems === 0) return "None. Every part of it was understood.";
  return problems === 1 ? "One part was left out; the rest works." : `${problems} parts were left out; the rest works.`;
}

function item({ message, path }) {
  return element("li", message, element("code", path));
}
