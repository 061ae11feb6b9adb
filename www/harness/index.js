// One visitor on this page: loads the engine, hands it what happens, carries out what it asks for.
// Every entry into the engine is guarded; whatever fails, the page goes on without Privateer.
import { describe } from "./describe.js";
import { ready } from "./engine.js";
import { Experiments, text } from "./experiments.js";
import { listen } from "./listen.js";
import { describePage } from "./page.js";
import { loadPayload } from "./payload.js";
import { post } from "./post.js";
import * as question from "./questions.js";
import { show } from "./show.js";
import * as verb from "./verbs.js";
import { Visitor } from "./visitor.js";

export { instantiate } from "./engine.js";
export { experiments, experimentsNow } from "./standalone.js";

const REFUSED = "this browser refuses to store; events live as long as the page";
const VISITOR = "privateer.visitor";
const ENCRYPTED = /"encrypted(Features|Experiments|SavedGroups|ContextualBandits)"/;

export async function start({ site, attributes, timeout = 3000 } = {}) {
  const page = new Page();
  await page.load(site, attributes, timeout);
  return page;
}

class Page extends Experiments {
  #visitor = null;
  #requests = new Set(); // batches under way
  #payload = null; // settles when the experiments payload has arrived
  #refreshing = () => {}; // stops asking for it again
  #timer = 0;
  #timeout = 0;
  #definition = "";
  #attributes; // what the page told at the start
  #warned = new Set();
  #failure = undefined; // why there is no visitor, once that is known
  #stale = false; // what is shown may no longer be what was decided
  #successor = null; // the visitor as another tab wrote it last

