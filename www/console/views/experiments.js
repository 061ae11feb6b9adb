// Experiments: was the split fair, who does better, what is still missing.
import { compareProportions, sampleRatio } from "/pkg/insights/insights.js";
import { ratesChart } from "../charts.js";
import { conclude } from "../conclusion.js";
import { element, setOptions, table } from "../dom.js";
import { showEmpty } from "../empty.js";
import { trueRate } from "../model.js";
import { planOf } from "../site.js";
import { judgeSplit } from "../split.js";
import { count, eventLabel, percent, plural, points, pointsMore } from "../words.js";

const NEVER_A_GOAL = new Set(["page", "identify", "Experiment Viewed", "Referral Captured"]);
const section = document.querySelector("#experiments-view");
const goalChoice = section.querySelector("#experiments-goal");
const cards = section.querySelector("#experiments-cards");

export function prepare(refresh) {
  goalChoice.addEventListener("change", refresh);
}

export async function render({ source, summary, width }) {
  const goals = new Set(["Trial Requested", "Plan Chosen", ...summary.names.map((row) => row.name).filter((name) => !NEVER_A_GOAL.has(name))]);
  setOptions(goalChoice, [...goals].map((name) => [name, eventLabel(name)]), "Trial Requested");
  const goal = goalChoice.value;
  const found = (await source.ask("experiments", { goal })) ?? [];
  showEmpty(section, source, found.length === 0, summary.events ? "Nobody here has seen an experiment yet." : undefined);
  const plans = await Promise.all(found.map(({ id }) => planOf(id)));
  cards.replaceChildren(...found.map((experiment, index) => card(experiment, plans[index], { goal, days: summary.days, width, simulated: source.simulated })));
}

function card({ id, rows: counted, crossovers }, plan, { goal, days, width, simulated }) {
  const rows = counted.map((row) => ({ ...row, truth: simulated ? trueRate(id, Number(row.variation), goal) : null }));
  const [control, ...others] = rows;
  const split = judgeSplit(rows, rows.map((row) => plan.weights.get(row.variation) ?? 1), sampleRatio);
  return element("article", { class: "card", "aria-label": plan.name },
    element("header", null, element("h3", null, plan.name), element("code", null, id)),
    !split.fair && element("p", { class: "unfair" }, split.words),
    (others.length ? others : [undefined]).map((other) => verdict(control, other, goal, days)),
    ratesChart(Math.min(width - 58, 900), rows, description(rows, goal)),
    rates(rows, goal, simulated),
    split.fair && element("div", null, element("h4", null, "Was the split fair?"), element("p", null, split.words)),
    crossovers > 0 && element("p", { class: "hint" }, `${plural(crossovers, "visitor")} saw more than one variation and ${crossovers === 1 ? "is" : "are"} left out.`));
}

function verdict(control, other, goal, days) {
  const { headline, detail, missing, comparison } = conclude({ control, other, goal, days, compare: compareProportions });
  return element("div", { class: "verdicts" },
    element("div", { class: "verdict" }, element("p", null, headline), element("p", null, detail)),
    comparison && truth(control, other, comparison),
    missing.length > 0 && element("h4", null, "Still missing"),
    element("ul", null, missing.map((what) => element("li", null, what))));
}

/** The model's true effect beside its estimate: something only a simulation can show. */
function truth(control, other, { difference, low, high }) {
  if (control.truth === null || other.truth === null) return null;
  const effect = other.truth - control.truth;
  const held = low <= effect && effect <= high ? "contains" : "misses";
  const real = Math.abs(effect) < 1e-9 ? "no difference at all" : pointsMore(effect);
  return element("p", { class: "truth" }, `The truth, known because these visitors are simulated: ${real}. Estimated: ${pointsMore(difference)}, and the interval from ${signed(low)} to ${signed(high)} ${held} the truth. It misses in about 1 of 20 runs.`);
}

function signed(difference) {
  return `${difference < 0 ? "−" : "+"}${points(difference)}`;
}

function rates(rows, goal, simulated) {
  return table(`Visitors who reached “${eventLabel(goal)}” after they saw the experiment`, [
    ["Variation", (row) => row.name ?? row.variation],
    ["Visitors", (row) => count(row.visitors), true],
    ["Reached it", (row) => count(row.conversions), true],
    ["Rate", (row) => percent(row.rate), true],
    ["95% interval", (row) => `${percent(row.low)} to ${percent(row.high)}`, true],
    ...(simulated && rows.every((row) => row.truth !== null) ? [["True rate", (row) => percent(row.truth), true]] : []),
  ], rows);
}

function description(rows, goal) {
  const each = rows.map((row) => `${row.name ?? row.variation}: ${percent(row.rate)}, between ${percent(row.low)} and ${percent(row.high)}`);
  return `Rates of “${eventLabel(goal)}” with 95% intervals. ${each.join(". ")}.`;
}
