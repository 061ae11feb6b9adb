// The bare core: one made-up visitor at a time, in memory, told and asked by name. For consoles, simulations and tests.
import { addScoring, instantiate, ready, readyToScore } from "./engine.js";
import * as questions from "./questions.js";
import * as verbs from "./verbs.js";
import { Visitor as Inner } from "./visitor.js";

// `scoring` is what leads are scored by; without it nobody is.
export const initSync = ({ module, scoring }) => {
  const memory = instantiate(module);
  if (scoring) addScoring(scoring);
  return memory;
};

export default (wasm) => readyToScore(ready(wasm));

export class Visitor {
  #inner;

  static simulated(site, page, seed, now) {
    const visitor = new Visitor();
    visitor.#inner = new Inner(site, page, seed, Number(now) || 0); // without a time it would be the page's own visitor
    return visitor;
  }

  step(verb, text, more, number) {
    this.#inner.step(numberOf(verbs, verb), text, more, number);
  }

  ask(question, text) {
    return this.#inner.ask(numberOf(questions, question), text);
  }

  free() {
    this.#inner.free();
  }
}

function numberOf(list, word) {
  const number = list[word.toUpperCase()];
  if (number === undefined) throw new Error(`The engine knows no "${word}".`);
  return number;
}
