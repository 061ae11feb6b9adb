// What can go wrong between a page and its collector, on purpose, for tests.

/**
 * @typedef {object} Fault
 * @property {"respond" | "refuse" | "hang" | "cut" | "judge" | "slow"} kind
 *   respond: this answer, nothing written; refuse: the connection breaks, nothing written; hang: no answer ever;
 *   cut: written, but the connection breaks before the answer; judge: each message is written or not, as the answer says;
 *   slow: all is well, only late.
 * @property {number} [afterMs] how long the page waits for it
 * @property {number} [status] respond
 * @property {number | string | (() => number | string)} [retryAfter] respond, judge
 * @property {string} [type] respond
 * @property {string} [body] respond
 * @property {boolean} [written] hang: whether the messages are written all the same
 * @property {(message: object) => "ok" | "retry" | "drop"} [verdict] judge
 *
 * @typedef {{messages: object[], sentAt: string | null, bytes: number}} Delivery what a page sent; no messages where the body cannot be read
 */
const KINDS = ["respond", "refuse", "hang", "cut", "judge", "slow"];

export class Faults {
  #always = null;
  #coming = [];
  #rules = [];

  /** From now on every delivery meets this fault. */
  always(fault) { this.#always = checked(fault); }

  /** The next deliveries meet these faults, one each. */
  once(...faults) { this.#coming.push(...faults.map(checked)); }

  /** Deliveries that fit meet this fault: `during`, `byChance`, `holding` and `above` say which. */
  where(fits, fault) { this.#rules.push({ fits, fault: checked(fault) }); }

  /** All is well again. */
  clear() {
    this.#always = null;
    this.#coming = [];
    this.#rules = [];
  }

  /**
   * All is well for what is sent from now on. What was sent before and comes only now, as the last word of a page that is gone, meets
   * the fault that there was.
   */
  recover() {
    const moment = Date.now();
    const trouble = this.#always;
    this.clear();
    if (trouble) this.where(({ sentAt }) => Date.parse(sentAt) <= moment, trouble);
  }

  /** @param {Delivery} delivery */
  next(delivery) {
    return this.#coming.shift() ?? this.#rules.find(({ fits }) => fits(delivery))?.fault ?? this.#always;
  }
}

// A fault that nobody knows would be none, and its test one that cannot fail.
function checked(fault) {
  if (!KINDS.includes(fault.kind)) throw new TypeError(`There is no fault "${fault.kind}"; there are ${KINDS.join(", ")}.`);
  return fault;
}

/** All deliveries from the first one on, for so many milliseconds. */
export function during(ms) {
  let end;
  return () => Date.now() < (end ??= Date.now() + ms);
}

/** This share of them, always the same ones for one seed. */
export function byChance(share, seed) {
  let state = seed >>> 0;
  return () => {
    // The generator of Numerical Recipes (ranqd1): a test needs no better one.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < share;
  };
}

/** Those that hold an event of this name. */
export const holding = (name) => ({ messages }) => messages.some(({ event }) => event === name);

/** Those that hold more than a collector takes. */
export const above = ({ events = Infinity, bytes = Infinity }) => (delivery) =>
  delivery.messages.length > events || delivery.bytes > bytes;
