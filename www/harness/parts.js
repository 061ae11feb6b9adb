// The parts of the core that a site wants besides, each with what the page then does.
import { readyFor, REFERRAL, SCORING } from "./engine.js";

export class Parts {
  referral = null; // see referral.js, where a site has a program
  missing = []; // those that could not be loaded, and why

  // Without a part the core takes the site for one that scores nobody, or has no referral program. `patience` is a promise: one that is
  // not there when it ends is not waited for.
  async load({ scoring, referral }, running, patience, report) {
    await Promise.all([
      scoring && this.#part("scoring", patience, readyFor("scoring", SCORING, running)),
      referral && this.#part("referral", patience, readyFor("referral", REFERRAL, running), this.#refer(referral, report)),
    ]);
  }

  async #part(name, patience, ...wanted) {
    const over = patience.then(() => Promise.reject(new Error("it was not there in time")));
    await Promise.race([Promise.all(wanted), over]).catch(({ message }) => this.missing.push([name, message]));
  }

  async #refer(program, report) {
    const { prepare } = await import("./referral.js");
    this.referral = await prepare(program, { report });
  }

  // From now on something happens.
  follow({ scoring }, step, ask, page) {
    if (scoring) import("./scoring.js").then(({ follow }) => follow(scoring, step, ask, page), () => {});
  }
}
