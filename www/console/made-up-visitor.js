// A visitor in the engine's memory only: the same decisions, events and scores as on a page, nothing stored or sent.
import initEngine, { Visitor } from "/pkg/privateer.js";

/** The engine has to be there before the first visitor. Later calls cost nothing. */
export const engineReady = () => initEngine();

export class MadeUpVisitor {
  #visitor;

  /** `address` and `referrer` are those of the page the visitor opens; the same `seed` makes the same choices. */
  constructor({ site, address, referrer = "", title = "", seed, nowMs }) {
    const { pathname, search } = new URL(address);
    const page = { path: pathname, referrer, search, title, url: address };
    this.#visitor = Visitor.simulated(site, JSON.stringify({ page, locale: "en", timezone: "UTC", userAgent: "" }), seed, nowMs);
  }

  setClock(nowMs) {
    this.#step("now", "", "", nowMs);
  }

  /** A further page view; the first one is recorded by itself. */
  page(properties) {
    this.#step("page", "", JSON.stringify(properties));
  }

  track(event, properties) {
    this.#step("track", event, JSON.stringify(properties));
  }

  identify(userId, traits) {
    this.#step("identify", userId, JSON.stringify(traits));
  }

  /** The variation's index, or 0, the original, outside any experiment. Records the exposure. */
  see(feature) {
    this.#step("seen", feature);
    return this.#ask("decision", feature).experimentResult?.variationId ?? 0;
  }

  /** Looks at the page from now on. */
  attend() {
    this.#step("attend", "", "", 1);
  }

  /** Leaves the page, which records how long it was looked at. */
  leave() {
    this.#step("leave");
  }

  score() {
    return this.#ask("score");
  }

  code() {
    return this.#ask("referral").code;
  }

  /** The events since the last time, as Segment messages. */
  takeEvents() {
    return this.#ask("events");
  }

  free() {
    this.#visitor.free();
  }

  #step(verb, text = "", more = "", number = 0) {
    this.#visitor.step(verb, text, more, number);
  }

  #ask(question, text = "") {
    return JSON.parse(this.#visitor.ask(question, text));
  }
}
