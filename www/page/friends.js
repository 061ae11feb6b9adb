// Who came, and what is owed for it: what the site's server knows, settled by the rules of the program here in the page.
import { element, list, show } from "./show.js";
import { ownCode } from "./standing.js";

const MOST_SEATS = 8; // what a narrow window has room for
const AGAIN_MS = 15_000;
const days = new Intl.NumberFormat("en", { style: "unit", unit: "day", unitDisplay: "long" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

let asked = "";
let at = -AGAIN_MS;

export function wire(privateer) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look(privateer));
}

export function render(privateer) {
  if (ownCode(privateer) !== asked || performance.now() - at > AGAIN_MS) look(privateer);
}

async function look(privateer) {
  const code = ownCode(privateer);
  [asked, at] = [code, performance.now()];
  if (!code) return showNone("Friends are counted once you have a code.");
  const [history, rules] = await Promise.all([historyOf(code), rulesOfSite()]);
  // Nobody answers for whoever the visitor was before.
  if (code !== asked) return;
  if (!history) return showNone("The site’s server says who came. None answers here.");
  const statement = await privateer.rewards(history).catch(() => null);
  if (code !== asked) return;
  if (statement) showStatement(statement, code, history, rules);
  else showNone(`${friendsIn(history)} What that earns cannot be worked out now.`);
}

/** What the site's server knows of an advocate's friends; null where none answers. */
async function historyOf(code) {
  const history = await json(`/referrals?code=${encodeURIComponent(code)}`);
  return Array.isArray(history) ? history : null;
}

/** The rules of the program, for the way that is still ahead of somebody without friends. */
async function rulesOfSite() {
  const rules = (await json("/site.json"))?.referral?.rewards?.rules;
  return Array.isArray(rules) ? rules : [];
}

async function json(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function showNone(why) {
  show("progress", why);
  list("friends", []);
  list("owed", []);
}

function showStatement({ lines, progress, currency }, code, history, rules) {
  const way = progress.find(({ who }) => who === code);
  show("progress", way ? told(way, history) : friendsIn(history));
  list("friends", seats(stepsOf(way, rules)).map((seat) => place(seat, way?.friends ?? 0, currency)));
  list("owed", [...summed(lines.filter(({ who, amount }) => who === code && amount > 0)).values()].map((sum) => owed(sum, currency)));
}

// A group that is open may have nobody yet, although friends came before: then its sentence says all.
function told({ friends, sentence: rest }, history) {
  const came = friends > 0 || history.length === 0 ? `${counted(friends)} ` : "";
  return `${came}${sentence(rest)}`;
}

const friendsIn = (history) => counted(new Set(history.map(({ friend }) => friend).filter(Boolean)).size);

function counted(friends) {
  if (friends === 0) return "Nobody has come yet.";
  return friends === 1 ? "1 friend has come." : `${friends} friends have come.`;
}

/** All steps of the rule as the site wrote it; where that is not at hand, those that the statement names. */
function stepsOf(way, rules) {
  const rule = rules.find(({ id, tiers, steps }) => (way ? id === way.rule : tiers ?? steps));
  return rule?.tiers ?? rule?.steps ?? [way?.present, way?.next].filter(Boolean);
}

/** A seat for each friend up to the last step; of a long way, the steps alone. */
function seats(steps) {
  const last = steps.at(-1)?.friends ?? 0;
  if (last > MOST_SEATS) return steps;
  return Array.from({ length: last }, (_, index) => steps.find(({ friends }) => friends === index + 1) ?? { friends: index + 1 });
}

// Lines of one kind in one; what is held becomes the advocate's bit by bit, and all of it by the last day.
function summed(lines) {
  const sums = new Map();
  for (const { unit, state, amount, due } of lines) {
    const sum = sums.get(unit + state) ?? { unit, state, amount: 0, due: 0 };
    sums.set(unit + state, { ...sum, amount: sum.amount + amount, due: Math.max(sum.due, due) });
  }
  return sums;
}

const sentence = (text) => (text.endsWith(".") ? text : `${text}.`);

function place(step, came, currency) {
  const label = worth(step, currency);
  const made = element("li", label ? element("b", label) : String(step.friends));
  if (step.friends <= came) made.className = "here";
  return made;
}

function owed({ amount, unit, state, due }, currency) {
  return element("li", worth({ amount, unit }, currency), element("small", state === "held" ? `yours by ${date.format(due)}` : state === "approved" ? "yours" : state));
}

// Money where no unit is named, as in the program.
function worth({ percent, amount, unit = "money" }, currency) {
  if (percent !== undefined) return `${percent}\u00a0%`;
  if (amount === undefined) return "";
  return unit === "days" ? days.format(amount) : unit === "points" ? `${amount} points` : money(amount, currency);
}

// Amounts are in the smallest unit, and how small that is depends on the currency.
function money(amount, currency) {
  if (!currency) return String(amount);
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}
