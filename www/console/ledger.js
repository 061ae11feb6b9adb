// Everything that is counted about a set of visitors, and the answers the views ask for.
// The page keeps one for this browser's events; the worker keeps one for simulated visitors.
import initInsights, { EventLog, Leads } from "/pkg/insights/insights.js";
import { calibrationOf } from "./calibration.js";
import { RecentEvents } from "./recent.js";
import { numbersOf } from "./referral/numbers.js";
import { ReferralRecords } from "./referral/records.js";
import { ScoreTally } from "./scores.js";

/** A new, empty ledger, once the insights module is there. */
export async function makeLedger() {
  await initInsights();
  return new Ledger();
}

/** A1 first, no grade last. */
const byName = (a, b) => (a.grade === null) - (b.grade === null) || String(a.grade).localeCompare(String(b.grade));

class Ledger {
  #log = new EventLog();
  #leads = new Leads();
  #recent = new RecentEvents();
  #referrals = new ReferralRecords();
  #scores = new ScoreTally();
  #from = Infinity;
  #to = -Infinity;

  /** Segment messages, in any order. */
  add(messages) {
    this.#log.add(messages);
    this.#see(messages);
  }

  /** Those that a browser keeps, which were read already. */
  addStored(storage, messages) {
    for (const prefix of ["privateer.event.", "privateer.delivered."]) this.#log.addStored(storage, prefix);
    this.#see(messages);
  }

  #see(messages) {
    this.#recent.add(messages);
    this.#leads.take(messages);
    for (const message of messages) {
      this.#referrals.add(message);
      this.#span(Date.parse(message.timestamp));
    }
  }

  /** What is known of a visitor besides the events. */
  addVisitor({ score, code }) {
    this.#scores.add(score);
    if (code) this.#referrals.addAdvocate();
  }

  summary() {
    const days = this.#to > this.#from ? (this.#to - this.#from) / 864e5 : 0;
    return { events: this.#log.length, skipped: this.#log.skipped, days, names: this.#log.eventNames() };
  }

  recent(filter) {
    return this.#recent.matching(filter);
  }

  experiments({ goal }) {
    return this.#log.experiments().map((id) => ({
      id,
      rows: this.#log.variations(id, goal),
      crossovers: this.#log.crossovers(id),
    }));
  }

  funnel({ steps }) {
    return this.#log.funnel(steps);
  }

  scores() {
    return this.#scores.result();
  }

  /** What another model would make of the leads: how scores spread, what each rule adds, and whether they foretell the goal. */
  model({ model, goal }) {
    const { leads, problems } = this.#leads.score(model);
    const tally = new ScoreTally();
    const grades = new Map();
    for (const lead of leads) {
      tally.add(lead);
      if (lead.total !== null) grades.set(lead.grade, (grades.get(lead.grade) ?? 0) + 1);
    }
    const byGrade = [...grades].map(([grade, count]) => ({ grade, leads: count })).sort(byName);
    const hasGrid = byGrade.some(({ grade }) => grade !== null);
    return { ...tally.result(), grades: hasGrid ? byGrade : [], problems, calibration: calibrationOf(this.#leads.score(model, { goal }).leads) };
  }

  /** What referrals come to; see referral/numbers.js. */
  referrals(options) {
    return numbersOf(this.#referrals, options);
  }

  /** Gives the module's memory back. */
  free() {
    this.#log.free?.();
    this.#leads.free?.();
  }

  #span(time) {
    if (Number.isNaN(time)) return;
    this.#from = Math.min(this.#from, time);
    this.#to = Math.max(this.#to, time);
  }
}
