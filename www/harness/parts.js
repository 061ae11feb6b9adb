// The parts of the core that a site wants besides, each with what the page then does.
import { readyFor, REFERRAL, SCORING } from "./engine.js";
import { late } from "./pause.js";

const PATIENCE = 0.9; // the share of what is left of the page's time that a part may take

export class Parts {
  referral = null; // see referral.js, where a site has a program
  missing = []; // those that could not be loaded, and why

  // Without a part the core takes the site for one that scores nobody, or has no referral program. One that hangs is not
  // waited for: after `left` ms everything has to be there.
  async load({ scoring, referral }, running, left, report) {
    const patience = Math.round(left * PATIENCE);
    await Promise.all([
      scoring && this.#part("scoring", patience, readyFor("scoring", SCORING, running)),
      referral && this.#part("referral", patience, readyFor("referral", REFERRAL, running), this.#refer(referral, report)),
    ]);
  }

  async #part(name, patience, ...wanted) {
    await Promise.race([Promise.all(wanted), late(patience)]).catch(({ message }) => this.missing.push([name, message]));
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
