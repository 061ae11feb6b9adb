// Who came, and what is owed for it: what the site's server knows, settled by the rules of the program here in the page.
import { element, list, show } from "./show.js";

const SEATS = [1, 2, 3, 4, 5];
const AGAIN_MS = 15_000;
const days = new Intl.NumberFormat("en", { style: "unit", unit: "day", unitDisplay: "long" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

let asked = "";
let at = -AGAIN_MS;

export function wire(privateer) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look(privateer));
}

export function render(privateer) {
  if (privateer.referral().code !== asked || performance.now() - at > AGAIN_MS) look(privateer);
}

async function look(privateer) {
  const { code } = privateer.referral();
  [asked, at] = [code, performance.now()];
  if (!code) return showNobody("Friends are counted once you have a code.");
  try {
    const answer = await fetch(`/referrals?code=${encodeURIComponent(code)}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const statement = await privateer.rewards(await answer.json());
    if (statement) showStatement(statement, code);
    else showNobody("This site has no referral program.");
  } catch {
    showNobody("The site’s server says who came. None answers here.");
  }
}

function showNobody(why) {
  show("progress", why);
  list("friends", SEATS.map((seat) => place(seat, 0)));
  list("owed", []);
}

function showStatement({ lines, progress }, code) {
  const group = progress.find(({ who, rule }) => who === code && rule === "crew");
  const came = group?.friends ?? 0;
  show("progress", came === 0 ? "Nobody yet: 3 more friends to 30 %." : `${came} ${came === 1 ? "friend has" : "friends have"} come. ${sentence(group.sentence)}`);
  list("friends", SEATS.map((seat) => place(seat, came)));
  list("owed", [...summed(lines.filter(({ who, amount }) => who === code && amount > 0)).values()].map(owed));
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

function place(seat, came) {
  const label = { 3: "30 %", 5: "50 %" }[seat];
  const made = element("li", label ? element("b", label) : String(seat));
  if (seat <= came) made.className = "here";
  return made;
}

function owed({ amount, unit, state, due }) {
  const what = unit === "days" ? days.format(amount) : unit === "money" ? new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(amount / 100) : `${amount} points`;
  return element("li", what, element("small", state === "held" ? `yours by ${date.format(due)}` : state === "approved" ? "yours" : state));
}
