// One visitor on this page: loads the engine, hands it what happens, carries out what it asks for.
// Every entry into the engine is guarded; whatever fails, the page goes on without Privateer.
import { Calls } from "./calls.js";
import { needsChannel } from "./channel/needed.js";
import { answersOf, DENIED, everything, GRANTED, gpcSays, hasSignals } from "./consent.js";
import { readDefinition } from "./definition.js";
import { withReason } from "./describe.js";
import { takeQueue } from "./early.js";
import { decrypted, decryptedInline } from "./encrypted.js";
import { ready } from "./engine.js";
import { Journal } from "./journal.js";
import { object, parse, stringify } from "./json.js";
import { listen } from "./listen.js";
import { Masking } from "./masking.js";
import { Overflow } from "./overflow.js";
import { describePage, timeZone } from "./page.js";
import { Parts } from "./parts.js";
import { atRest, late, sleep } from "./pause.js";
import * as question from "./questions.js";
import { recoderFor } from "./recoder.js";
import { Sender } from "./sender.js";
import { show } from "./show.js";
import { Succession, VISITOR } from "./succession.js";
import * as verb from "./verbs.js";
import { Visitor } from "./visitor.js";
import { closeWindow, forgetWindow, openWindow, takeWindow } from "./window.js";

export { instantiate } from "./engine.js";
export { experiments, experimentsNow } from "./standalone.js";

const { now } = Date; // a page may put its own in its place later

const ONLINE = 1;
const SCORED = "privateer.scored."; // before a message id, an event that scores are made of

export async function start({ site, attributes, timeout = 3000, ...how } = {}) {
  const page = new Page();
  await page.load(site, attributes, timeout, how);
  return page;
}

class Page extends Calls {
  #visitor = null;
  #site = {}; // the definition
  #journal;
  #source = { channel: "Direct" }; // what brought the visit
  #clean = (url) => url; // takes the ids of clicks out of an address
  #masking;
  #closing = false; // the page may be gone the next moment
  #leaves = false; // what is sent now goes as the page is left
  #overflow; // see overflow.js
  #sender = new Sender();
  #timer = 0;
  #waits = false; // a timer runs
  #held; // what happens between two visitors
  #payload; // settles when the experiments payload has arrived
  #refreshing = () => {}; // stops asking for it again
  #timeout = 0;
  #definition = "";
  #attributes; // what the page told at the start
  #warned = new Set();
  #answers = {}; // what the page itself said of consent
  #extras; // see extras.js, where a site asks for more
  #parts = new Parts();
  #reported = []; // problems that the engine does not know of
  #reports = (problem) => this.#reported.push(problem);
  #failure; // why there is no visitor, once that is known
  #stale; // what is shown may no longer be what was decided
  #id; // the present visitor
  #succession; // see succession.js

