// Decisions without a page: nothing is tracked, nothing stored, nothing added to the attributes.
import { ready, runs } from "./engine.js";
import { Experiments } from "./experiments.js";
import { parse, stringify } from "./json.js";
import * as question from "./questions.js";
import * as verb from "./verbs.js";
import { Visitor } from "./visitor.js";

const OPTIONS = ["enabled", "qaMode", "forcedVariations", "remoteGroupIds", "compat"];

export async function experiments(payload, options = {}) {
  await ready(options.wasm);
  if (!options.decryptionKey) return experimentsNow(payload, options);
  const { decryptPayload } = await import("./decrypt.js");
  return experimentsNow(await decryptPayload(asText(payload), options.decryptionKey), options);
}

export function experimentsNow(payload, options = {}) {
  if (!runs()) throw new Error("privateer: the module does not run yet; await experiments() once, or call instantiate()");
  return new Standalone(payload, options);
}

class Standalone extends Experiments {
  #visitor;

  // Exposures are collected where somebody wants them, or the assignments that come of them.
  constructor(payload, { attributes = {}, url = "", sticky = false, exposures = Boolean(sticky), ...options }) {
    super((work) => work(this.#visitor), (verb, text, more, number) => this.#step(verb, text, more, number), (question, text) => this.#ask(question, text));
    const section = { known: false, exposures, sticky: Boolean(sticky) };
    for (const name of OPTIONS) section[name] = options[name];
    const site = stringify({ experiments: section, tracking: { pageviews: false } });
    this.#visitor = new Visitor(site, stringify({ page: { url } }), 1, Date.now());
    for (const document of Array.isArray(sticky) ? sticky : []) this.#step(verb.STICKY, document);
    this.#visitor.load(payload instanceof Uint8Array ? payload : asText(payload));
    this.setAttributes(attributes);
  }

  stickyDocuments() {
    return this.#ask(question.STICKY);
  }

  exposures() {
    return this.#ask(question.EVENTS);
  }

  problems() {
    return this.#ask(question.PROBLEMS);
  }

  free() {
    this.silence();
    this.#visitor.free();
  }

  #ask(question, text = "") {
    return parse(this.#visitor.ask(question, text));
  }

  #step(verb, text = "", more = "", number = 0) {
    this.#visitor.step(verb, typeof text === "string" ? text : stringify(text) ?? "{}", more, number);
  }
}

const asText = (payload) =>
  typeof payload === "string" ? payload : payload instanceof Uint8Array ? new TextDecoder().decode(payload) : stringify(payload) ?? "null";
