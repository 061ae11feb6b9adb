// Who came by whose link, who passed links on, and what they did: as much of the events as referrals need.

const UNNAMED = "?";

export class ReferralRecords {
  #people = new Map();
  #advocates = 0;
  #until = -Infinity;

  /** A visitor who has a code to pass on. */
  addAdvocate() {
    this.#advocates += 1;
  }

  /** A Segment message. */
  add({ type, event, anonymousId, messageId, timestamp, properties, traits, context }) {
    const person = this.#person(anonymousId);
    const time = Date.parse(timestamp);
    if (time > this.#until) this.#until = time;
    person.email ??= textOf(traits?.email ?? context?.traits?.email);
    person.agent ??= textOf(context?.userAgent);
    if (type !== "track") return;
    if (event === "Invite Shared") {
      person.shared.push(time);
      person.code ??= textOf(properties?.item_id);
    } else if (event === "Referral Captured") {
      person.came.push({ code: textOf(properties?.code) ?? UNNAMED, time });
    } else {
      person.did.push({ id: messageId, event, time, referrer: textOf(context?.referrer?.id), ...paid(properties) });
    }
  }

  /**
   * Everybody, in the order of their first events: `{ id, code, email, agent, shared: [time], came: [{ code, time }], did: [{ id, event,
   * time, referrer, paid, currency }] }`. `code` is their own, where an event tells it; `referrer` is the code that the page credited when
   * it happened; `paid` is in whole units of the currency, as events have it.
   */
  get people() {
    return [...this.#people.values()];
  }

  /** How many visitors have a code of their own. */
  get advocates() {
    return this.#advocates;
  }

  /** The time of the last event, in ms; -Infinity without any. */
  get until() {
    return this.#until;
  }

  #person(id) {
    let person = this.#people.get(id);
    if (!person) this.#people.set(id, (person = { id, code: null, email: null, agent: null, shared: [], came: [], did: [] }));
    return person;
  }
}

// The names that Segment's and Google's events have for what was paid.
function paid({ total, revenue, value, currency } = {}) {
  const amount = [total, revenue, value].find((each) => typeof each === "number" && each >= 0);
  return { paid: amount ?? 0, currency: textOf(currency) };
}

const textOf = (value) => (typeof value === "string" && value ? value : null);
