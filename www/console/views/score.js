// What lead scores are made of; for many visitors also how they spread.
import { pointsChart, scoresChart } from "../charts.js";
import { element, figures, table } from "../dom.js";
import { showEmpty } from "../empty.js";
import { count, decimal, percent, short } from "../words.js";

const section = document.querySelector("#score-view");
const result = section.querySelector("#score-result");

export function prepare() {}

export async function render({ source, summary, width }) {
  const scores = (await source.ask("scores")) ?? { visitors: 0 };
  const isEmpty = scores.visitors === 0;
  showEmpty(section, source, isEmpty, summary.events ? "No visitor here is scored: the site definition has no scoring, or it could not be read." : undefined);
  result.replaceChildren(...(isEmpty ? [] : scores.visitors === 1 ? one(scores, width) : many(scores, width)));
}

function one({ mean, rules }, width) {
  return [
    figures([["points, from the events kept in this browser", short(mean)]]),
    ...(rules.length ? [pointsChart(Math.min(width, 900), rules, describe(rules)), rulesTable(rules, false)] : [element("p", { class: "hint" }, "No rule has matched yet. Choosing a plan or sending the form on the example page would change that.")]),
  ];
}

function many({ visitors, mean, rules, bins }, width) {
  const rows = rules.map((row) => ({ ...row, points: row.points / visitors }));
  const chartWidth = Math.min(width, 900);
  return [
    figures([["visitors scored", count(visitors)], ["points on average", decimal(mean)], ["visitors with 50 points or more", count(hot(bins))]]),
    element("h3", null, "How the scores spread"),
    scoresChart(chartWidth, bins, `Visitors by score. ${bins.map(binWords).join(". ")}.`),
    binsTable(bins, visitors),
    element("h3", null, "What each rule adds, on average"),
    pointsChart(chartWidth, rows, describe(rows)),
    rulesTable(rows, true),
  ];
}

function hot(bins) {
  return bins.filter((bin) => bin.from >= 50).reduce((sum, bin) => sum + bin.visitors, 0);
}

function rulesTable(rows, isAverage) {
  return table("Points by rule", [
    ["Rule", (row) => row.label],
    [isAverage ? "Points a visitor" : "Points", (row) => (isAverage ? decimal : short)(row.points), true],
    [isAverage ? "Visitors it matched" : "Times it matched", (row) => count(isAverage ? row.visitors : row.count), true],
  ], rows);
}

function binsTable(bins, visitors) {
  return element("details", null, element("summary", null, "The same as a table"),
    table("Visitors by score", [
      ["Points", (bin) => `${bin.from} to ${bin.to - 1}`],
      ["Visitors", (bin) => count(bin.visitors), true],
      ["Share", (bin) => percent(bin.visitors / visitors), true],
    ], bins));
}

function describe(rows) {
  return `Points by rule. ${rows.map((row) => `${row.label}: ${short(row.points)}`).join(". ")}.`;
}

function binWords(bin) {
  return `${bin.from} to ${bin.to - 1} points: ${count(bin.visitors)}`;
}
