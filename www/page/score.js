// The lead score and what it is made of.
import { element, list, show } from "./show.js";

const signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero" });

export function render(privateer) {
  const { total, reasons } = privateer.score();
  show("score", total === null ? "Not scored" : `${total} ${total === 1 ? "point" : "points"}`);
  show("score-hint", hint(total, reasons));
  list("reasons", reasons.map(line));
}

function hint(total, reasons) {
  if (total === null) return "This site defines no lead scoring, or Privateer is not running.";
  return reasons.length ? "" : "Choose a plan or send the form, and watch it rise.";
}

function line({ label, points, count }) {
  const times = count > 1 ? ` (${count} times)` : "";
  return element("li", element("span", label + times), element("b", signed.format(points).replace("-", "−")));
}
