// What is wrong: with Privateer as a whole, or with a part of the site definition.
import { plainWords } from "../plain-words.js";
import { element, list, show } from "./show.js";

const alarm = document.querySelector("[data-alarm]");

export function render(privateer) {
  const problems = privateer.problems();
  // The path "$" is the whole definition: nothing of it was understood.
  const whole = problems.find(({ path }) => path === "$");
  alarm.hidden = privateer.ready && !whole;
  if (!privateer.ready) return renderAbsence(problems[0]?.message ?? "No site definition is loaded");
  if (whole) sound("Privateer has no site definition to go by.", `${plainWords(whole.message)} The page works all the same: you see the original version.`);
  show("problem-count", count(problems.length));
  list("problems", problems.map(item));
}

/** Privateer is not there, for a reason. */
export function renderAbsence(why) {
  alarm.hidden = false;
  sound("Privateer is not running.", `${plainWords(why)} The page works without it: you see the original version, and nothing is recorded.`);
  show("summary", "Privateer is not running");
  show("problem-count", "Not checked.");
  list("problems", []);
}

function sound(title, why) {
  show("alarm", title);
  show("why", why);
}

function count(problems) {
  if (problems === 0) return "None. Every part of it was understood.";
  return problems === 1 ? "One part was left out; the rest works." : `${problems} parts were left out; the rest works.`;
}

function item({ message, path }) {
  return element("li", message, element("code", path));
}