  constructor() {
    const masking = new Masking((topic, message) => this.#warn(topic, message));
    super((work, fallback) => this.#guard(work, fallback), (...step) => this.#step(...step), (...asked) => this.#ask(...asked), masking);
    this.#masking = masking;
  }

  get ready() {
    return this.#visitor !== null;
  }

  decide(key) {
    return withReason(super.decide(key));
  }

  // Whoever calls is told of the address that is there now; only where that says what brought the visitor does it take time.
  page(properties) {
    const needs = needsChannel(location.search, "", location.hostname);
    if (!needs && !this.#parts.referral?.waits) return this.#view(properties);
    return Promise.all([needs ? this.#findSource() : {}, this.#parts.referral?.arrive()]).then(([source]) => this.#view(properties, source));
  }

  #view(properties, source) {
    this.#parts.referral?.saw();
    this.#step(verb.PAGE, this.#describe({ ...source, signed: this.#parts.referral?.signed }), this.#masking.json(properties));
    this.changed();
    this.#leave();
  }

  changed(payload) {
    if (!this.#stale) queueMicrotask(() => this.#show());
    this.#stale = true;
    super.changed(payload);
  }

  setConsent(consent) {
    const answers = answersOf(consent);
    if (!answers) return this.#warn("consent", 'setConsent takes "granted" or "denied", or by purpose; nothing changed');
    for (const purpose in answers) this.#answers[purpose] = answers[purpose] === GRANTED;
    this.#answer(answers);
  }

  // What another tab was told a moment ago holds here, too.
  #catchUp() {
    const stored = !this.#inMemory() && this.#storage()?.[VISITOR];
    if (stored) this.#step(verb.VISITOR, stored);
  }

  #answer(words) {
    this.#catchUp();
    const before = this.#refusesMarketing();
    this.#step(verb.CONSENT, stringify(words));
    if (this.consent() === DENIED) forgetWindow();
    else if (!before && this.#refusesMarketing()) import("./withdraw.js").then(({ cleanStored }) => cleanStored(this.#storage())).catch(() => {});
    this.#adopt();
    this.#extras?.begun();
    this.changed();
  }

  #refusesMarketing() {
    return this.consent("marketing") === DENIED;
  }

  forget() {
    this.#catchUp();
    this.#parts.referral?.forget();
    this.#step(verb.DESCRIBED, this.#describe()); // the address may have been cleaned since
    this.#step(verb.FORGET);
    forgetWindow();
    this.#extras?.begun();
    this.changed();
  }

  // As long as the collector takes something, the rest follows at once; what it does not take has its time.
  async flush({ timeout = 10000 } = {}) {
    const late = now() + timeout;
    this.#step(verb.FLUSH);
    for (;;) {
      const { queued } = this.status();
      if (!queued || !(this.#sender.busy || this.#waits) || now() > late) return this.status();
      await Promise.race([this.#sender.busy ? this.#sender.settled() : sleep(50), sleep(late - now())]);
    }
  }

  problems() {
    return this.#failure ? [this.#failure] : [...this.#ask(question.PROBLEMS, "", []), ...this.#reported];
  }

  async load(site, attributes, timeout, { encoder, beforeSend, debug }) {
    try {
      this.#journal = new Journal(this.#storage(), (events, spilled) => {
        if (events.length) this.#step(verb.ADOPT, events.flat().join("\0"), "", spilled);
      });
      this.#overflow = new Overflow(this.#journal, () => this.#refused());
      this.#succession = new Succession(this.#storage(), this.#overflow);
      const arriving = needsChannel(location.search, document.referrer, location.hostname) && this.#findSource();
      const running = ready();
      const wanted = [this.#define(site, timeout, running), running, arriving, this.#journal.hold(), sleep(0).then(timeZone)];
      const [, , source] = await Promise.race([Promise.all(wanted), late(timeout)]);
      if (source) this.#source = source;
      await sleep(0); // a task of its own: on a slow device the module's start takes its time
      if (this.#site.experiments?.url) import("./payload.js"); // wanted soon
      if (this.#asksForMore()) await this.#prepare(debug);
      this.#sender.recode = await recoderFor(this.#site.delivery, encoder, beforeSend, this.#extras?.check, this.#reports);
      // A page that is rendered before anybody asked for it may never be looked at.
      if (document.prerendering) await new Promise((shown) => document.addEventListener("prerenderingchange", shown));
      this.#definition = await decryptedInline(this.#definition, this.#warnOfPayload);
      this.#attributes = attributes;
      this.#timeout = timeout;
      this.#begin();
      if (this.#failure) this.#stop();
      else this.#listen();
      for (const missing of this.#parts.missing) this.#warn(...missing);
    } catch (error) {
      this.#fail("not-running", error);
    }
    takeQueue(this, (globalThis.privateerQueue ??= []));
    if (!this.#visitor) return;
    await this.#payload?.catch(({ message }) => this.#warnOfPayload(message));
    this.changed();
    this.#leave();
    this.#report();
    atRest(() => this.#observe());
  }

  async #define(site, timeout, running) {
    const begun = performance.now();
    this.#definition = await readDefinition(site, timeout);
    this.#site = object(this.#definition);
    const prepared = this.#masking.prepare(Object(this.#site.tracking));
    await Promise.all([prepared, this.#parts.load(this.#site, running, timeout - (performance.now() - begun), this.#reports)]);
  }

  // What happens from now on counts, also while the experiments payload is on its way.
  #listen() {
    this.#guard((visitor) => listen(this, visitor.listens(), (what, number) => this.#step(what, "", "", what === verb.LEAVE ? this.#leaving(number) : number)));
    addEventListener("storage", (change) => this.#follow(change));
    addEventListener("online", () => this.#step(verb.FLUSH, "", "", ONLINE));
    addEventListener("pagehide", ({ persisted }) => this.#close(persisted));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#open());
    addEventListener("visibilitychange", () => document.hidden || this.#adopt());
    this.#adopt();
    this.#extras?.follow();
    this.#parts.follow(this.#site, (...step) => this.#step(...step), (...asked) => this.#ask(...asked), this);
  }

  // Another page may take over what this one stored, should it never come back. What is stored nowhere stays.
  #close(persisted) {
    if (this.#held) this.#succession.takeBack(); // it may never come to that later
    this.#closing = true;
    this.#keepWindow();
    this.#journal.close();
    if (!persisted || !this.#storage() || this.#overflow.isLossy || this.#inMemory()) return;
    this.#closing = false; // should it come back, it counts in a window of its own
    this.#journal.release();
    this.#step(verb.SUSPEND, this.#journal.name);
  }

  // Another page of the site delivers what is left: if it finds it.
  #leaving(how) {
    return how & 1 && !this.#journal.has(this.status().queued) ? how - 1 : how;
  }

  async #open() {
    this.#closing = false;
    if (this.#remembers()) openWindow();
    await this.#journal.hold();
    this.#adopt();
  }

  #keepWindow() {
    if (this.#remembers()) this.#guard((visitor) => closeWindow(visitor.ask(question.WINDOW)));
  }

  // Whoever may not deliver leaves what others left to those who may.
  #adopt() {
    if (this.consent() !== "pending") this.#journal.adoptAll();
  }

  #inMemory() {
    return this.#site.identity?.storage === "memory";
  }

  // Whether anything is stored.
  #remembers() {
    return this.consent() === GRANTED && !this.#inMemory();
  }

  #begin() {
    this.#parts.referral?.saw();
    this.#visitor = new Visitor(this.#definition, this.#describe(this.#arrival()), Number(this.#inMemory()));
    this.#id = this.identity().anonymousId;
    this.address = location.href; // of the first page view; observers come later
    if (this.#remembers()) openWindow();
    this.#extras?.begun();
    this.#failure = this.problems().find(({ path }) => path === "$"); // no definition to go by
    this.changed(true);
    if (this.#attributes) this.attributes(this.#attributes);
    this.#step(verb.BEGUN);
  }

  #describe(arrival) {
    const clean = (url, clicks) => this.#masking.maskedUrl(clicks ? url : this.#clean(url), clicks);
    return describePage(arrival, clean, (words) => this.#masking.masked(words));
  }

  // How the visitor came here. What the browser refuses for the visitor, nobody can grant.
  #arrival() {
    const refused = gpcSays(this.#site.consent?.gpc, DENIED);
    const { id, carried } = this.#extras ?? {};
    return { owner: this.#journal.name, window: takeWindow(), ...this.#source, ...this.#parts.referral?.arrival, id, carried, refused };
  }

  // Most pages are reached from the site itself, or directly: that is known without any list.
  async #findSource() {
    try {
      const { sourceOf, withoutClicks } = await import("./channel.js");
      this.#clean = withoutClicks;
      return sourceOf(location, document.referrer);
    } catch {
      return { channel: "Unassigned" };
    }
  }

  #asksForMore() {
    const { identity, consent, tracking } = this.#site;
    return identity || (consent?.signals ?? hasSignals()) || tracking?.plan || /[?&]_pv=/.test(location.search);
  }

  // Where the page's consent tools have a word, it holds from the beginning.
  async #prepare(debug) {
    const { prepare } = await import("./extras.js");
    const answer = (words) => this.#answer(words);
    this.#extras = await prepare(this, { answers: this.#answers, answer, source: this.#source }, this.#site, { debug, report: this.#reports });
    const { initial } = this.#extras;
    if (initial) this.#definition = stringify({ ...this.#site, consent: { ...this.#site.consent, initial } });
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
      const { tracking, identity } = parse(this.#definition);
      if (tracking?.observe !== false) (await import("./observe.js")).observe(this, tracking, identity?.domains);
    } catch (error) {
      this.#warn("observe", error.message);
    }
  }

  // What happened; observers hear of it first (`before`). The engine stores before this returns; what takes time is carried out here.
  #step(what, text = "", more = "", number = 0) {
    if (this.#held) return this.#held.push([what, text, more, number]);
    this.before?.(what, number);
    const effects = this.#guard((visitor) => visitor.step(what, text, more, number));
    this.#leaves = what === verb.LEAVE;
    for (const [effect, ...details] of effects ? parse(effects) : []) this.#carryOut[effect](...details);
    if (this.#closing) this.#keepWindow();
    this.#extras?.recorded?.();
    this.tell();
  }

  // Another tab wrote a visitor, or erased one: then what this one still holds is let go at once.
  #follow({ key, newValue }) {
    if (key?.startsWith(SCORED)) return this.#step(newValue ? verb.SCORED : verb.UNSCORE, key.slice(SCORED.length), newValue ?? "");
    if (key !== VISITOR) return; // a page that clears its storage, as many do at log-out, has refused nothing
    if (newValue) {
      this.#step(verb.VISITOR, newValue);
      this.changed(); // who the visitor is decides
    }
    this.#succession.hear(newValue);
    if (newValue || !this.#visitor) return;
    const before = this.#visitor;
    this.#visitor = null;
    this.#held = [];
    this.#sender.abort();
    forgetWindow();
    this.#journal.clear();
    this.#succeed(before);
  }

  // A moment later this tab begins with what the other one left.
  async #succeed(before) {
    try {
      await this.#succession.settle(this.#id);
      const held = this.#held;
      this.#held = null;
      before.free();
      this.#succession.takeBack();
      this.#parts.referral?.forget();
      this.#begin();
      if (!this.#succession.heir) this.#step(verb.CONSENT, stringify(everything(DENIED)));
      for (const step of held) this.#step(...step);
    } catch (error) {
      this.#fail("stopped", error);
    }
    this.changed();
  }

  #carryOut = {
    send: (url, batch, lasting) => {
      const visitor = this.#visitor;
      // Batches are counted anew by a new visitor; an answer to the old one must not speak for its events.
      const how = { lasting, leaving: this.#leaves, withdrawn: this.#refusesMarketing() };
      this.#sender.send(url, batch, visitor.ask(question.BODY), how, (...answer) => this.#visitor === visitor && this.#hear(...answer));
    },
    abort: () => this.#sender.abort(),
    spill: (key, event) => this.#overflow.keep(key, event),
    unspill: (...keys) => {
      if (keys.length) return this.#overflow.remove(keys);
      this.#overflow.erase(this.#id);
      this.#id = this.identity().anonymousId;
    },
    wake: (time) => {
      clearTimeout(this.#timer);
      this.#waits = true;
      this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(time - now(), 0), 2 ** 31 - 1));
    },
    load: (url) => (this.#payload = this.#loadPayload(url)),
    tell: (what, which) => {
      this.heard(what, which);
      this.changed();
    },
    unsaved: () => {
      if (this.#storage()) this.#overflow.prepare();
      this.#refused();
    },
  };

  async #loadPayload(url) {
    const { experiments } = this.#site;
    this.#refreshing();
    const take = async (payload) => {
      this.#step(verb.PAYLOAD, await decrypted(payload ?? "", experiments.decryptionKey, this.#warnOfPayload));
      this.changed(true);
    };
    const { loadPayload } = await import("./payload.js");
    const loading = loadPayload({
      ...experiments, url, timeout: this.#timeout,
      store: () => this.#remembers(),
      onFresh: (payload) => take(payload).then(() => this.#leave()),
    });
    this.#refreshing = loading.stop;
    await take((await loading.first).text);
  }

  #wake() {
    this.#waits = false;
    this.#step(verb.WAKE);
  }

  #hear(batch, { status, wait = "", trouble, again = [], never = [], withheld = [] }) {
    if (trouble) this.#warn("delivery", trouble);
    const lines = [batch, again.join(" "), never.join(" "), withheld.join(" ")];
    this.#step(verb.ANSWER, String(wait), lines.join("\n"), status);
    if (status > 199 && status < 300) return;
    this.#step(verb.ADOPT, "", "", 1); // from now on what it erases lies in both storages
    this.#overflow.mirror();
  }

  // Reading the property alone throws where storage is denied.
  #storage() {
    try {
      return localStorage;
    } catch {
      this.#refused();
    }
  }

  #refused() {
    this.#warn("storage", "this browser refuses to store; events live as long as the page");
  }

  #ask(question, text, fallback) {
    return this.#guard((visitor) => parse(visitor.ask(question, text)), fallback);
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

  #warnOfPayload = (message) => this.#warn("payload", message);

  #warn(topic, message) {
    if (!this.#warned.has(topic)) console.warn(`privateer: ${message}`);
    this.#warned.add(topic);
  }

  // Where the visitor belongs on another page, the exposure is stored by now and goes out as this one is left.
  #leave() {
    const { redirect } = this.automatic();
    if (redirect) location.replace(redirect);
  }

  #show() {
    if (this.#stale && this.#visitor) {
      show((key) => this.flag(key, null));
      this.#parts.referral?.follow(this);
    }
    this.#stale = false;
  }
}
