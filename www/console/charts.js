// The plots: one function for each, all in the page's colours, and each with a sentence for those who do not see it.
import { areaY, axisX, barX, dot, gridX, lineY, link, plot, rectY, ruleX, ruleY, text, tickX } from "/vendor/plot.js";
import { element } from "./dom.js";
import { count, percent, percentTick, short } from "./words.js";

const ACCENT = "var(--sea)";
const TRUTH = "var(--action)";
const NARROW = 560;
const BAR = "The dot is the rate that was seen; the bar holds the rates that fit the data (95% interval).";

/** Conversion rates with their intervals; `truth` on a row marks the model's true rate. */
export function ratesChart(width, rows, description) {
  const narrow = width < NARROW;
  const known = rows.filter((row) => row.truth !== null);
  return figure(description, {
    width,
    height: 40 + rows.length * (narrow ? 76 : 52),
    marginLeft: narrow ? 16 : labelWidth(rows.map(nameOf)),
    marginRight: 24,
    x: { domain: around(rows), label: null },
    y: { ...labelAxis(narrow), domain: rows.map(nameOf) },
    marks: [
      gridX({ ticks: width / 110, stroke: "currentColor", strokeOpacity: 0.12 }),
      axisX({ tickFormat: percentTick, ticks: width / 110, tickSize: 0 }),
      ruleY(rows, { y: nameOf, x1: "low", x2: "high", stroke: ACCENT, strokeWidth: 6, strokeOpacity: 0.35, strokeLinecap: "round" }),
      tickX(known, { x: "truth", y: nameOf, stroke: TRUTH, strokeWidth: 2, inset: 6 }),
      dot(rows, { x: "rate", y: nameOf, r: 5.5, fill: ACCENT }),
      narrow ? labelsAbove(rows, nameOf, -32) : null,
      text(rows, { x: "rate", y: nameOf, text: (row) => percent(row.rate), dy: -16, fill: "currentColor", stroke: "var(--card)", strokeWidth: 4, fontWeight: 600 }),
    ],
  }, known.length ? `${BAR} The upright line is the true rate.` : BAR);
}

/** Visitors left at each step. */
export function funnelChart(width, rows, description) {
  return horizontalBars(width, rows, { label: (row) => row.label, value: (row) => row.visitors, words: (row) => `${count(row.visitors)} (${percent(row.of_first)})` }, description);
}

/** Points by rule. */
export function pointsChart(width, rows, description) {
  return horizontalBars(width, rows, { label: (row) => row.label, value: (row) => row.points, words: (row) => short(row.points) }, description);
}

/** How many visitors have how many points. */
export function scoresChart(width, bins, description) {
  return figure(description, {
    width,
    height: 240,
    marginLeft: 52,
    marginBottom: 46,
    x: { label: "points", labelArrow: "none", labelAnchor: "center", labelOffset: 40, tickSize: 0, ticks: width / 80 },
    y: { label: "visitors", labelArrow: "none", grid: true, tickSize: 0, ticks: 4 },
    marks: [rectY(bins, { x1: "from", x2: "to", y: "visitors", fill: ACCENT, insetLeft: 1, insetRight: 1 }), ruleY([0], { stroke: "currentColor" })],
  });
}

/** Expected chances against what was seen; on the line they agree. */
export function calibrationChart(width, bins, description) {
  const most = Math.min(1, Math.max(...bins.map(({ high, to }) => Math.max(high, to))));
  return figure(description, {
    width,
    height: 300,
    marginLeft: 56,
    marginBottom: 46,
    x: { label: "expected", labelArrow: "none", labelAnchor: "center", labelOffset: 40, tickSize: 0, tickFormat: percentTick, ticks: width / 110, domain: [0, most] },
    y: { label: "reached the goal", labelArrow: "none", grid: true, tickSize: 0, ticks: 5, tickFormat: percentTick, domain: [0, most] },
    marks: [
      link([{}], { x1: () => 0, y1: () => 0, x2: () => most, y2: () => most, stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "4 4" }),
      ruleX(bins, { x: "mean_prediction", y1: "low", y2: "high", stroke: ACCENT, strokeWidth: 6, strokeOpacity: 0.35, strokeLinecap: "round" }),
      dot(bins, { x: "mean_prediction", y: "observed_rate", r: 5.5, fill: ACCENT }),
    ],
  }, "On the dashed line, as many reached the goal as the scores let expect. The bar holds the rates that fit the data (95% interval).");
}

