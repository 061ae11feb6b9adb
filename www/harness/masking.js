// What is hidden of texts and addresses before there is an event.
import { text } from "./experiments.js";
import { parse, stringify } from "./json.js";
import { sleep } from "./pause.js";
import { hasContacts, hide, hideUrl } from "./suspect.js";

const LONGEST_MS = 1000; // so long mask.js is waited for; it is small, and comes with the page's other files

export class Masking {
  #warn; // (topic, message)
  #tools = { mask: hide, maskUrl: hideUrl, maskCards: hide };
  #is = true; // whether the site wants it
  #deny = []; // names of parameters that are nobody's business

  constructor(warn) {
    this.#warn = warn;
  }

  // Takes the section `tracking` of the definition.
  async prepare({ mask, masked_parameters: deny = [] }) {
    this.#is = mask !== false;
    this.#deny = [deny].flat().map((name) => text(name).toLowerCase());
    const loading = this.#is && import("./mask.js").then((tools) => (this.#tools = tools));
    await Promise.race([loading, sleep(LONGEST_MS)]).catch(() => {});
  }

  // A text without what reaches a person or pays.
  masked(words) {
    return this.#looksAt(words) ? this.#tools.mask(words) : words;
  }

  // Values as JSON, the texts among them without it. What somebody says of themselves holds their address and number, and no card.
  json(values, ofThemselves) {
    const json = this.#written(values);
    const hidden = this.#tools[ofThemselves ? "maskCards" : "mask"];
    return this.#looksAt(json) ? stringify(parse(json), (_, value) => (typeof value === "string" ? hidden(value) : value)) : json;
  }

  // An address; with `clicks` the ids of clicks stay.
  maskedUrl(url, clicks) {
    return this.#is ? this.#tools.maskUrl(url, this.#deny, clicks) : url;
  }

  // What is no JSON (a circle, a BigInt) is left out; the event itself is kept.
  #written(values = {}) {
    try {
      return stringify(values);
    } catch (error) {
      this.#warn("values", `properties that are no JSON were left out: ${error?.message}`);
      return "{}";
    }
  }

  #looksAt(words) {
    return this.#is && hasContacts(words);
  }
}
