// The bare core: one made-up visitor at a time, in memory, told and asked by name. For consoles, simulations and tests.
import { addPart, instantiate, readyFor, ready, REFERRAL, SCORING } from "./engine.js";
import * as questions from "./questions.js";
import * as verbs from "./verbs.js";
import { Visitor as Inner } from "./visitor.js";

// `parts` are the core's other parts by their names: without `scoring` nobody is scored, without `referral` there is no program.
export const initSync = ({ module, ...parts }) => {
  const memory = instantiate(module);
  for (const part of Object.keys(parts)) if (parts[part]) addPart(part, parts[part]);
  return memory;
};

export default async (wasm) => {
  const running = ready(wasm);
  await Promise.all([readyFor("scoring", SCORING, running), readyFor("referral", REFERRAL, running)]);
};

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