/** Users over time if each brings as many as so far, between the ends of K's interval; the dashed line is where all growth ends. */
export function projectionChart(width, { times, totals, low, high, limit }, description) {
  const points = times.map((days, place) => ({ days, users: totals[place], low: low[place], high: high[place] }));
  const narrow = width < NARROW;
  const ends = [...low, ...high, ...(limit === null ? [] : [limit])];
  const room = 0.15 * (Math.max(...ends) - Math.min(...ends));
  return figure(description, {
    width,
    height: narrow ? 240 : 300,
    marginLeft: 60,
    marginRight: 24,
    marginBottom: 46,
    x: { label: "days", labelArrow: "none", labelAnchor: "center", labelOffset: 40, tickSize: 0, ticks: width / 110 },
    y: { label: "users", labelArrow: "none", grid: true, tickSize: 0, ticks: 4, domain: [Math.max(0, Math.min(...ends) - room), Math.max(...ends) + room] },
    marks: [
      areaY(points, { x: "days", y1: "low", y2: "high", fill: ACCENT, fillOpacity: 0.2 }),
      limit === null ? null : ruleY([limit], { stroke: TRUTH, strokeWidth: 2, strokeDasharray: "6 4" }),
      lineY(points, { x: "days", y: "users", stroke: ACCENT, strokeWidth: 2.5 }),
      limit === null ? null : text([limit], { frameAnchor: "right", y: (users) => users, text: (users) => `limit ${count(Math.round(users))}`, textAnchor: "end", dy: -9, fill: TRUTH, stroke: "var(--paper)", strokeWidth: 4, fontWeight: 600 }),
    ],
  }, "The line follows K as it was seen; the band holds what fits the data (95% interval). Each user invites once.");
}

/** People by generation, or by any other word. */
export function countsChart(width, rows, description) {
  const sum = rows.reduce((all, { people }) => all + people, 0);
  return horizontalBars(width, rows, { label: (row) => row.label, value: (row) => row.people, words: ({ people }) => `${count(people)} (${percent(people / Math.max(1, sum))})` }, description);
}

function horizontalBars(width, rows, { label, value, words }, description) {
  const narrow = width < NARROW;
  return figure(description, {
    width,
    height: 16 + rows.length * (narrow ? 52 : 40),
    marginLeft: narrow ? 0 : labelWidth(rows.map(label)),
    marginRight: 124,
    marginTop: 4,
    marginBottom: 8,
    x: { axis: null, domain: [Math.min(0, ...rows.map(value)), Math.max(1e-9, ...rows.map(value))] },
    y: { ...labelAxis(narrow), domain: rows.map(label), padding: narrow ? 0.1 : 0.3 },
    marks: [
      narrow ? labelsAbove(rows, label, -12) : null,
      barX(rows, { x: value, y: label, fill: ACCENT, insetTop: narrow ? 22 : 0, rx: 3 }),
      text(rows, { x: (row) => Math.max(0, value(row)), y: label, text: words, textAnchor: "start", dx: 8, dy: narrow ? 11 : 0, fill: "currentColor" }),
      narrow ? null : ruleX([0], { stroke: "currentColor" }),
    ],
  });
}

function figure(description, options, caption) {
  const svg = plot({ className: "plot", ...options });
  // Plot brings a <style> element, which a strict style-src forbids. console.css has the rules instead.
  for (const style of svg.querySelectorAll("style")) style.remove();
  // One sentence for the whole picture; Plot's labels of its parts say "rule" and "tick" only.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", description);
  return element("figure", null, svg, caption && element("figcaption", null, caption));
}

function nameOf(row) {
  return row.name ?? row.variation;
}

/** The stretch around all intervals and true rates. Dots, unlike bars, need not start at zero, and a close-up shows the overlap. */
function around(rows) {
  const low = Math.min(...rows.map((row) => Math.min(row.low, row.truth ?? row.low)));
  const high = Math.max(...rows.map((row) => Math.max(row.high, row.truth ?? row.high)));
  const room = Math.max(0.002, (high - low) * 0.2);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}

/** Beside the rows there is no room on a phone: the labels move above them. */
function labelAxis(narrow) {
  return narrow ? { axis: null } : { label: null, tickSize: 0 };
}

function labelsAbove(rows, label, dy) {
  return text(rows, { frameAnchor: "left", y: label, text: label, textAnchor: "start", dy, fill: "currentColor" });
}

/** Room for the longest label. Plot does not measure text. */
function labelWidth(labels) {
  return 16 + 7.6 * Math.max(0, ...labels.map((label) => label.length));
}
