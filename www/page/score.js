// The lead score, what it is made of, and what would raise it.
import { element, list, show } from "./show.js";

const signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero", maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function render(privateer) {
  const score = privateer.score();
  show("score", score.total === null ? "Not scored" : points(score.total));
  show("score-hint", hint(score));
  list("axes", score.total === null ? [] : axes(score));
  list("reasons", score.reasons.map(line));
  const [next] = score.next ?? [];
  show("score-next", next ? `${next.label}: ${signed.format(next.points)}` : "");
  for (const part of document.querySelectorAll("[data-next]")) part.hidden = !next;
}

const points = (number) => `${plain.format(number)} ${number === 1 ? "point" : "points"}`;

function hint({ total, reasons }) {
  if (total === null) return "This site defines no lead scoring, or Privateer is not running.";
  return reasons.length ? "" : "Choose a plan or send the form, and watch it rise.";
}

function axes({ fit, engagement, grade, stage, missing }) {
  const unknown = missing.length ? `not known yet (${missing.join(", ").replaceAll("_", " ")})` : "not scored";
  return [
    ["Fit", fit === null ? unknown : plain.format(fit)],
    ["Engagement", engagement === null ? "not scored" : plain.format(engagement)],
    ["Grade", grade ?? "none yet"],
    ["Stage", stage ?? "none yet"],
  ].map(([name, value]) => element("li", element("span", name), element("b", value)));
}

function line({ label, points, count, rule }) {
  const times = count > 1 ? ` (${plain.format(count)} times)` : "";
  const held = { cap: `The most that the ${label} can be`, floor: `The least that the ${label} can be` }[rule];
  return element("li", element("span", (held ?? label) + times), element("b", signed.format(points).replace("-", "−")));
}
