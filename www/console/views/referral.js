// Who passes invitations on, who comes with them, and what it all comes to.
import { element } from "../dom.js";
import { showEmpty } from "../empty.js";
import { read } from "../referral/money.js";
import { boardPart, costPart, fraudPart, loopPart, overview, placePart, treePart } from "../referral/parts.js";
import { siteText } from "../site.js";
import { edited } from "./program.js";

const section = document.querySelector("#referral-view");
const result = section.querySelector("#referral-result");

// What is asked besides: each is a control of the part that it is about, and stays while the numbers around it change.
const controls = {
  days: choice("Users are followed for", [["0", "as long as is known"], ["3", "3 days each"], ["7", "7 days each"]]),
  start: number("Users to begin with", 100, 1),
  other: field("Spent besides rewards", { type: "text", inputmode: "decimal", autocomplete: "off", placeholder: "0.00" }),
  points: number("Points for each friend", 10, 1),
  code: field("Whose code", { type: "text", autocomplete: "off", spellcheck: "false", placeholder: "such as one above" }),
};

export function prepare(draw) {
  for (const { input } of Object.values(controls)) input.addEventListener("input", draw);
}

export async function render({ source, summary, width }) {
  // Without a definition the events still tell who came by whom.
  const own = (await siteText().then((site) => JSON.parse(site).referral).catch(() => null)) ?? {};
  const program = edited() ?? own;
  const counted = summary.events ? await source.ask("referrals", { program, ...asked(program) }) : null;
  showEmpty(section, source, !counted);
  if (!counted) return result.replaceChildren();
  const parts = show(counted, Math.min(width, 900));
  keepingFocus(() => result.replaceChildren(...(isSame(program, own) ? parts : [aboutEdited(), ...parts])));
}

function asked({ rewards }) {
  const { days, start, other, points, code } = Object.fromEntries(Object.entries(controls).map(([name, { input }]) => [name, input.value]));
  const spent = read(other, rewards?.currency) ?? 0;
  controls.other.input.setAttribute("aria-invalid", String(typeof spent !== "number"));
  controls.other.hint.textContent = typeof spent === "number" ? rewards?.currency ?? "" : "An amount, such as 1200.50";
  return { days: Number(days), start: positive(start, 100), other: Number(spent) || 0, points: positive(points, 1), code: code.trim().toUpperCase() };
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const aboutEdited = () => element("p", { class: "truth" },
  element("b", null, "By the edited program"), ": its conversion, its rewards and what it flags. Who is credited is what the events say, by the program that the site had then.");

const positive = (text, usual) => (Number(text) >= 0 && text !== "" ? Number(text) : usual);

function show(counted, width) {
  return [
    overview(counted),
    ...loopPart(counted, width, [controls.days.label, controls.start.label]),
    ...treePart(counted, width),
    ...boardPart(counted),
    ...fraudPart(counted, width),
    ...costPart(counted, [controls.other.label]),
    ...placePart(counted, [controls.code.label, controls.points.label]),
  ];
}

/** The controls are moved along, and what is moved loses the focus. */
function keepingFocus(change) {
  const { activeElement: focused } = document;
  const [from, to] = [focused?.selectionStart, focused?.selectionEnd];
  change();
  if (!section.contains(focused) || focused === document.activeElement) return;
  focused.focus({ preventScroll: true });
  if (typeof from === "number") focused.setSelectionRange(from, to);
}

function number(label, value, min) {
  const made = field(label, { type: "number", min: String(min), step: "1", inputmode: "numeric" });
  made.input.value = value;
  return made;
}

function choice(label, options) {
  const input = element("select", null, options.map(([value, words]) => element("option", { value }, words)));
  return { input, label: element("label", null, label, input) };
}

function field(label, attributes) {
  const input = element("input", attributes);
  const hint = element("small");
  return { input, hint, label: element("label", null, label, input, hint) };
}
