// The views' answers for this browser, from its local log.
import { readDelivery } from "./delivery.js";
import { makeLedger } from "./ledger.js";
import { readLog } from "./log.js";
import { scoreOf } from "./replay.js";

export class BrowserSource {
  simulated = false;
  unreadable = 0;
  /** What became of the events, see delivery.js, and how many wait in this browser. */
  delivery = readDelivery();
  waiting = 0;
  #ledger = null;
  #messages = [];
  #delivered = new Map();

  /** Reads the log afresh: at most a few hundred events, and some may have been erased. */
  async refresh() {
    const { events, unreadable } = readLog();
    const ledger = await makeLedger();
    const messages = events.map(({ message }) => message);
    ledger.addStored(window.localStorage, messages);
    this.unreadable = unreadable;
    this.delivery = readDelivery();
    this.waiting = events.filter(({ delivered }) => !delivered).length;
    this.#delivered = new Map(events.map(({ message, delivered }) => [message.messageId, delivered]));
    this.#messages = messages;
    this.#ledger?.free();
    this.#ledger = ledger;
  }

  /** Adds the lead scores; needs the site definition, without which the events are still worth a look. */
  async addScores(site) {
    for (const own of byVisitor(this.#messages)) this.#ledger.addVisitor(await scoreOf(own, site));
  }

  /** Same questions as the simulated visitors answer. */
  async ask(question, options) {
    return this.#ledger?.[question](options) ?? null;
  }

  /** Whether a collector has acknowledged the event. */
  delivered(message) {
    return this.#delivered.get(message.messageId) ?? false;
  }
}

/** Usually one visitor; several after "Become a new visitor" with other tabs open. */
function byVisitor(messages) {
  const groups = new Map();
  for (const message of messages) groups.set(message.anonymousId, [...(groups.get(message.anonymousId) ?? []), message]);
  return groups.values();
}
