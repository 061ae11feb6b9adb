// Decisions without a page: nothing is tracked, nothing stored, nothing added to the attributes.
import { Visitor, wasmMemory } from "./privateer.js";
import { ready } from "./engine.js";
import { Experiments } from "./experiments.js";

const encoder = new TextEncoder();
const OPTIONS = ["enabled", "qaMode", "forcedVariations", "remoteGroupIds", "compat"];

export async function experiments(payload, options = {}) {
  await ready(options.wasm);
  if (!options.decryptionKey) return experimentsNow(payload, options);
  const { decryptPayload } = await import("./decrypt.js");
  return experimentsNow(await decryptPayload(asText(payload), options.decryptionKey), options);
}

export function experimentsNow(payload, options = {}) {
  return new Standalone(payload, options);
}

class Standalone extends Experiments {
  #visitor;

  // Exposures are collected where somebody wants them, or the assignments that come of them.
  constructor(payload, { attributes = {}, url = "", sticky = false, exposures = Boolean(sticky), ...options }) {
    super((work) => work(this.#visitor), (verb, text, more, number) => this.#step(verb, text, more, number));
    const section = { known: false, exposures, sticky: Boolean(sticky) };
    for (const name of OPTIONS) section[name] = options[name];
    const site = JSON.stringify({ experiments: section, tracking: { pageviews: false } });
    this.#visitor = Visitor.simulated(site, JSON.stringify({ page: { url } }), 1, Date.now());
    for (const document of Array.isArray(sticky) ? sticky : []) this.#step("sticky", document);
    this.#load(payload);
    this.setAttributes(attributes);
  }

  stickyDocuments() {
    return JSON.parse(this.#visitor.ask("sticky", ""));
  }

  exposures() {
    return JSON.parse(this.#visitor.ask("events", ""));
  }

  problems() {
    return JSON.parse(this.#visitor.ask("problems", ""));
  }

  free() {
    this.#visitor.free();
  }

  // Straight into the module's memory: most texts are as many bytes as letters, the others are written once more.
  #load(payload) {
    if (payload instanceof Uint8Array) {
      this.#room(payload.length).set(payload);
      return this.#visitor.load(payload.length);
    }
    const text = asText(payload);
    let { read, written } = encoder.encodeInto(text, this.#room(text.length));
    if (read < text.length) ({ written } = encoder.encodeInto(text, this.#room(text.length * 3)));
    this.#visitor.load(written);
  }

  #room(bytes) {
    const start = this.#visitor.room(bytes); // first: the memory may grow, and its buffer with it be another one
    return new Uint8Array(wasmMemory().buffer, start, bytes);
  }

  #step(verb, text = "", more = "", number = 0) {
    this.#visitor.step(verb, typeof text === "string" ? text : JSON.stringify(text) ?? "{}", more, number);
  }
}

const asText = (payload) =>
  typeof payload === "string" ? payload : payload instanceof Uint8Array ? new TextDecoder().decode(payload) : JSON.stringify(payload) ?? "null";
