// Where SDK 1.8.0 keeps sticky assignments: its documents by name, "<attribute>||<value>".

const nameOf = ({ attributeName, attributeValue }) => `${attributeName}||${attributeValue}`;

const byName = (documents) => Object.fromEntries((Array.isArray(documents) ? documents : []).map((each) => [nameOf(each), structuredClone(each)]));

/** As the SDK has it: an assignment holds from the moment it is made. */
export class Documents {
  constructor(given) {
    this.all = byName(given);
  }

  // The SDK has changed `all` by itself.
  async saveAssignments() {}

  /** Whether an assignment of an experiment was made but does not hold yet. */
  waits() {
    return false;
  }

  settle() {}
}

/** An assignment holds once the decision is made that it belongs to: a decision by itself changes nothing. */
export class LaterDocuments extends Documents {
  #settled = structuredClone(this.all);
  #waiting = [];

  async saveAssignments(document) {
    const settled = this.#settled[nameOf(document)];
    const fresh = Object.entries(document.assignments).filter(([name, variation]) => settled?.assignments[name] !== variation);
    if (fresh.length === 0) return;
    this.#waiting.push({ ...document, assignments: Object.fromEntries(fresh) });
    this.#show(nameOf(document));
  }

  waits(experiment) {
    return this.#waiting.some(({ assignments }) => Object.keys(assignments).some((name) => name.startsWith(`${experiment}__`)));
  }

  settle() {
    for (const document of this.#waiting.splice(0)) {
      const name = nameOf(document);
      this.#settled[name] = { ...document, assignments: { ...this.#settled[name]?.assignments, ...document.assignments } };
      this.#show(name);
    }
  }

  #show(name) {
    if (this.#settled[name]) this.all[name] = structuredClone(this.#settled[name]);
    else delete this.all[name];
  }
}
