// What all observers share: listening without being noticed, recording within bounds, and the page view they are in.
import { IDENTIFY, LEAVE, PAGE, TRACK } from "../verbs.js";
import { mask, maskUrl } from "../mask.js";
import { listOf } from "./settings.js";

const EVENTS = 200; // of one page view

export class Watch {
  #page;
  #limit;
  #left; // how many events this page view may still have
  #waiting = []; // work for after the next paint
  #begins = [];
  #ends = [];
  #undo = [];
  #deny;
  #own = false; // whether a page view is of our making
  #over = false; // whether the page view has moved on, and the next is not there yet
  #warned = false;
  #stopped = false;

  /** Set while a page view waits for its title: `now` records it, `drop` forgets it. */
  coming = null;

  constructor(page, settings, domains = []) {
    const { events_per_page: limit, masked_parameters: deny } = settings;
    this.settings = settings;
    this.domains = listOf(domains) ?? []; // the site's others
    this.address = page.address ?? location.href; // of the page view so far
    this.#page = page;
    this.#limit = Number.isFinite(limit) ? limit : EVENTS;
    this.#left = this.#limit;
    this.#deny = Array.isArray(deny) ? deny.map((name) => String(name).toLowerCase()) : [];
    page.before = this.quietly((verb, number) => this.#hear(verb, number));
    this.on(document, "freeze", () => this.end("left")); // what is frozen may never wake
  }

  /** Listens until the end, to the event before the page does, and never holds it up. */
  on(target, names, work) {
    const handler = this.quietly(work);
    for (const name of names.split(" ")) {
      target.addEventListener(name, handler, { capture: true, passive: true });
      this.undo(() => target.removeEventListener(name, handler, true));
    }
  }

  /** Does work once the browser has painted what came of the event: that is what visitors wait for. */
  later(work) {
    this.#waiting.push(work);
    if (this.#waiting.length > 1) return;
    const soon = () => setTimeout(() => this.#catchUp());
    if (document.visibilityState === "hidden") soon(); // nothing is painted
    else requestAnimationFrame(soon);
  }

  /** Does work after some milliseconds; the function that is returned calls it off. */
  wait(ms, work) {
    const timer = setTimeout(this.quietly(work), ms);
    return () => clearTimeout(timer);
  }

  /** `work` hears when a page view begins: "moved" or "restored". */
  begins(work) {
    this.#begins.push(this.quietly(work));
  }

  /** `work` hears when a page view ends: "moved" to another address, "left" for good, "hidden" for now. */
  ends(work) {
    this.#ends.push(this.quietly(work));
  }

  undo(work) {
    this.#undo.push(work);
  }

  /** Records an event; of too many in one page view, a last one says so. */
  track(name, properties) {
    if (this.#left <= 0) return;
    this.#left -= 1;
    this.conclude(name, properties);
    if (this.#left === 0) this.conclude("Event Limit Reached", { limit: this.#limit });
  }

  /** Records an event that sums up, whatever was recorded before. */
  conclude(name, properties) {
    if (!this.#stopped) this.#page.track(name, properties);
  }

  view(properties) {
    this.#own = true;
    this.#page.page(properties);
    this.#own = false;
    this.begin(properties.navigation_type === RESTORED ? "restored" : "moved");
  }

  begin(how) {
    this.#left = this.#limit;
    this.#over = false;
    for (const work of this.#begins) work(how);
  }

  end(how) {
    this.coming?.now();
    this.#catchUp();
    if (this.#over) return;
    this.#over = how === "moved";
    for (const work of this.#ends) work(how);
  }

  isOn = (name) => this.settings[name] !== false;

  mask = (text) => mask(text);

  maskUrl = (url) => maskUrl(url, this.#deny);

  /** One line in the console, whatever goes wrong and however often. */
  quietly(work) {
    return (...args) => {
      if (this.#stopped) return undefined;
      try {
        return work(...args);
      } catch (error) {
        if (!this.#warned) console.warn(`privateer: this could not be observed: ${error?.message}`);
        this.#warned = true;
      }
    };
  }

  stop() {
    this.coming?.drop();
    this.#stopped = true;
    this.#page.before = undefined;
    for (const work of this.#undo) work();
  }

  #catchUp() {
    for (const work of this.#waiting.splice(0)) this.quietly(work)();
  }

  // What the harness is about to record. Its last batch goes when the page is left: what there is to say is said first.
  // The page's own view takes the place of one that waits; any other event belongs to the page view that waits.
  #hear(verb, number) {
    if (verb === LEAVE) this.end(number > 1 ? "left" : "hidden");
    if (verb === TRACK || verb === IDENTIFY) this.coming?.now();
    if (verb !== PAGE || this.#own) return;
    if (this.coming) this.coming.drop();
    else this.end("moved");
    this.begin("moved");
  }
}

export const RESTORED = "back_forward_cache";
