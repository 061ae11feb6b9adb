// A visitor of the engine. Numbers alone cross the boundary: a text is written into the visitor's room in the module's
// memory and its length handed over; answers are read from where they stand there.
import { Visitor as Bare } from "./privateer.js";
import { bytes } from "./engine.js";
import { encode, read, readJson, write } from "./texts.js";

export class Visitor extends Bare {
  #at = 0; // where the room begins, and how many bytes it has
  #size = 0;
  #first = 0; // where the first text in it ends

  // The visitor of this page; with a time `now` in ms a made-up one in memory, whose random choices follow from `seed`.
  constructor(site, page, seed = 0, now = NaN) {
    const both = encode(site + page);
    super(both, both.length - encode(page).length, seed, now);
  }

  // The effects that are the harness's part, as JSON, or nothing.
  step(verb, text = "", more = "", number = 0) {
    const end = this.#put(text, more);
    return this.#answer(super.step(verb, this.#first, end, number));
  }

  ask(question, text = "") {
    return this.#answer(super.ask(question, this.#put(text)));
  }

  // A payload: its text, or that text's bytes. It stays where it is written, so its room is no larger than it needs: most
  // texts have as many bytes as letters; another one is encoded first.
  load(payload) {
    this.#size = 0;
    super.load(typeof payload === "string" ? this.#whole(payload) : this.#fill(payload));
    this.#size = 0;
  }

  find(key) {
    return super.find(this.#put(key));
  }

  // What `glance` says of each feature that was found, by its index.
  glances() {
    const length = super.glances();
    const at = this.answered();
    return new Int32Array(bytes().slice(at, at + length).buffer);
  }

  outcome(index, code) {
    const length = super.outcome(index, code);
    return readJson(this.answered(), length);
  }

  experiment(definition) {
    return super.experiment(this.#put(definition));
  }

  assign(experiment, id) {
    return super.assign(experiment, this.#put(id));
  }

  // For ids as lines, in UTF-8.
  assignMany(experiment, lines) {
    const length = super.assignMany(experiment, this.#fill(lines));
    this.#size = 0;
    const at = this.answered();
    return new Int16Array(bytes().slice(at, at + length).buffer);
  }

  // Writes two texts, one behind the other; how many bytes both took. Most take as many as they have letters; where that
  // is too little, they are written once more.
  #put(text, more = "", size = text.length + more.length) {
    const at = this.#room(size);
    const first = write(text, at, at + size);
    const end = write(more, first, at + size);
    this.#first = first - at;
    return end > at + size ? this.#put(text, more, size * 3) : end - at;
  }

  #whole(text) {
    const at = this.#room(text.length);
    const end = write(text, at, at + text.length);
    return end > at + text.length ? this.#fill(encode(text)) : end - at;
  }

  #fill(lines) {
    const at = this.#room(lines.length); // first: the memory may grow
    bytes().set(lines, at);
    return lines.length;
  }

  #room(size) {
    if (size > this.#size) {
      this.#at = this.room(size);
      this.#size = size;
    }
    return this.#at;
  }

  // Where a text was answered, the room was used up.
  #answer(length) {
    this.#size = 0;
    return length ? read(this.answered(), length) : "";
  }
}
