// The parts of the referral view: each a heading, a sentence that says what is seen, and the picture or table of it.
import { countsChart, projectionChart } from "../charts.js";
import { element, figures, table } from "../dom.js";
import { count, decimal, percent, plural, short } from "../words.js";
import { money } from "./money.js";

const title = (text) => element("h3", null, text);
const hint = (...text) => element("p", { class: "hint" }, ...text);
const row = (controls) => element("p", { class: "controls" }, controls);
const date = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });
const two = (number) => number.toFixed(2);

export function overview({ advocates, sharers, arrivals, users, referred, k, cycle }) {
  return figures([
    ["visitors with a code of their own", count(advocates)],
    ["visitors who passed theirs on", count(sharers)],
    ["visitors who came by a friend", count(arrivals)],
    [`of ${plural(users, "user")} came by a friend`, count(referred)],
    ["new users by each user (K)", k ? two(k.k) : "–"],
    ["days until a friend is a user", cycle.medianDays === null ? "–" : decimal(cycle.medianDays)],
  ]);
}

/** K, and where it leads. */
export function loopPart({ k, followed, brought, byOthers, cycle, projection }, width, controls) {
  const words = k ? [loopWords(k, followed, brought)] : [hint("Nobody was followed for so long. Ask for a shorter time.")];
  const left = byOthers ? [hint(`${plural(byOthers, "friend")} came by people who are no users themselves, or whom the events do not name; K leaves them out.`)] : [];
  return [title("Does it grow by itself?"), row(controls), ...words, ...left, ...curve(projection, k, cycle, width)];
}

function loopWords({ k, low, high, dispersion, invites_per_user: invites, conversion }, followed, brought) {
  const by = conversion ? ` That is ${two(invites)} invitations each, of which ${percent(conversion.rate)} bring a user.` : "";
  const few = dispersion > 1.5 ? " Few users bring most friends, so the interval is wide." : "";
  return element("p", null,
    `${plural(followed, "user")} brought ${plural(brought, "new one")}: `,
    element("b", null, `K is ${two(k)}`), `, and anything from ${two(low)} to ${two(high)} fits the data.${by}${few} `,
    k < 1 ? "Below 1, each round of friends is smaller than the one before: referrals add to other ways, and end without them." : "At 1 or more, each round of friends is at least as large as the one before, until the market is used up.");
}

function curve(projection, k, { medianDays, meanDays, friends }, width) {
  if (!projection) return [hint("Without a friend whose advocate’s first day is known, nothing can be said of how long a round takes.")];
  const { start, totals, limit, limits, times, cycleDays } = projection;
  const end = `After ${short(times.at(-1))} days ${count(Math.round(totals.at(-1)))} users`;
  const words = limit === null ? end : `${end}, in the end ${count(Math.round(limit))}`;
  return [
    element("p", null, `A round takes ${decimal(meanDays)} days on average (half of ${plural(friends, "friend")}: within ${decimal(medianDays)}). `,
      limit === null ? `${end} would come of ${count(start)}, if that held.` : `Of ${count(start)} users who came by themselves there would be ${count(Math.round(limit))} in the end, and no more; ${around(limits)} fits the data.`),
    projectionChart(width, projection, `Users over time, beginning with ${count(start)}; a round takes ${decimal(cycleDays)} days and K is ${two(k.k)}. ${words}.`),
  ];
}

const around = ([low, high]) => `anything from ${count(Math.round(low))} ${high === null ? "on" : `to ${count(Math.round(high))}`}`;

/** Generations. */
export function treePart({ tree: { generations, alone, largest, cut } }, width) {
  const heading = title("Friends of friends");
  if (generations.length < 2) return [heading, hint("Nobody has become a user by a friend’s link yet. Copy your link on the example page and open it in a private window to be your own friend; that window keeps its own events, so look at the console there.")];
  const rows = generations.map((people, generation) => ({ label: generation ? `${ordinal(generation)} generation` : "brought others", people }));
  const said = rows.map(({ label, people }) => `${label}: ${count(people)}`).join(". ");
  const left = cut ? ` ${plural(cut, "record")} left out: people who brought themselves, came twice, or brought each other in a ring.` : "";
  return [
    heading,
    element("p", null, `Who brought others came by themselves; their friends are the 1st generation, and those friends’ friends the 2nd. ${plural(alone, "more user")} came by themselves and brought nobody.${left} Rewards end at the 1st: nobody is paid for friends of friends.`),
    countsChart(width, rows, `People by generation. ${said}.`),
    table("Where the largest trees begin", [
      ["Code", (each) => each.code],
      ["Friends", (each) => count(each.friends), true],
      ["Friends’ friends and on", (each) => count(each.descendants - each.friends), true],
    ], largest),
  ];
}

