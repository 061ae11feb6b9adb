// How many visitors take each of the chosen steps, in order.
import { funnelChart } from "../charts.js";
import { element, setOptions, table } from "../dom.js";
import { showEmpty } from "../empty.js";
import { count, eventLabel, percent } from "../words.js";

const MOST = 6;
const LEAST = 2;
const section = document.querySelector("#funnel-view");
const list = section.querySelector("#funnel-steps");
const add = section.querySelector("#funnel-add");
const remove = section.querySelector("#funnel-remove");
const result = section.querySelector("#funnel-result");

let names = [];
let changed;

export function prepare(refresh) {
  changed = refresh;
  for (const step of ["page", "Plan Chosen", "Trial Requested"]) append(step);
  add.addEventListener("click", () => {
    append("Invite Shared");
    refresh();
  });
  remove.addEventListener("click", () => {
    list.lastElementChild.remove();
    refresh();
  });
}

export async function render({ source, summary, width }) {
  names = [...new Set(["page", "Plan Chosen", "Trial Requested", "Invite Shared", ...summary.names.map((row) => row.name)])];
  for (const select of selects()) offer(select);
  add.disabled = list.children.length >= MOST;
  remove.disabled = list.children.length <= LEAST;
  const counted = (await source.ask("funnel", { steps: selects().map((select) => select.value) })) ?? [];
  const isEmpty = !counted.length || counted[0].visitors === 0;
  showEmpty(section, source, isEmpty, summary.events ? "Nobody here took the first step yet." : undefined);
  const rows = counted.map((row, index) => ({ ...row, label: `${index + 1}. ${eventLabel(row.step)}`, first: index === 0 }));
  result.replaceChildren(...(isEmpty ? [] : [funnelChart(Math.min(width, 900), rows, description(rows)), numbers(rows)]));
}

function append(step) {
  const select = element("select", null);
  select.dataset.wish = step;
  select.addEventListener("change", () => changed());
  list.append(element("li", null, element("label", null, `Step ${list.children.length + 1} `, select)));
  offer(select);
}

function offer(select) {
  setOptions(select, names.map((name) => [name, eventLabel(name)]), select.dataset.wish);
}

function selects() {
  return [...list.querySelectorAll("select")];
}

function numbers(rows) {
  return table("Visitors at each step", [
    ["Step", (row) => row.label],
    ["Visitors", (row) => count(row.visitors), true],
    ["Of the first step", (row) => percent(row.of_first), true],
    ["Of the step before", (row) => (row.first ? "–" : percent(row.of_previous)), true],
  ], rows);
}

function description(rows) {
  return `Funnel. ${rows.map((row) => `${row.label}: ${count(row.visitors)} visitors, ${percent(row.of_first)} of the first step`).join(". ")}.`;
}
