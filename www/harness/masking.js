// What is hidden of texts and addresses before there is an event.
import { text } from "./experiments.js";
import { parse, stringify } from "./json.js";
import { sleep } from "./pause.js";
import { hasContacts, hide, hideUrl } from "./suspect.js";

const LONGEST_MS = 1000; // so long mask.js is waited for; it is small, and comes with the page's other files

export class Masking {
  #tools = { mask: hide, maskUrl: hideUrl, maskCards: hide };
  #is = true; // whether the site wants it
  #deny = []; // names of parameters that are nobody's business

  // `settings` is the section `tracking` of the definition.
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

  // The texts among the values of a JSON text. What somebody says of themselves holds their address and number, and no card.
  maskedJson(json, ofThemselves) {
    const hidden = this.#tools[ofThemselves ? "maskCards" : "mask"];
    return this.#looksAt(json) ? stringify(parse(json), (_, value) => (typeof value === "string" ? hidden(value) : value)) : json;
  }

  // An address; with `clicks` the ids of clicks stay.
  maskedUrl(url, clicks) {
    return this.#is ? this.#tools.maskUrl(url, this.#deny, clicks) : url;
  }

  #looksAt(words) {
    return this.#is && hasContacts(words);
  }
}
