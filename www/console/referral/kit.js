// The share kit: for a code and an address, the link and the words of each channel, the short link, and a QR code to print.
import { freshSeed } from "/pkg/insights/insights.js";
import { element, setOptions } from "../dom.js";
import { plainWords } from "../../plain-words.js";
import { ChannelList, CHANNEL_NAMES } from "./channels.js";
import { Links } from "./links.js";
import { QrCard } from "./qr-card.js";

const FOR_ALL = "default";
const WORDS = "A quiet hour a day for your team, too: {link}";
const NO_CODE = "This is no code of the program: a character is wrong, or two changed places.";
/** Codes that nobody can make up here. */
const ASK_FOR = {
  server: "Type a code: the program’s are made by your server.",
  derived: "Type a code: the program’s are made of a signed-in user’s id.",
};
const UNSIGNED = "Plain links credit nobody: the program counts only links that your server signs.";

export class ShareKit {
  #code = field("kit-code", { placeholder: "made up", autocapitalize: "characters" });
  #address = field("kit-address", { inputmode: "url" });
  #title = field("kit-title", { value: "A quiet hour" });
  #words = element("textarea", { id: "kit-words", rows: "3", maxlength: "500", "aria-describedby": "kit-words-about" });
  #channel = element("select", { id: "kit-words-channel", "aria-label": "Words for" });
  #told = element("p", { class: "told", id: "kit-told", role: "status" });
  #unsigned = element("p", { class: "trouble", id: "kit-unsigned", hidden: true }, UNSIGNED);
  #other = element("button", { class: "button quiet", type: "button", id: "kit-other" }, "Make one up");
  #byChannel = { [FOR_ALL]: WORDS };
  #list = new ChannelList();
  #qr = new QrCard();
  #seed = 1;
  #program = {};
  #run = 0;

  constructor(box, site) {
    this.#address.value = `${location.origin}/`;
    this.#words.value = WORDS;
    setOptions(this.#channel, [[FOR_ALL, "all channels"], ...Object.entries(CHANNEL_NAMES)], FOR_ALL);
    box.replaceChildren(element("div", { class: "kit-parts" }, this.#ask(site), this.#qr.element), this.#list.element);
    for (const input of [this.#code, this.#address, this.#title]) input.addEventListener("input", () => this.#draw());
    this.#channel.addEventListener("change", () => this.#turnTo(this.#channel.value));
    this.#words.addEventListener("input", () => {
      this.#take(this.#words.value);
      this.#draw();
    });
  }

  #ask({ site }) {
    this.#other.addEventListener("click", () => {
      this.#code.value = "";
      this.#seed = freshSeed();
      this.#draw();
    });
    const about = element("small", { id: "kit-words-about" }, "{link}, {code} and {site} are filled in. A channel without words of its own has those for all.");
    this.#site = site ?? "";
    return element("div", { class: "card kit-ask" },
      element("div", { class: "field" }, element("label", { for: "kit-code" }, "Code"), element("span", { class: "joined" }, this.#code, this.#other)),
      element("div", { class: "field" }, element("label", { for: "kit-address" }, "The page they lead to"), this.#address),
      this.#told, this.#unsigned,
      element("div", { class: "field" }, element("label", { for: "kit-title" }, "Title (mail and Reddit)"), this.#title),
      element("div", { class: "field" }, element("label", { for: "kit-words" }, "Words for ", this.#channel), this.#words, about));
  }

  #site = "";

  /** By a program, which its links and codes follow. */
  show(program) {
    this.#program = program;
    this.#unsigned.hidden = program.signed?.required !== true;
    this.#other.disabled = Boolean(this.#askFor);
    if (this.#askFor) this.#code.placeholder = "";
    return this.#draw();
  }

  get #askFor() {
    return ASK_FOR[this.#program.codes?.kind];
  }

  #turnTo(channel) {
    this.#words.value = this.#byChannel[channel] ?? "";
    this.#words.placeholder = this.#byChannel[FOR_ALL];
    this.#words.focus();
  }

  #take(words) {
    const channel = this.#channel.value;
    if (words || channel === FOR_ALL) this.#byChannel[channel] = words;
    else delete this.#byChannel[channel];
  }

  /** While links are made, somebody may type on: the last wish is drawn. */
  async #draw() {
    const run = ++this.#run;
    const address = this.#address.value.trim();
    const usable = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
    this.#address.setAttribute("aria-invalid", String(!usable));
    if (!usable) return this.#refuse("The page needs a whole address, such as https://example.com/.");
    try {
      const links = await Links.of(this.#program, { address, wanted: this.#code.value.trim(), seed: this.#seed });
      if (run === this.#run) this.#showLinks(links, address);
      links.free();
    } catch (error) {
      this.#refuse(`There are no links now. ${plainWords(error)}`);
    }
  }

  #showLinks(links, address) {
    const made = !this.#code.value.trim();
    this.#code.setAttribute("aria-invalid", String(!links.code && !made));
    if (!links.code) return this.#refuse(made && this.#askFor ? this.#askFor : NO_CODE);
    this.#say(made ? `With the code ${links.code}, which is made up.` : `With the code ${links.code}.`);
    if (made) this.#code.placeholder = links.code;
    const values = { code: links.code, site: this.#site };
    this.#list.show(links, address, { title: this.#title.value, text: this.#byChannel, values });
    this.#qr.show({ link: links.to(address, "qr"), short: links.short(address), isShort: Boolean(this.#program.path), name: `referral-${links.code}` });
  }

  #refuse(words) {
    this.#say(words);
    this.#list.clear();
    this.#qr.clear();
  }

  #say(words) {
    if (this.#told.textContent !== words) this.#told.textContent = words;
  }
}

function field(id, attributes) {
  return element("input", { id, type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
}
