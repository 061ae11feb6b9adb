// What a page of a site with a referral program does besides: it remembers across subdomains, checks signed links, keeps the address
// bar clean, and passes links on.
import { eraseEverywhere, readCookie, widestDomain, writeCookie } from "./identity.js";
import { quietly } from "./quietly.js";
import { atRest } from "./pause.js";
import { GRANTED } from "./consent.js";
import { VISITOR } from "./succession.js";

const KEPT = 5; // touches in the cookie, which every request carries

/**
 * @param {object} program the section `referral` of the definition
 * @param {{report: (problem: object) => void}} how
 * @returns {Promise<Referral>} once it is known what the present address says
 */
export async function prepare(program, how) {
  const referral = new Referral(program, how);
  await Promise.all([referral.arrive(), referral.learnWords()]);
  return referral;
}

class Referral {
  #program;
  #report;
  #told = null; // the token that was checked last
  #seen = ""; // the address that the core was told of last
  #shares = false; // what shares is there, or on its way
  #signed; // what it said
  #touches;
  #blocked;

  constructor(program, { report }) {
    this.#program = Object(program);
    this.#report = report;
    const { cookie } = this.#program;
    if (cookie) this.#touches = touchesIn(readCookie(cookie));
  }

  // What the core is told of how the visitor came here.
  get arrival() {
    return { touches: this.#touches, blocked: this.#blocked, signed: this.signed };
  }

  // What the token of the present address says; nothing once the page has another one.
  get signed() {
    return this.#token === this.#told ? this.#signed : undefined;
  }

  // The core is told of the present address.
  saw() {
    this.#seen = location.href;
  }

  // The visitor is forgotten, here or in another tab.
  forget() {
    this.#touches = undefined;
    this.#signed = undefined;
    this.#erase();
  }

  #erase() {
    const { cookie } = this.#program;
    if (cookie && readCookie(cookie)) eraseEverywhere(cookie, widestDomain());
  }

  // Who has a code already waits for none.
  async learnWords() {
    const { kind } = Object(this.#program.codes);
    const has = kind !== "derived" && quietly(() => /"code":"/.test(localStorage[VISITOR]), false);
    if (kind === "server" || has) return;
    const { BLOCKED } = await import("./blocked.js").catch(() => ({}));
    this.#blocked = BLOCKED;
  }

  get #token() {
    const { parameter = "ref_token" } = Object(this.#program.signed);
    return this.#program.signed ? new URLSearchParams(location.search).get(parameter) : null;
  }

  // Whether the address has to be looked at before the core is told of it.
  get waits() {
    return this.#token !== null && this.#token !== this.#told;
  }

  // Looks at the present address: only where the link's signature is right, the core hears of it.
  async arrive() {
    const token = this.#token;
    if (token === this.#told) return;
    this.#signed = undefined;
    this.#told = token;
    if (token === null) return;
    const { keys, required } = this.#program.signed;
    const { refused, message, ...signed } = await this.#verify(token, { keys, program: this.#program.program });
    if (token !== this.#told) return; // the page walked on meanwhile
    if (!refused) this.#signed = signed;
    else this.#report({ code: `link-${refused}`, path: "$.referral.signed", message: required ? `${message} Nobody is credited for it.` : message });
  }

  async #verify(token, how) {
    try {
      const { verify } = await import("./signed.js");
      return verify(token, how);
    } catch ({ message }) {
      this.#told = undefined; // to be tried again
      return { refused: "unsupported", message: `The link's signature could not be checked: ${message}.` };
    }
  }

  // What was captured is kept for the site's other hosts, and the address bar gets rid of it.
  follow(page) {
    if (!this.#shares) atRest(() => page.shareLinks().catch(() => {}));
    this.#shares = true;
    const consent = page.consent();
    const { cookie, clean_address } = this.#program;
    if (cookie && consent === GRANTED) this.#keep(cookie, page.referral());
    else if (consent !== "pending") this.#erase();
    // Before there is consent nothing is remembered but what the address says, so it stays there.
    // An address that the core was not told of yet keeps its code, too, and a token that was not checked yet stays.
    if (!clean_address || consent !== GRANTED || location.href !== this.#seen || this.waits) return;
    quietly(() => replace(page.cleanLink()));
    this.#seen = location.href;
  }

  // Without its part the core knows no touches, and leaves the cookie alone.
  #keep(cookie, { touches, code: own }) {
    if (!touches) return;
    const referrals = touches.filter(({ code }) => code);
    const entries = referrals.length > KEPT ? [referrals[0], ...referrals.slice(1 - KEPT)] : referrals; // the first stays the first
    const kept = entries.map(({ time, code }) => `${Date.parse(time)}.${code}`).join("~");
    const present = readCookie(cookie) ?? "";
    // What a server has set lasts longer in Safari than what a script sets, and may say what counts for nobody here.
    // One's own code would be a friend's for whoever signs in next.
    if (!kept && codesIn(present) === own) return this.#erase();
    if (!kept || codesIn(kept) === codesIn(present)) return;
    if (!writeCookie(cookie, kept, widestDomain())) writeCookie(cookie, kept, "");
  }
}

// "1767225600000.ABCD2345~…", oldest first. A code alone, as a server may write it, has no time.
const touchesIn = (cookie) => (cookie ?? "").split("~").filter(Boolean).map((each) => {
  const [, time, code] = /^(?:(\d{1,16})\.)?(.*)$/.exec(each);
  return [Number(time ?? 0), code];
});

const codesIn = (cookie) => touchesIn(cookie).map(([, code]) => code).join();

function replace(url) {
  if (url !== location.href) history.replaceState(history.state, "", url);
}
