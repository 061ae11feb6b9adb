// One form while it is filled in, within one page view.
import { isPrivate, wayTo } from "./element.js";

const LONGEST_VALUE = 500;

export class Filling {
  #watch;
  #form;
  #name; // the form's own, as properties
  #names = new WeakMap(); // of fields: asked for with every letter
  #fields = new Map(); // by name: time, stays, whether changed since it was left
  #present = null; // the field that has the focus
  #since = 0; // when it got it
  #last = null; // the name of the field that was touched last
  #started = false;
  #submitted = false;
  #refused = new Set(); // fields found invalid in one go
  #told = ""; // the refusal that was told last

  constructor(watch, form, name) {
    [this.#watch, this.#form, this.#name] = [watch, form, name];
  }

  enter(field, now) {
    [this.#present, this.#since] = [field, now];
    this.#touch(field).stays += 1;
  }

  change(field) {
    this.#touch(field).changed = true;
    if (this.#started) return;
    this.#started = true;
    this.#tell("Form Started", { field: this.#last });
  }

  leave(field, now) {
    this.#pause(now);
    if (this.#of(field).changed) this.#complete(field);
  }

  /** Browsers fill in several fields at once, and enter none of them. */
  fill(field) {
    if (field !== this.#present) this.#complete(field);
  }

  #complete(field) {
    const filled = this.#touch(field);
    filled.changed = false;
    filled.completed = true;
    this.#tell("Form Field Completed", {
      field: this.#nameOf(field), field_type: field.type,
      time_msec: Math.round(filled.time), stays: filled.stays, value: this.#value(field),
    });
  }

  /** The browser tells of each invalid field on its own; they are one refusal. */
  refuse(field) {
    if (this.#refused.size === 0) this.#watch.later(() => this.#tellRefusal());
    this.#refused.add(field);
  }

  submit() {
    this.#submitted = true;
  }

  /** The page view ends. */
  abandon(now) {
    if (!this.#started || this.#submitted) return;
    this.#pause(now);
    const fields = [...this.#fields.values()];
    this.#watch.conclude("Form Abandoned", {
      ...this.#name, last_field: this.#last,
      fields_completed: fields.filter(({ completed }) => completed).length,
      time_msec: Math.round(fields.reduce((sum, { time }) => sum + time, 0)),
    });
  }

  #tellRefusal() {
    const fields = [...this.#refused].map((field) => this.#nameOf(field));
    const reasons = [...this.#refused].map(({ validity }) => Object.keys(ValidityState.prototype).find((reason) => validity[reason] && reason !== "valid"));
    this.#refused.clear();
    // Pages that check while one types refuse with every letter.
    const told = JSON.stringify([fields, reasons]);
    if (told !== this.#told) this.#tell("Form Validation Failed", { fields, reasons });
    this.#told = told;
  }

  #tell(event, properties) {
    this.#watch.later(() => this.#watch.track(event, { ...this.#name, ...properties }));
  }

  #pause(now) {
    if (this.#present) this.#of(this.#present).time += now - this.#since;
    this.#present = null;
  }

  #touch(field) {
    this.#last = this.#nameOf(field);
    return this.#of(field);
  }

  #of(field) {
    const name = this.#nameOf(field);
    if (!this.#fields.has(name)) this.#fields.set(name, { time: 0, stays: 0, changed: false, completed: false });
    return this.#fields.get(name);
  }

  #value(field) {
    const named = this.#form.dataset.privateerFields?.split(/\s+/) ?? [];
    if (!named.includes(field.name) || field.type === "password" || isPrivate(wayTo(field))) return undefined;
    return field.type === "checkbox" ? field.checked : field.value.slice(0, LONGEST_VALUE);
  }
  #nameOf(field) {
    if (!this.#names.has(field)) this.#names.set(field, this.#watch.mask(field.name || field.id || field.type));
    return this.#names.get(field);
  }
}
