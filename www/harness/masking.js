// What is hidden of texts and addresses before there is an event. Most hold nothing of it; mask.js is loaded where one may.
import { text } from "./experiments.js";
import { parse, stringify } from "./json.js";
import { hasContacts, hasSecrets, hide } from "./suspect.js";

export class Masking {
  settings = {}; // the section `tracking` of the definition
  #mask = null;

  get loaded() {
    return !!this.#mask;
  }

  async load() {
    this.#mask ??= await import("./mask.js").catch(() => ({ mask: hide, maskJson: hidden, maskUrl: hide }));
  }

  // Whether there may be somebody's address or number in it.
  mayHold(words) {
    return this.settings.mask !== false && hasContacts(words);
  }

  // The same text, or JSON, without those. Where there is no time to load mask.js, more is hidden than need be.
  masked(words) {
    if (!this.mayHold(words)) return words;
    if (words[0] !== "{") return (this.#mask?.mask ?? hide)(words);
    return this.#mask ? this.#mask.maskJson(words) : hidden(words);
  }

  // Whether the page's own addresses or its title may hold something.
  isSuspect() {
    const about = (location.href + document.referrer + document.title).toLowerCase();
    return this.settings.mask !== false && (hasSecrets(about) || this.#deny().some((name) => about.includes(name + "=")));
  }

  // How an address of the page is told, and a text of it.
  describing() {
    const { mask, maskUrl } = (this.settings.mask !== false && this.#mask) || {};
    return { url: maskUrl ? (url) => maskUrl(url, this.#deny()) : (url) => url, words: mask };
  }

  // Names of parameters that are nobody's business.
  #deny() {
    return [this.settings.masked_parameters ?? []].flat().map((name) => text(name).toLowerCase());
  }
}

const hidden = (json) => stringify(parse(json), (_, value) => (typeof value === "string" ? hide(value) : value));
