// One field of a form: its label, its control, what holds without it, and what is wrong with it. What is typed goes into the definition
// as it is, a number where it can be one: what is wrong then is told by the same checks that a site makes.
import { element } from "../dom.js";
import { read, written } from "./money.js";
import { at, withAt } from "./path.js";

const ELSEWHERE = "Set in the text below";
const NUMBER = /^-?\d+(\.\d+)?$/;

export class Field {
  /** How it stands in the definition: see fields.js. `id` is the element's. */
  constructor(description, changed) {
    this.description = description;
    this.id = `program-field-${description.path.replace(/[^a-z0-9]+/gi, "-")}`;
    this.input = controlOf(description, this.id);
    this.wrong = element("small", { class: "wrong", id: `${this.id}-wrong` });
    this.input.setAttribute("aria-describedby", `${this.id}-hint ${this.id}-wrong`);
    this.input.addEventListener(description.kind === "flag" || description.kind === "choice" ? "change" : "input", () => changed((program) => this.into(program)));
    this.element = this.#layout();
  }

  #layout() {
    const { label, kind, hint } = this.description;
    this.about = element("small", { class: "about", id: `${this.id}-hint` }, hint);
    const name = element("label", { for: this.id }, label);
    const isFlag = kind === "flag";
    return element("div", { class: isFlag ? "field flag" : "field" }, ...(isFlag ? [element("span", null, this.input, name)] : [name, this.input]), this.about, this.wrong);
  }

  /** The definition with what is in the control. */
  into(program) {
    const { path, whole, set } = this.description;
    if (set) return withAt(program, whole, set(at(program, whole) ?? {}, this.input.value));
    return withAt(program, path, this.#value(program));
  }

  #value(program) {
    const { kind, usual } = this.description;
    const { value, checked } = this.input;
    if (kind === "flag") return checked === usual ? undefined : checked;
    if (kind === "words") return value.trim() ? value.split(",").map((word) => word.trim()).filter(Boolean) : undefined;
    if (kind === "money") return read(value, currencyOf(program));
    if (kind === "number") return NUMBER.test(value.trim()) ? Number(value) : value.trim() || undefined;
    return value.trim() || undefined;
  }

  /** Shows what stands in a definition. What is being typed stays as it is typed. */
  show(program) {
    const { path, whole, get, kind, usual } = this.description;
    this.#rest(program);
    const value = get ? get(at(program, whole) ?? {}) : at(program, path);
    if (kind === "flag") this.input.checked = typeof value === "boolean" ? value : usual;
    else if (kind === "choice") choose(this.input, value === usual ? "" : value);
    else if (document.activeElement !== this.input || !same(this.#value(program), value)) this.input.value = wordsOf(value, kind, program);
  }

  #rest(program) {
    const { elsewhere, hint } = this.description;
    if (!elsewhere) return;
    this.input.disabled = elsewhere(program);
    this.about.textContent = this.input.disabled ? ELSEWHERE : hint ?? "";
  }

  /** Tells what is wrong with it; nothing for an empty list. */
  tell(problems) {
    const said = problems.map(({ message }) => message).join(" ");
    if (this.wrong.textContent !== said) this.wrong.textContent = said;
    this.input.setAttribute("aria-invalid", String(problems.length > 0));
  }
}

const currencyOf = (program) => at(program, "rewards.currency");
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function controlOf({ kind, options, usual }, id) {
  if (kind === "choice") {
    const select = element("select", { id }, options.map(([, words]) => element("option", null, words)));
    options.forEach(([value], place) => (select.options[place].value = value));
    return select;
  }
  if (kind === "flag") return element("input", { id, type: "checkbox" });
  const mode = { number: "decimal", money: "decimal" }[kind];
  return element("input", { id, type: "text", inputmode: mode, placeholder: usual, spellcheck: "false", autocomplete: "off" });
}

function wordsOf(value, kind, program) {
  if (value === undefined || value === null) return "";
  if (kind === "words" && Array.isArray(value)) return value.join(", ");
  if (kind === "money" && Number.isSafeInteger(value)) return written(value, currencyOf(program));
  return Object(value) === value ? JSON.stringify(value) : String(value);
}

/** A word that is no option becomes one: a form must not change what it does not know. */
function choose(select, value) {
  const word = value === undefined || value === null ? "" : String(value);
  select.querySelector("[data-foreign]")?.remove();
  select.value = word;
  if (select.value === word && select.selectedIndex >= 0) return;
  select.append(element("option", { value: word, "data-foreign": true }, word || "Choose…"));
  select.lastElementChild.value = word;
  select.value = word;
}
