// The newest events, searchable. Older ones are counted elsewhere and need not be kept.

const KEPT = 2000;

export class RecentEvents {
  #messages = [];
  #seen = 0;

  add(messages) {
    this.#seen += messages.length;
    // Message ids begin with the time, so their order is the order of events.
    this.#messages = [...this.#messages, ...messages].sort((a, b) => (a.messageId < b.messageId ? 1 : -1)).slice(0, KEPT);
  }

  /** The newest `limit` events with this name (or any) whose JSON contains this text. */
  matching({ text, name, limit }) {
    const wanted = text.toLowerCase();
    const found = this.#messages.filter(
      (message) => (!name || eventName(message) === name) && (!wanted || JSON.stringify(message).toLowerCase().includes(wanted)),
    );
    return { seen: this.#seen, kept: this.#messages.length, matching: found.length, messages: found.slice(0, limit) };
  }
}

/** A page view and an identification have a type instead of a name. */
export function eventName(message) {
  return message.type === "track" ? message.event : message.type;
}
