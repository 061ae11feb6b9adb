// What a page tells of its visitor and asks about them, apart from decisions. Most of it is one step of the engine, or one question.
import { DENIED } from "./consent.js";
import { plain, readyFor, refused, REWARDS } from "./engine.js";
import { Experiments, text } from "./experiments.js";
import { stringify } from "./json.js";
import { quietly } from "./quietly.js";
import * as question from "./questions.js";
import * as verb from "./verbs.js";

export class Calls extends Experiments {
  #guard;
  #step;
  #ask;
  #masking;
  #listeners = new Set();
  #unheard = [];
  #sharing;

  // The first three as for Experiments.
  constructor(guard, step, ask, masking) {
    super(guard, step, ask);
    this.#guard = guard;
    this.#step = step;
    this.#ask = ask;
    this.#masking = masking;
  }

  track(event, properties, { time } = {}) {
    this.#step(verb.TRACK, this.#masking.masked(text(event)), this.#masking.json(properties), +new Date(time) || 0);
  }

  identify(userId, traits) {
    this.#step(verb.IDENTIFY, text(userId ?? ""), this.#masking.json(traits, true));
    this.changed();
  }

  alias(userId, previousId = "") {
    this.#step(verb.ALIAS, text(userId), text(previousId));
    this.changed();
  }

  group(groupId, traits) {
    this.#step(verb.GROUP, text(groupId), this.#masking.json(traits));
  }

  newSession() {
    this.#step(verb.SESSION);
  }

  preview(key, variation) {
    this.#step(verb.PREVIEW, text(key), "", Number.isInteger(variation) ? variation : -1);
    this.changed();
  }

  consent(purpose = "analytics") {
    return this.#ask(question.CONSENT, "", {})[purpose] ?? DENIED;
  }

  identity() {
    return this.#ask(question.IDENTITY, "", {});
  }

  status() {
    return this.#ask(question.STATUS, "", { recorded: 0, queued: 0, delivered: 0, dropped: 0 });
  }

  deadLetters() {
    return this.#ask(question.REFUSALS, "", []);
  }

  score() {
    return this.#ask(question.SCORE, "", { total: null, reasons: [] });
  }

  // An event counts no more for scores.
  unscore(messageId) {
    this.#step(verb.UNSCORE, text(messageId));
    this.changed();
  }

  // What became of the visitor: a threshold that was reached, a stage that was entered, a trigger that fired.
  // What nobody has heard yet, for it came with the page, is told to the first who listens.
  on(what, listener) {
    const entry = [what, listener];
    this.#listeners.add(entry);
    queueMicrotask(() => this.#unheard.splice(0).forEach((each) => this.heard(...each)));
    return () => this.#listeners.delete(entry);
  }

  heard(what, which) {
    const listeners = [...this.#listeners].filter(([kind]) => kind === what);
    if (!listeners.length && which) this.#unheard.push([what, which]);
    for (const [, listener] of listeners) quietly(() => listener(which));
  }

  referral() {
    return this.#ask(question.REFERRAL, "", { code: null, link: null, incoming: null });
  }

  // Who sent the visitor, as they typed it; what it comes to, or null where it is nobody's code, or their own.
  enterCode(typed) {
    const [code, own] = [this.#guard((visitor) => visitor.ask(question.CODE, text(typed)), ""), this.referral().code];
    this.#step(verb.CODE, text(typed));
    this.changed();
    return code && code !== own ? code : null;
  }

  // Once anything was waited for, WebKit opens no window: what shares is there before somebody clicks (referral.js).
  share(channel, what) {
    const by = (sharing) => sharing.shareFrom(this, channel, what);
    const failed = ({ message }) => ({ shared: false, how: "failed", reason: message, url: this.link(Object(what).url ?? undefined, { channel }) });
    return (this.#sharing ? by(this.#sharing) : this.#share().then(by)).catch(failed);
  }

  shareLinks(what) {
    return this.#share().then((sharing) => sharing.targetsFrom(this, what));
  }

  async #share() {
    return (this.#sharing ??= await import("./share.js"));
  }

  // What is owed for a history of conversions, as the site's server knows it: a preview.
  async rewards(history, options) {
    const { now = Date.now(), person = this.referral().code } = Object(options);
    await readyFor("rewards", REWARDS);
    return this.#ask(question.REWARDS, stringify({ history, now, person }), null);
  }

  link(url = location.href, options) {
    return this.#address(question.LINK, url, options?.channel);
  }

  shortLink(url = location.href) {
    return this.#address(question.SHORT, url);
  }

  cleanLink(url = location.href) {
    return this.#address(question.CLEAN, url);
  }

  // Where an address from outside leads, if the program's links may lead there; null for others.
  safeTarget(target) {
    return this.#guard((visitor) => visitor.ask(question.TARGET, text(target)), "") || null;
  }

  // Lines that an address has are none to a browser.
  #address(asked, url, channel) {
    const address = text(url).replaceAll("\n", "");
    return this.#guard((visitor) => visitor.ask(asked, channel ? `${address}\n${channel}` : address), address);
  }

  async qr(content, options) {
    if (refused()) return (await plain(new URL("qr/qr_plain.js", import.meta.url))).qr_svg(content, options);
    const encoder = await import("./qr/qr.js");
    await encoder.default();
    return encoder.qr_svg(content, options);
  }
}
