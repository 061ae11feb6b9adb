// What a page of a site with a referral program does besides: it remembers across subdomains, checks signed links, keeps the address
// bar clean, and passes links on.
import { eraseEverywhere, readCookie, widestDomain, writeCookie } from "./identity.js";
import { quietly } from "./quietly.js";
import { atRest } from "./pause.js";
import { GRANTED } from "./consent.js";

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
  #told = ""; // the token that was checked last
  #shares = false; // what shares is there, or on its way
  arrival = {}; // what the core is told of how the visitor came here

  constructor(program, { report }) {
    this.#program = Object(program);
    this.#report = report;
    const { cookie } = this.#program;
    if (cookie) this.arrival.touches = touchesIn(readCookie(cookie));
  }

  // Words that no code may have come with what makes codes.
  async learnWords() {
    if (this.#program.codes?.kind === "server") return;
    const { BLOCKED } = await import("./blocked.js").catch(() => ({}));
    this.arrival.blocked = BLOCKED;
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
    this.#told = token;
    this.arrival.signed = undefined;
    if (token === null) return;
    const { verify } = await import("./signed.js");
    const { keys, required } = this.#program.signed;
    const { refused, message, ...signed } = await verify(token, { keys, program: this.#program.program });
    if (!refused) this.arrival.signed = signed;
    else this.#report({ code: `link-${refused}`, path: "$.referral.signed", message: required ? `${message} Nobody is credited for it.` : message });
  }

  // What was captured is kept for the site's other hosts, and the address bar gets rid of it.
  follow(page) {
    if (!this.#shares) atRest(() => page.shareLinks().catch(() => {}));
    this.#shares = true;
    const consent = page.consent();
    const { cookie, clean_address } = this.#program;
    if (cookie && consent !== "pending") this.#keep(cookie, consent === GRANTED ? page.referral().touches ?? [] : []);
    // Before there is consent nothing is remembered but what the address says, so it stays there.
    if (clean_address && consent === GRANTED) quietly(() => replace(page.cleanLink()));
  }

  #keep(cookie, touches) {
    const kept = touches.filter(({ code }) => code).slice(-KEPT).map(({ time, code }) => `${Date.parse(time)}.${code}`).join("~");
    const present = readCookie(cookie) ?? "";
    if (kept === present) return; // what a server has set lasts longer in Safari than what a script sets
    if (!kept) eraseEverywhere(cookie, widestDomain());
    else if (!writeCookie(cookie, kept, widestDomain())) writeCookie(cookie, kept, "");
  }
}

// "1767225600000.ABCD2345~…", oldest first. A code alone, as a server may write it, has no time.
const touchesIn = (cookie) => (cookie ?? "").split("~").filter(Boolean).map((each) => {
  const [, time, code] = /^(?:(\d{1,16})\.)?(.*)$/.exec(each);
  return [Number(time ?? 0), code];
});

function replace(url) {
  if (url !== location.href) history.replaceState(history.state, "", url);
}
