// What a comparison of two variations means, in plain words, and what is still missing.
import { count, decimal, percent, points, pointsMore, howOften } from "./words.js";
import { visitorsNeeded } from "./power.js";

// Below ten on either side the normal approximation behind the test is not to be trusted.
const ENOUGH = 10;
const TWO_WEEKS = 13.5;

/** `{ headline, detail, missing, comparison }` for two rows as insights returns them (`other` may be missing) and its comparison of proportions. */
export function conclude({ control, other, goal, days, compare }) {
  const early = other ? tooEarly(control, other, goal) : ALONE;
  if (early) return { ...early, missing: missingTime(days), comparison: null };
  const comparison = compare({ visitors: [control.visitors, other.visitors], conversions: [control.conversions, other.conversions] });
  const clear = comparison.low > 0 || comparison.high < 0;
  const said = clear ? clearWords(control, other, comparison) : openWords(other, comparison);
  const missing = [...missingTime(days), ...(clear ? missingSize(comparison) : missingVisitors(control, other)), PATIENCE];
  return { ...said, missing, comparison };
}

const PATIENCE = "A date set beforehand. Stopping on the first good day makes chance look like success.";

const ALONE = {
  headline: "One variation alone cannot be compared.",
  detail: "Nobody here has seen another one. In one browser that is normal: a visitor keeps the variation that was drawn.",
};

function tooEarly(control, other, goal) {
  const fewest = Math.min(...[control, other].flatMap((row) => [row.conversions, row.visitors - row.conversions]));
  if (fewest >= ENOUGH) return null;
  const counts = [control, other].map((row) => `${label(row)}: ${count(row.conversions)} of ${count(row.visitors)}`);
  return {
    headline: "It is too early to compare.",
    detail: `“${goal}” so far: ${counts.join("; ")}. Each variation needs at least ten visitors who do it, and ten who do not.`,
  };
}

function clearWords(control, other, { difference, low, high, p }) {
  const [better, worse] = difference > 0 ? [other, control] : [control, other];
  const [near, far] = difference > 0 ? [low, high] : [-high, -low];
  return {
    headline: `“${label(better)}” does better: ${percent(better.rate)} instead of ${percent(worse.rate)}.`,
    detail: `Of every 1,000 visitors, about ${count(Math.round(Math.abs(difference) * 1000))} more get there; anything from ${count(Math.round(near * 1000))} to ${count(Math.round(far * 1000))} fits the data. If both were equally good, a gap this wide would come up ${howOften(p)}.`,
  };
}

function openWords(other, { difference, low, high, p }) {
  return {
    headline: "No difference has shown itself yet.",
    detail: `“${label(other)}” ${brings(difference)}, but anything from ${pointsMore(low)} to ${pointsMore(high)} fits the data. If both were equally good, a gap this wide would come up ${howOften(p)}.`,
  };
}

function brings(difference) {
  return Math.abs(difference) < 0.0005 ? "is level with the original" : `brings ${pointsMore(difference)}`;
}

function missingTime(days) {
  if (days >= TWO_WEEKS) return [];
  const covered = days < 1 ? "less than a day" : `${decimal(days)} days`;
  return [`Time: the events cover ${covered}. Two full weeks show every weekday twice.`];
}

function missingVisitors(control, other) {
  if (control.rate > 0.9) return [];
  const needed = visitorsNeeded(control.rate, control.rate * 1.1);
  const has = Math.min(control.visitors, other.visitors);
  if (has >= needed) return ["A larger idea: a gain of a tenth would probably have shown itself by now."];
  return [`Visitors: to notice a gain of a tenth (${percent(control.rate)} to ${percent(control.rate * 1.1)}) in four tests of five, each variation needs about ${count(needed)}. The smaller one has ${count(has)}.`];
}

function missingSize({ low, high, difference }) {
  const wide = high - low > Math.abs(difference);
  return wide ? [`A precise size: the gain may be ${points(Math.min(Math.abs(low), Math.abs(high)))} or ${points(Math.max(Math.abs(low), Math.abs(high)))}. More visitors narrow that down.`] : [];
}

function label(row) {
  return row.name ?? row.variation;
}
