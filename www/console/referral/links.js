// The links of an advocate, by the page's own engine: a made-up visitor who has the code.
import initEngine, { Visitor } from "/pkg/privateer.js";

const SOMEDAY = Date.UTC(2026, 0, 5);

export class Links {
  #visitor;

  /** `wanted` is a code as somebody types it; without one, the visitor's own is made up. `seed` says which. */
  static async of(program, { address, wanted, seed }) {
    await initEngine();
    // Where only signed links count, a typed code is none: here a plain link is wanted nevertheless.
    const { signed, ...plain } = program;
    const site = JSON.stringify({ referral: plain, consent: { initial: "granted" } });
    const { pathname: path, search } = new URL(address);
    const page = JSON.stringify({ page: { path, referrer: "", search, title: "", url: address }, locale: "en", timezone: "UTC", userAgent: "" });
    return new Links(Visitor.simulated(site, page, seed, SOMEDAY), wanted);
  }

  constructor(visitor, wanted) {
    this.#visitor = visitor;
    /** The code as the program writes it; empty where what is wanted is no code of it. */
    this.code = wanted ? visitor.ask("code", wanted) : "";
    if (this.code) visitor.step("identify", "advocate", JSON.stringify({ referral_code: this.code }), 0);
    if (!wanted) this.code = JSON.parse(visitor.ask("referral", "")).code ?? "";
  }

  /** The link to an address; a channel adds its tags. */
  to(address, channel = "") {
    return this.#visitor.ask("link", `${address}\n${channel}`);
  }

  /** The short link to the address's site, where the program has such links. */
  short(address) {
    return this.#visitor.ask("short", address);
  }

  free() {
    this.#visitor.free();
  }
}
