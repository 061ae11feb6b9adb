// The program as a form. It holds no state: it shows a definition, and tells how an edit changes it.
import { element } from "../dom.js";
import { plural } from "../words.js";
import { Field } from "./field.js";
import { GROUPS } from "./fields.js";
import { at, withAt } from "./path.js";
import { KINDS, listOf, newRule, nextStep, ruleFields, stepFields, worthOf } from "./rule-fields.js";

const RULES = "rewards.rules";

export class ProgramForm {
  #form;
  #edit;
  #own = []; // fields that are always there
  #ofRules = [];
  #rules = element("ol", { class: "rules" });
  #shape = "";
  /** The element that belongs to codes: their odds. */
  odds = element("p", { class: "odds", "aria-live": "polite" });

  /** `edit` is called with a function that makes a new definition of the present one. */
  constructor(form, edit) {
    this.#form = form;
    this.#edit = edit;
    form.replaceChildren(element("fieldset", { class: "groups" }, GROUPS.map((group) => this.#group(group))));
  }

  #group({ id, title, open, fields, note, rules, odds }) {
    const made = fields.map((field) => new Field({ ...field, group: title }, this.#edit));
    this.#own.push(...made);
    const mark = element("span", { class: "mark" });
    return element("details", { class: "card", id: `program-${id}`, open },
      element("summary", null, element("h3", null, title), mark),
      note && element("p", { class: "hint" }, note),
      element("div", { class: "fields" }, made.map((field) => field.element)),
      odds && this.odds,
      rules && this.#rules, rules && this.#adder());
  }

  #adder() {
    const kind = element("select", { id: "program-new-kind" }, KINDS.map(([value, words]) => element("option", { value }, words)));
    const add = element("button", { class: "button quiet", type: "button", id: "program-add-rule" }, "Add a rule");
    add.addEventListener("click", () => this.#edit((program) => {
      const rules = listAt(program, RULES);
      return withAt(program, RULES, [...rules, newRule(kind.value, rules)]);
    }));
    return element("p", { class: "adder" }, element("label", { for: "program-new-kind" }, "A new rule that gives"), kind, add);
  }

  /** Shows a definition and what is wrong with it; returns the problems that no field is for. */
  show(program, problems) {
    const rules = listAt(program, RULES);
    const shape = JSON.stringify([rules.map((rule) => [Object(rule).kind, listAt(rule, listOf(Object(rule).kind)).map((step) => worthOf(listOf(rule.kind), step))]), at(program, "rewards.currency")]);
    if (shape !== this.#shape) keepingFocus(this.#form, () => this.#build(rules));
    this.#shape = shape;
    const fields = [...this.#own, ...this.#ofRules];
    for (const field of fields) field.show(program);
    return this.#tell(fields, problems);
  }

  /** A definition that is no JSON cannot be edited here. */
  enable(isEnabled) {
    this.#form.querySelector("fieldset").disabled = !isEnabled;
  }

  /** Opens the place of a problem, and goes there. */
  goTo(path) {
    const field = this.#fieldFor(path, [...this.#own, ...this.#ofRules]);
    const target = field?.input ?? this.#form.querySelector(`#program-${path.split(".")[0]} summary`);
    target?.closest("details").setAttribute("open", "");
    target?.focus();
  }

  /** What the form calls the member at a path, with its group unless it is of a rule; undefined where no field is for it. */
  labelOf(path) {
    const { group, label } = this.#fieldFor(path, [...this.#own, ...this.#ofRules])?.description ?? {};
    return group ? `${group}: ${label}` : label;
  }

  #build(rules) {
    this.#ofRules = [];
    this.#rules.replaceChildren(...rules.map((rule, index) => this.#rule(rule, index)));
  }

  #rule(rule, index) {
    const path = `${RULES}.${index}`;
    const { given, limits } = ruleFields(path, rule);
    const list = listOf(Object(rule).kind);
    const box = (fields) => element("div", { class: "fields" }, this.#make(fields));
    const remove = button("Remove", `Remove rule ${index + 1}`, () => this.#edit((program) => without(program, RULES, index)));
    return element("li", { class: "rule", "data-path": path },
      element("div", { class: "rule-head" }, element("h4", null, `Rule ${index + 1}`), remove),
      box(given),
      list && this.#steps(`${path}.${list}`, list, listAt(rule, list)),
      element("details", { class: "limits", open: limits.some(({ name }) => Object(rule)[name] !== undefined) }, element("summary", null, "Limits"), box(limits)),
      element("p", { class: "wrong", "data-rest": path }));
  }

  #steps(path, list, steps) {
    const rows = steps.map((step, index) => element("li", null,
      this.#make(stepFields(`${path}.${index}`, list, step)),
      button("Remove", `Remove step ${index + 1}`, () => this.#edit((program) => without(program, path, index)))));
    const add = button("Add a step", "", () => this.#edit((program) => withAt(program, path, [...listAt(program, path), nextStep(listAt(program, path))])));
    return element("div", { class: "steps" }, element("ol", null, rows), add);
  }

  #make(fields) {
    const made = fields.map((field) => new Field(field, this.#edit));
    this.#ofRules.push(...made);
    return made.map((field) => field.element);
  }

  #tell(fields, problems) {
    const byField = new Map(fields.map((field) => [field, []]));
    const rest = [];
    for (const problem of problems) (byField.get(this.#fieldFor(problem.path, fields)) ?? rest).push(problem);
    for (const [field, own] of byField) field.tell(own);
    for (const place of this.#rules.querySelectorAll("[data-rest]")) {
      const said = rest.filter(({ path }) => isBelow(path, place.dataset.rest)).map(({ message }) => message).join(" ");
      if (place.textContent !== said) place.textContent = said;
    }
    this.#mark();
    return rest;
  }

  /** The field with this path, or of a list whose element is wrong. */
  #fieldFor(path, fields) {
    return fields.find(({ description }) => description.path === path) ?? fields.find(({ description }) => description.kind === "words" && isBelow(path, description.path));
  }

  // What is wrong must not be hidden in a closed group.
  #mark() {
    for (const group of this.#form.querySelectorAll("details")) {
      const wrong = group.querySelectorAll("[aria-invalid=true]").length + [...group.querySelectorAll("[data-rest]")].filter((place) => place.textContent).length;
      if (wrong) group.open = true;
      const mark = group.querySelector(":scope > summary > .mark");
      if (mark) mark.textContent = wrong ? plural(wrong, "mistake") : "";
    }
  }
}

const isBelow = (path, above) => path === above || path.startsWith(`${above}.`);

const listAt = (document, path) => {
  const list = path ? at(document, path) : undefined;
  return Array.isArray(list) ? list : [];
};

const without = (program, path, index) => withAt(program, path, listAt(program, path).filter((_, place) => place !== index));

function button(words, label, act) {
  const made = element("button", { class: "button quiet small", type: "button", "aria-label": label }, words);
  made.addEventListener("click", act);
  return made;
}

/** Fields that are made anew have their ids still. */
function keepingFocus(form, change) {
  const focused = form.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (focused && !focused.isConnected) (focused.id ? form.querySelector(`#${CSS.escape(focused.id)}`) : form.querySelector("#program-add-rule"))?.focus();
}
