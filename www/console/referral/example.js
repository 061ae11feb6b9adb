// Made-up friends and purchases, and what the rules make of them. They go through the same function that a server asks.
import { settleRewards } from "/pkg/insights/insights.js";
import { element, table } from "../dom.js";
import { count, plural } from "../words.js";
import { money, read, written } from "./money.js";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 0, 5, 9);
const USUAL = 4000;
const MOST_FRIENDS = 1000;
const ADVOCATE = "ADVOCATE";
const list = new Intl.ListFormat("en");
const date = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });

/** Why somebody gets nothing, or less. */
const WHY = {
  cap: "held at the most that a rule gives", budget: "the budget is used up", minimum: "below the smallest purchase",
  repeat: "not the friend’s first purchase", "too-late": "too long after the first purchase", tier: "too few friends", rounding: "less than the smallest unit",
  refund: "paid back", "already-bound": "the friend is somebody else’s", rejected: "rejected", currency: "another currency", self: "nobody is their own friend",
  "no-advocate": "came by nobody’s link", unclear: "something said about it cannot be used",
};

function whyOf({ why, rule }, program) {
  const most = why === "limit" && program.rewards.rules.find((each) => each?.id === rule)?.at_most;
  return most ? `the limit of ${plural(most, "time")} is reached` : WHY[why] ?? why;
}

const STATE = { pending: "once a person approves", approved: "at once" };

export class Example {
  #place = element("div", { class: "example" });
  #paid = element("input", { id: "example-paid", type: "text", inputmode: "decimal", autocomplete: "off", value: "40.00", "aria-describedby": "example-unit" });
  #unit = element("small", { id: "example-unit" });
  #lines = element("details", null, element("summary", null, "Line by line: what else may happen"));
  #program = {};
  #leftOut = [];

