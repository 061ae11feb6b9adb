// The scoring model, edited: what it would make of the leads at hand, before it goes to the site.
import initInsights, { lifecycle } from "/pkg/insights/insights.js";
import { calibrationChart, pointsChart, scoresChart } from "../charts.js";
import { element, figures, setOptions, table } from "../dom.js";
import { showEmpty } from "../empty.js";
import { save } from "../save.js";
import { siteText } from "../site.js";
import { count, decimal, eventLabel, percent, short } from "../words.js";

const PAUSE_MS = 300; // after the last key
const USUAL_GOAL = "Trial Requested";

const section = document.querySelector("#model-view");
const text = section.querySelector("#model-text");
const goal = section.querySelector("#model-goal");
const stages = section.querySelector("#model-stages");
const trouble = section.querySelector("#model-trouble");
const result = section.querySelector("#model-result");
let own = "";

export async function prepare(draw) {
  let timer = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE_MS);
  });
  goal.addEventListener("change", draw);
  section.querySelector("#model-reset").addEventListener("click", () => {
    text.value = own;
    draw();
  });
  stages.addEventListener("change", async () => {
    await initInsights();
    const added = lifecycle(stages.value);
    stages.value = "";
    if (mistakeIn(text.value) || !added) return;
    text.value = JSON.stringify(withStages(JSON.parse(text.value), JSON.parse(added)), null, 2);
    draw();
  });
  section.querySelector("#model-export").addEventListener("click", () => save("scoring.json", text.value, "application/json"));
  // Without a definition the editor begins empty; the other views say what is wrong with it.
  const scoring = await siteText().then((site) => JSON.parse(site).scoring).catch(() => undefined);
  own = JSON.stringify(scoring ?? { rules: [] }, null, 2);
  text.value = own;
  draw();
}

export async function render({ source, summary, width }) {
  setOptions(goal, summary.names.filter(({ name }) => name !== "page" && name !== "identify").map(({ name }) => [name, eventLabel(name)]), USUAL_GOAL);
  showEmpty(section, source, summary.events === 0);
  const mistake = mistakeIn(text.value);
  const answer = mistake || !summary.events ? null : await source.ask("model", { model: text.value, goal: goal.value });
  tell(mistake ? [mistake] : (answer?.problems ?? []));
  if (!mistake) result.replaceChildren(...(answer ? preview(answer, Math.min(width, 900)) : []));
}

function mistakeIn(json) {
  try {
    JSON.parse(json);
    return null;
  } catch ({ message }) {
    return { code: "not-json", path: "$.scoring", message: `This is not JSON: ${message}.` };
  }
}

/** Its stages take the place of the model's; rules that the model has already stay as they are. */
function withStages(model, added) {
  const known = new Set((model.rules ?? []).map(({ id }) => id));
  return { ...model, rules: [...(model.rules ?? []), ...added.rules.filter(({ id }) => !known.has(id))], stages: added.stages };
}

/** The mistakes, at their places; the preview is of the rest. */
function tell(problems) {
  trouble.replaceChildren(...problems.map(({ path, message }) => element("li", null, element("code", null, path), ` ${message}`)));
  trouble.hidden = problems.length === 0;
  text.setAttribute("aria-invalid", String(problems.length > 0));
}

function preview({ visitors, mean, rules, bins, grades, calibration }, width) {
  if (!visitors) return [element("p", { class: "hint" }, "Nobody is scored by this model: no rule of it can be asked of them.")];
  const many = visitors > 1;
  const rows = rules.map((row) => ({ ...row, points: row.points / visitors }));
  return [
    figures([
      [many ? "leads scored" : "lead, from the events kept in this browser", count(visitors)],
      [many ? "points on average" : "points", decimal(mean)],
      ...(calibration.trouble ? [] : [["order, 0.5 is chance (AUC)", calibration.auc.toFixed(3)], ["lift of the best tenth", `${decimal(calibration.lift)}×`]]),
    ]),
    ...(many ? [element("h3", null, "How the scores spread"), scoresChart(width, bins, `Leads by score. ${bins.map(({ from, to, visitors: leads }) => `${from} to ${to - 1} points: ${count(leads)}`).join(". ")}.`)] : []),
    ...calibrated(calibration, width),
    ...(grades.length ? [gradesTable(grades, visitors)] : []),
    ...(rows.length ? [element("h3", null, "What each rule adds, on average"), pointsChart(width, rows, `Points by rule. ${rows.map((row) => `${row.label}: ${short(row.points)}`).join(". ")}.`)] : []),
  ];
}

function calibrated(calibration, width) {
  const title = element("h3", null, "Does a high score come true?");
  if (calibration.trouble) return [title, element("p", { class: "hint" }, `That cannot be told of these leads: ${calibration.trouble}`)];
  const { bins, converted, of } = calibration;
  const words = bins.map((bin) => `a chance of ${percent(bin.mean_prediction)}: ${percent(bin.observed_rate)} of ${count(bin.count)}`).join(". ");
  return [
    title,
    element("p", null, `${count(converted)} of ${count(of)} reached the goal. Each lead is scored by what came before it, and a curve through the scores gives the chance.`),
    calibrationChart(width, bins, `Expected and seen. ${words}.`),
  ];
}

function gradesTable(grades, visitors) {
  return table("Leads by grade", [
    ["Grade", ({ grade }) => grade ?? "none"],
    ["Leads", ({ leads }) => count(leads), true],
    ["Share", ({ leads }) => percent(leads / visitors), true],
  ], grades);
}
