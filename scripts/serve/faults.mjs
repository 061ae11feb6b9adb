// What can go wrong between a page and its collector, on purpose, for tests.

/**
 * @typedef {{kind: "respond", status: number, retryAfter?: number | string, type?: string, body?: string}
 *   | {kind: "refuse"} | {kind: "hang"} | {kind: "cut"}} Fault
 * respond: this answer, nothing written; refuse: the connection breaks before anything is read;
 * hang: no answer ever; cut: written, but the connection breaks before the answer.
 */
export class Faults {
  #always = null;
  #coming = [];

  /** From now on every delivery meets this fault. */
  always(fault) { this.#always = fault; }

  /** The next deliveries meet these faults, one each. */
  once(...faults) { this.#coming.push(...faults); }

  /** All is well again. */
  clear() {
    this.#always = null;
    this.#coming = [];
  }

  next() {
    return this.#coming.shift() ?? this.#always;
  }
}