  constructor() {
    super((work, fallback) => this.#guard(work, fallback), (verb, text, more, number) => this.#step(verb, text, more, number));
    this.subscribe(() => this.#show());
  }

  get ready() {
    return this.#visitor !== null;
  }

  decide(key) {
    const decision = super.decide(key);
    return {
      ...decision,
      get reason() {
        return describe(decision);
      },
    };
  }

  track(event, properties) {
    this.#step(verb.TRACK, text(event), this.#json(properties));
  }

  page(properties) {
    this.#step(verb.PAGE, describePage(), this.#json(properties));
    this.changed();
    this.#leave();
  }

  identify(userId, traits) {
    this.#step(verb.IDENTIFY, text(userId), this.#json(traits));
    this.changed();
  }

  changed(payload) {
    this.#stale = true;
    super.changed(payload);
  }

  score() {
    return this.#ask(question.SCORE, "", { total: null, reasons: [] });
  }

  referral() {
    return this.#ask(question.REFERRAL, "", { code: null, link: null, incoming: null });
  }

  link(url = location.href) {
    const address = text(url);
    return this.#guard((visitor) => visitor.ask(question.LINK, address), address);
  }

  async qr(content) {
    const encoder = await import("./qr/qr.js");
    await encoder.default();
    return encoder.qr_svg(content);
  }

  consent() {
    return this.#guard((visitor) => visitor.ask(question.CONSENT, ""), "denied");
  }

  setConsent(consent) {
    if (consent !== "granted" && consent !== "denied") {
      return this.#warn("consent", 'setConsent takes "granted" or "denied"; anything else changes nothing');
    }
    this.#step(verb.CONSENT, "", "", consent === "granted" ? 1 : 0);
    this.changed();
  }

  preview(key, variation) {
    this.#step(verb.PREVIEW, text(key), "", Number.isInteger(variation) ? variation : -1);
    this.changed();
  }

  forget() {
    this.#step(verb.FORGET);
    this.changed();
  }

  status() {
    return this.#ask(question.STATUS, "", { recorded: 0, queued: 0, delivered: 0, dropped: 0 });
  }

  async flush() {
    this.#step(verb.FLUSH);
    while (this.#requests.size) await Promise.all(this.#requests);
    return this.status();
  }

  problems() {
    return this.#failure ? [this.#failure] : this.#ask(question.PROBLEMS, "", []);
  }

  async load(site, attributes, timeout) {
    try {
      const definition = typeof site === "string" ? read(site, timeout) : JSON.stringify(site);
      [this.#definition] = await Promise.race([Promise.all([definition, ready()]), late(timeout)]);
      // A page that is rendered before anybody asked for it may never be looked at.
      if (document.prerendering) await new Promise((shown) => document.addEventListener("prerenderingchange", shown));
      if (ENCRYPTED.test(this.#definition)) await this.#decryptInline();
      this.#attributes = attributes;
      this.#timeout = timeout;
      this.#begin();
      if (this.#failure) return this.#stop();
      await this.#payload;
    } catch (error) {
      this.#fail("not-running", error);
    }
    this.#guard((visitor) => listen(this, visitor.listens(), (verb, number) => this.#step(verb, "", "", number)));
    addEventListener("storage", (change) => this.#follow(change));
    this.changed();
    this.#leave();
    this.#report();
    if (this.#visitor) atRest(() => this.#observe());
  }

  #begin() {
    this.#visitor = new Visitor(this.#definition, describePage());
    this.address = location.href; // of the first page view; observers come later
    this.#failure = this.problems().find(({ path }) => path === "$"); // no definition to go by
    this.changed(true);
    if (this.#attributes) this.attributes(this.#attributes);
    this.#step(verb.BEGUN);
  }

  #stop() {
    this.#visitor = null;
    this.changed(true);
    this.#report();
  }

  #report() {
    const [problem] = this.problems();
    if (problem) this.#warn("problem", `${problem.message} (${problem.code} at ${problem.path || "start"})`);
  }

  // What else there is to see on a page is looked for once the page has what it needs.
  async #observe() {
    try {
      const { tracking } = JSON.parse(this.#definition);
      if (tracking?.observe !== false) (await import("./observe.js")).observe(this, tracking);
    } catch (error) {
      this.#warn("observe", error.message);
    }
  }

  // What happened; observers hear of it first (`before`). The engine stores before this returns; what takes time is carried out here.
  #step(verb, text = "", more = "", number = 0) {
    this.before?.(verb, number);
    const about = typeof text === "string" ? text : this.#json(text);
    const effects = this.#guard((visitor) => visitor.step(verb, about, more, number));
    for (const [effect, ...details] of effects ? JSON.parse(effects) : []) this.#carryOut[effect](...details);
    this.tell();
  }

  // What is no JSON (a circle, a BigInt) is left out; the event itself is kept.
  #json(values = {}) {
    try {
      return JSON.stringify(values);
    } catch (error) {
      this.#warn("values", `properties that are no JSON were left out: ${error?.message}`);
      return "{}";
    }
  }

  // Another tab erased the visitor. What this one still holds must not come back, so it is let go at once; a moment
  // later this tab begins with what the other left: a new visitor, or, where only ours was erased, a no. What the
  // other tab wrote decides, not what is stored: until the news came, an answer may have written ours back.
  #follow({ key, newValue }) {
    if (key !== null && key !== VISITOR) return;
    const before = this.#visitor;
    this.#successor = newValue;
    if (newValue !== null || !before) return;
    this.#visitor = null;
    setTimeout(() => {
      if (this.#failure) return;
      try {
        before.free();
        takeBack(this.#storage(), this.#successor);
        this.#begin();
        if (key !== null && !this.#successor) this.#step(verb.CONSENT, "", "", 0);
      } catch (error) {
        this.#fail("stopped", error);
      }
      this.changed();
    }, 50);
  }

  #carryOut = {
    send: (url, batch, body, leaving) => {
      const sender = this.#visitor;
      const answer = post(url, body, leaving).then(({ status, wait, trouble }) => {
        this.#requests.delete(answer);
        if (trouble) this.#warn("delivery", trouble);
        // Batches are counted anew by a new visitor; an answer to the old one must not speak for its events.
        if (this.#visitor === sender) this.#step(verb.ANSWER, String(wait), String(batch), status);
      });
      this.#requests.add(answer);
    },
    wake: (time) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#step(verb.WAKE), Math.min(Math.max(time - Date.now(), 0), 2 ** 31 - 1));
    },
    load: (url) => {
      const { maxAge, refresh, decryptionKey } = JSON.parse(this.#definition).experiments;
      this.#refreshing();
      const take = async (payload) => {
        this.#step(verb.PAYLOAD, await this.#plain(payload ?? "", decryptionKey));
        this.changed(true);
      };
      const loading = loadPayload({
        url, maxAge, refresh, timeout: this.#timeout,
        store: () => this.consent() === "granted",
        onFresh: (payload) => take(payload).then(() => this.#leave()),
      });
      this.#refreshing = loading.stop;
      this.#payload = loading.first.then((first) => take(first.text));
    },
    unsaved: () => this.#warn("storage", REFUSED),
  };

  // Reading the property alone throws where storage is denied.
  #storage() {
    try {
      return localStorage;
    } catch {
      this.#warn("storage", REFUSED);
    }
  }

  #ask(question, text, fallback) {
    return this.#guard((visitor) => JSON.parse(visitor.ask(question, text)), fallback);
  }

  // Whatever the engine throws ends it for this page: after a trap its memory cannot be trusted.
  #guard(work, fallback) {
    if (!this.#visitor) return fallback;
    try {
      return work(this.#visitor) ?? fallback;
    } catch (error) {
      this.#fail("stopped", error);
      return fallback;
    }
  }

  #fail(code, error) {
    this.#failure = { code, path: "", message: `Privateer is not running: ${error?.message ?? error}` };
    this.#stop();
  }

  #warn(topic, message) {
    if (!this.#warned.has(topic)) console.warn(`privateer: ${message}`);
    this.#warned.add(topic);
  }

  // Where the visitor belongs on another page, the exposure is stored by now and goes out as this one is left.
  #leave() {
    const { redirect } = this.automatic();
    if (redirect) location.replace(redirect);
  }

  async #plain(payload, key) {
    if (!ENCRYPTED.test(payload)) return payload;
    try {
      const { decryptPayload } = await import("./decrypt.js");
      return await decryptPayload(payload, key);
    } catch (error) {
      this.#warn("payload", error.message);
      return "";
    }
  }

  async #decryptInline() {
    const definition = JSON.parse(this.#definition);
    const { payload, decryptionKey } = definition.experiments;
    definition.experiments.payload = JSON.parse((await this.#plain(JSON.stringify(payload), decryptionKey)) || "{}");
    this.#definition = JSON.stringify(definition);
  }

  #show() {
    if (this.#stale && this.#visitor) show((key) => this.flag(key, null));
    this.#stale = false;
  }
}

// Removes what a tab stored of a visitor who was erased before, and gives their place to the successor, if there is one.
function takeBack(storage, successor) {
  const [erased, present] = [storage?.getItem(VISITOR), successor].map((visitor) => visitor && JSON.parse(visitor).anonymousId);
  if (!erased || erased === present) return;
  for (const key of Object.keys(storage)) {
    if (/^(privateer\.|gbStickyBuckets__)/.test(key) && (key + storage[key]).includes(erased)) storage.removeItem(key);
  }
  if (successor) storage.setItem(VISITOR, successor);
}

const atRest = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const late = (ms) => sleep(ms).then(() => Promise.reject(new Error(`nothing arrived within ${ms} ms`)));

async function read(url, timeout) {
  const response = await fetch(url, timeout ? { signal: AbortSignal.timeout(timeout) } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

