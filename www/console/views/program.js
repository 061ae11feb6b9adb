// The referral program, edited: as a form and as text, each showing what the other says; with checks at every change, an example, and a
// share kit. The text is what counts.
import initInsights from "/pkg/insights/insights.js";
import { element } from "../dom.js";
import { leftOut, placeOf, problemsOf } from "../referral/check.js";
import { draft, keepDraft } from "../referral/draft.js";
import { Example } from "../referral/example.js";
import { ProgramForm } from "../referral/form.js";
import { ShareKit } from "../referral/kit.js";
import { oddsOf } from "../referral/odds.js";
import { copy, save } from "../save.js";
import { siteText } from "../site.js";
import { attempt } from "../trouble.js";
import { plural } from "../words.js";

const PAUSE_MS = 300; // after the last key in the text

const section = document.querySelector("#program-view");
const text = section.querySelector("#program-text");
const verdict = section.querySelector("#program-verdict");
const trouble = section.querySelector("#program-trouble");
const waiting = section.querySelector("#program-draft");

let own = "{}";
let program = null; // the last one that could be read
let parts = null;

export function prepare() {
  let timer = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(takeText, PAUSE_MS);
  });
  section.querySelector("#program-reset").addEventListener("click", () => {
    text.value = own;
    takeText();
  });
  section.querySelector("#program-save").addEventListener("click", () => save("referral.json", text.value, "application/json"));
  section.querySelector("#program-copy").addEventListener("click", ({ currentTarget }) => copy(text.value, currentTarget));
}

/** The program as it is edited here, or was left; null where nobody did. */
export const edited = () => program ?? parsed(draft() ?? "").program ?? null;

/** The view shows what is edited, not what was counted: it is built when it is first seen. */
export async function render() {
  if (parts) return;
  await initInsights();
  // Without a definition the editor begins empty; the other views say what is wrong with it.
  const site = await siteText().then(JSON.parse).catch(() => ({}));
  parts = {
    form: new ProgramForm(section.querySelector("#program-form"), edit),
    example: new Example(section.querySelector("#example")),
    kit: new ShareKit(section.querySelector("#kit"), site),
  };
  own = JSON.stringify(site.referral ?? {}, null, 2);
  text.value = draft() ?? own;
  takeText();
}

/** The form changed something. */
function edit(change) {
  text.value = JSON.stringify(change(program), null, 2);
  takeText();
}

function takeText() {
  keep();
  const read = parsed(text.value);
  text.setAttribute("aria-invalid", String(Boolean(read.mistake)));
  parts.form.enable(!read.mistake);
  if (read.mistake) return say(read.mistake, []);
  program = read.program;
  attempt("The program could not be checked", show);
}

/** What is edited waits for its author. A site's own program needs no keeping. */
function keep() {
  const isEdited = text.value !== own;
  const isKept = keepDraft(isEdited ? text.value : null);
  waiting.hidden = !isEdited;
  retell(waiting, isKept ? "Edited, and kept in this browser. The site’s program is another one." : "Edited in this tab alone: this browser keeps nothing.");
}

function show() {
  const problems = problemsOf(program);
  parts.form.show(program, problems);
  retell(parts.form.odds, oddsOf(program));
  say(problems.length ? `${plural(problems.length, "thing")} to correct. What is wrong is left out; the rest works.` : "All checks pass.", problems);
  parts.example.show(program, leftOut(program, problems));
  parts.kit.show(program);
}

function parsed(json) {
  try {
    const read = JSON.parse(json);
    return Object(read) === read && !Array.isArray(read) ? { program: read } : { mistake: "The program is an object {…}." };
  } catch ({ message }) {
    return { mistake: `This is not JSON: ${message}. The form waits until it is.` };
  }
}

/** In a live region the same words again must not be read out again. */
function retell(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

function say(words, problems) {
  retell(verdict, words);
  verdict.dataset.state = words === "All checks pass." ? "good" : "bad";
  trouble.hidden = problems.length === 0;
  trouble.replaceChildren(...problems.map(({ path, message }) => {
    const go = element("button", { class: "link", type: "button" }, placeOf(path, parts.form.labelOf(path)));
    go.addEventListener("click", () => parts.form.goTo(path));
    return element("li", null, go, ` ${message}`);
  }));
}