const ordinal = (number) => `${number}${["th", "st", "nd", "rd"][number % 100 > 3 && number % 100 < 21 ? 0 : number % 10] ?? "th"}`;

/** Who brought most. */
export function boardPart({ board: { of, rows } }) {
  const caption = of > rows.length ? `The first ${rows.length} of ${count(of)} who brought a verified friend; ties: whoever got there first` : "By verified friends; ties: whoever got there first";
  if (!rows.length) return [title("Leaderboard"), hint("Nobody has a verified friend yet: one who became a user and is not flagged.")];
  return [title("Leaderboard"), table(caption, [
    ["Rank", (each) => each.rank],
    ["Code", (each) => each.code],
    ["Came", (each) => count(each.came), true],
    ["Users", (each) => count(each.joined), true],
    ["Verified", (each) => count(each.verified), true],
    ["Since", (each) => (each.reached === null ? "not known" : date.format(each.reached)), true],
  ], rows)];
}

/** What somebody should look at. */
export function fraudPart({ fraud: { levels, of, rows, unknown }, referred }, width) {
  const heading = title("Worth a look");
  if (!referred) return [heading, hint("There is no referral to judge yet.")];
  const bars = [["nothing odd", levels.low], ["medium", levels.medium], ["high", levels.high]].map(([label, people]) => ({ label, people }));
  const blind = unknown.length ? hint(`Not judged for some or all, because the events do not tell: ${unknown.map((signal) => signal.replaceAll("_", " ")).join(", ")}. A server that knows can ask the same function.`) : null;
  return [
    heading,
    element("p", null, "A flag asks a person to look, with its reasons. It never blocks anybody, and families and colleagues look odd at times, too."),
    countsChart(width, bars, `Referrals by level. ${bars.map(({ label, people }) => `${label}: ${count(people)}`).join(". ")}.`),
    rows.length ? table(of > rows.length ? `The ${rows.length} highest of ${count(of)} flagged referrals` : "Flagged referrals", [
      ["Code", (each) => each.code],
      ["Score", (each) => each.score, true],
      ["Level", (each) => each.level],
      ["Reasons", (each) => element("ul", { class: "reasons" }, each.reasons.map(reason))],
    ], rows) : hint("None is flagged."),
    ...(blind ? [blind] : []),
  ];
}

const reason = ({ label, points, evidence }) => element("li", null, element("b", null, `+${points}`), ` ${label}`, evidence && element("span", null, ` ${evidence}`));

/** What a friend costs. */
export function costPart({ cost: { currency, owed, customers, each } }, controls) {
  const extra = [[owed.days, "day"], [owed.points, "point"]].filter(([amount]) => amount).map(([amount, unit]) => plural(amount, unit));
  const besides = extra.length ? ` Besides, it owes ${extra.join(" and ")}, which ${extra.length === 1 && extra[0].startsWith("1 ") ? "has" : "have"} no price here.` : "";
  return [
    title("What a referred customer costs"),
    row(controls),
    each === null
      ? hint("Nobody has come by a friend and become a user yet, so there is nothing to share the cost among.")
      : element("p", null, element("b", null, money(each, currency)), ` each: the program owes ${money(owed.money, currency)} in rewards for ${plural(customers, "referred customer")}.${besides}`),
  ];
}

/** Where somebody would stand in a line. */
export function placePart({ place: { of, found } }, controls) {
  const code = controls[0].querySelector("input").value.trim();
  return [title("A place in the line"), row(controls), element("p", { "aria-live": "polite" }, placeWords(found, of, code))];
}

function placeWords(found, of, code) {
  if (!code) return `If ${of === 1 ? "the one user" : `all ${plural(of, "user")}`} waited in a line, and friends moved them up: whose place? Enter a code.`;
  if (!found) return "Nobody who waits has this code, as far as the events tell.";
  const { position, friends, moved, points } = found;
  const gained = moved > 0 ? `${plural(moved, "place")} further to the front` : moved < 0 ? `${plural(-moved, "place")} further back` : "where they were";
  return `Place ${count(position)} of ${count(of)}, with ${plural(friends, "verified friend")} and ${plural(points, "point")}: ${gained} than by the time of joining alone.`.replace("where they were than by", "where they were by");
}
