// Many lead scores in one: how they spread, and what each rule adds.

const WIDTH = 10;

/** Lines that hold a group, an axis or the total within bounds. */
const BOUNDS = {
  cap: (held) => `The most that the ${held} can be`,
  floor: (held) => `The least that the ${held} can be`,
};

export class ScoreTally {
  #visitors = 0;
  #sum = 0;
  #rules = new Map();
  #bins = new Map();

  /** A visitor's score. "Not scored" (null) is not 0 and is left out. */
  add({ total, reasons }) {
    if (total === null) return;
    this.#visitors += 1;
    this.#sum += total;
    const bin = Math.floor(total / WIDTH) * WIDTH;
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    for (const reason of reasons) this.#addReason(reason);
  }

  result() {
    return {
      visitors: this.#visitors,
      mean: this.#visitors ? this.#sum / this.#visitors : null,
      rules: [...this.#rules.values()].sort((a, b) => b.points - a.points),
      bins: [...this.#bins].map(([from, visitors]) => ({ from, to: from + WIDTH, visitors })).sort((a, b) => a.from - b.from),
    };
  }

  #addReason({ rule, label, points, count }) {
    const key = rule in BOUNDS ? `${rule} ${label}` : rule;
    const row = this.#rules.get(key) ?? { rule, label: BOUNDS[rule]?.(label) ?? label, points: 0, visitors: 0, count: 0 };
    row.points += points;
    row.count += count;
    row.visitors += 1;
    this.#rules.set(key, row);
  }
}
