// Who came with whose code, and who of them signed up.

const SIGN_UP = "Trial Requested";

export class ReferralCounts {
  #advocates = 0;
  #sharers = new Set();
  #codeOf = new Map();
  #signedUp = new Set();

  /** A visitor who has a code to pass on. */
  addAdvocate() {
    this.#advocates += 1;
  }

  add({ event, anonymousId, properties }) {
    if (event === "Invite Shared") this.#sharers.add(anonymousId);
    if (event === SIGN_UP) this.#signedUp.add(anonymousId);
    // The first code stays: one friend has one advocate.
    if (event === "Referral Captured" && !this.#codeOf.has(anonymousId)) this.#codeOf.set(anonymousId, properties?.code ?? "?");
  }

  result() {
    const codes = new Map();
    for (const [friend, code] of this.#codeOf) {
      const row = codes.get(code) ?? { code, arrivals: 0, signUps: 0 };
      row.arrivals += 1;
      if (this.#signedUp.has(friend)) row.signUps += 1;
      codes.set(code, row);
    }
    const rows = [...codes.values()].sort((a, b) => b.arrivals - a.arrivals || b.signUps - a.signUps);
    return {
      advocates: this.#advocates,
      sharers: this.#sharers.size,
      arrivals: this.#codeOf.size,
      signUps: rows.reduce((sum, row) => sum + row.signUps, 0),
      rows,
    };
  }
}