  constructor(box) {
    this.#paid.addEventListener("input", () => this.show(this.#program, this.#leftOut));
    box.replaceChildren(
      element("p", { class: "hint" }, "Made up, so that the rules can be seen at work. Nobody here exists, and each row stands for itself."),
      element("p", { class: "controls" }, element("label", null, "Each friend pays", this.#paid, this.#unit)),
      this.#place,
      this.#lines,
    );
  }

  /** `leftOut` are the numbers of the rules that have mistakes. */
  show(program, leftOut) {
    this.#program = program;
    this.#leftOut = leftOut;
    const currency = program.rewards?.currency;
    const paid = read(this.#paid.value, currency);
    const amount = typeof paid === "number" ? paid : USUAL;
    this.#paid.setAttribute("aria-invalid", String(typeof paid !== "number"));
    this.#unit.textContent = typeof paid === "number" ? currency ?? "" : `An amount, such as ${written(USUAL, currency)}`;
    const rows = countsOf(program).map((friends) => rowOf(program, friends, amount));
    const anything = rows.some(({ advocate, friend }) => advocate || friend);
    const said = anything ? friendsTable(rows) : element("p", { class: "hint" }, "No rule that is sound gives anything for these purchases. Add a rule, or correct one.");
    this.#place.replaceChildren(...leftOutWords(leftOut), said);
    this.#lines.hidden = !anything;
    this.#lines.replaceChildren(this.#lines.firstElementChild, ...linesList(program, amount));
  }
}

function leftOutWords(rules) {
  if (!rules.length) return [];
  const words = rules.length === 1 ? `Rule ${rules[0]} is left out` : `Rules ${list.format(rules.map(String))} are left out`;
  return [element("p", { class: "wrong" }, `${words}: see what is to correct.`)];
}

/** One to five friends, and as many as each step needs. */
function countsOf({ rewards }) {
  const rules = Array.isArray(rewards?.rules) ? rewards.rules : [];
  const steps = rules.flatMap((rule) => [rule?.tiers, rule?.steps]).filter(Array.isArray).flat().map((step) => step?.friends);
  const needed = steps.filter((friends) => Number.isInteger(friends) && friends > 0 && friends <= MOST_FRIENDS);
  return [...new Set([1, 2, 3, 4, 5, ...needed])].sort((a, b) => a - b);
}

const purchase = (id, friend, time, amount, more) => ({ id, type: "conversion", advocate: ADVOCATE, friend, time, amount, ...more });

/** So many friends, an hour apart. */
function rowOf(program, friends, amount) {
  const history = Array.from({ length: friends }, (_, place) => purchase(`${place}`, `friend ${place + 1}`, MONDAY + place * HOUR, amount));
  const { lines, currency } = settleRewards(program, history, { now: history.at(-1).time });
  const own = lines.filter(({ who }) => who === ADVOCATE);
  const gets = (some) => amountsOf(some, currency);
  return {
    friends,
    advocate: gets(own),
    friend: gets(lines.filter(({ to }) => to === "friend")),
    due: dueOf(lines.filter((line) => line.amount > 0)),
    why: [...new Set(lines.filter(({ why }) => why).map((line) => `${line.rule ? `${line.rule}: ` : ""}${whyOf(line, program)}`))].join("; "),
  };
}

/** "€36.00 and 30 days"; empty for nothing. */
function amountsOf(lines, currency) {
  const sums = { money: 0, points: 0, days: 0 };
  for (const { unit, amount } of lines) sums[unit] += amount;
  const said = { money: (sum) => money(sum, currency), points: (sum) => plural(sum, "point"), days: (sum) => plural(sum, "day") };
  return Object.entries(sums).filter(([, sum]) => sum).map(([unit, sum]) => said[unit](sum)).join(" and ");
}

/** When the last of it is due: days are counted from the first purchase on. */
function dueOf(lines) {
  if (!lines.length) return "";
  if (lines.some(({ state }) => state === "pending")) return STATE.pending;
  const held = Math.max(...lines.map(({ due, state }) => (state === "held" ? due : 0)));
  return held ? date.format(held) : STATE.approved;
}

function friendsTable(rows) {
  return table(`By number of friends, who come on ${date.format(MONDAY)}`, [
    ["Friends", ({ friends }) => count(friends)],
    ["Advocate gets", ({ advocate, why }) => element("span", { class: "gets" }, advocate || "–", why && element("small", null, why)), true],
    ["Friends get", ({ friend }) => friend || "–", true],
    ["Due", ({ due }) => due || "–"],
  ], rows);
}

/** A story in which something goes wrong, day by day. */
function storyOf(amount, currency) {
  const day = (number) => MONDAY + number * DAY;
  const tenth = Math.floor(amount / 10);
  const [all, little] = [money(amount, currency), money(tenth, currency)];
  return [
    { said: `Friend 1 pays ${all}`, entry: purchase("1", "friend 1", day(0), amount) },
    { said: `Friend 2 pays ${all}`, entry: purchase("2", "friend 2", day(1), amount) },
    { said: `Friend 1 pays ${all} again`, entry: purchase("3", "friend 1", day(2), amount) },
    { said: `Friend 3 pays ${little}`, entry: purchase("4", "friend 3", day(3), tenth) },
    { said: `Friend 4 pays ${all}, and takes it back`, entry: purchase("5", "friend 4", day(4), amount), back: { id: "6", type: "refund", of: "5", time: day(6) } },
    { said: `The advocate pays ${all} by their own link`, entry: purchase("7", ADVOCATE, day(5), amount) },
  ];
}

/** Event by event, who gets what by which rule. */
function linesList(program, amount) {
  const story = storyOf(amount, program.rewards?.currency);
  const { lines, currency } = settleRewards(program, story.flatMap(({ entry, back }) => [entry, ...(back ? [back] : [])]), { now: MONDAY + 7 * DAY });
  const said = new Map(story.map((each) => [each.entry.id, `${date.format(each.entry.time)}: ${each.said}`]));
  const events = new Map();
  for (const line of lines) {
    const event = said.get(line.conversion) ?? `${plural(line.friends, "friend has", "friends have")} come`;
    events.set(event, [...(events.get(event) ?? []), line]);
  }
  const items = [...events].map(([event, own]) => element("li", null, element("b", null, event), element("ul", null, own.map((line) => element("li", null, lineWords(line, currency, program))))));
  return [element("p", { class: "caption" }, `As of ${date.format(MONDAY + 7 * DAY)}`), element("ol", { class: "story" }, items)];
}

function lineWords(line, currency, program) {
  const { to, rule, state, due, why } = line;
  const reason = why ? `: ${whyOf(line, program)}` : "";
  const by = rule ? ` by “${rule}”` : "";
  if (!line.amount) return `The ${to} gets nothing${by}${reason}`;
  return `The ${to} gets ${amountsOf([line], currency)}${by}, ${state === "held" ? `on ${date.format(due)}` : STATE[state]}${reason}`;
}
