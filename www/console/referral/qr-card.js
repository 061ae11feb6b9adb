// The QR code of the share kit: drawn for the screen, and to be taken along for print.
import { plainWords } from "../../plain-words.js";
import { element } from "../dom.js";
import { copy, save } from "../save.js";
import { addressOf, qrPng, qrSvg } from "./qr.js";

const WIDTHS = [512, 1024, 2048];
const LEVELS = [["M", "15 % – screens and clean paper"], ["L", "7 % – the smallest code"], ["Q", "25 %"], ["H", "30 % – stickers, dirt"]];

export class QrCard {
  #image = element("img", { class: "kit-qr", alt: "" });
  #said = element("p", { class: "hint", role: "status" });
  #which = select("kit-qr-link", [["short", "the short link"], ["link", "the whole link, by the channel “qr”"]]);
  #level = select("kit-qr-level", LEVELS);
  #width = select("kit-qr-width", WIDTHS.map((width) => [width, `${width} pixels`]));
  #link = element("input", { id: "kit-qr-text", type: "text", readonly: true });
  #actions = element("p", { class: "kit-actions" });
  #svg = "";
  #given = null;
  #run = 0;

  constructor() {
    this.#width.value = "1024";
    for (const control of [this.#which, this.#level]) control.addEventListener("change", () => this.#draw());
    this.#link.addEventListener("focus", () => this.#link.select());
    this.#actions.append(
      button("Save as SVG", "kit-qr-svg", () => save(`${this.#given.name}.svg`, this.#svg, "image/svg+xml")),
      button("Save as PNG", "kit-qr-png", async () => save(`${this.#given.name}.png`, await qrPng(this.#svg, Number(this.#width.value)))),
      button("Copy link", "kit-qr-copy", (self) => copy(this.#link.value, self)),
    );
    const asked = (label, control) => element("div", { class: "field" }, element("label", { for: control.id }, label), control);
    this.element = element("div", { class: "card kit-print" },
      element("div", { class: "kit-paper" }, this.#image),
      element("div", { class: "kit-ask" },
        asked("QR code of", this.#which), asked("The link in it", this.#link),
        element("div", { class: "fields" }, asked("May be dirty or hidden", this.#level), asked("PNG", this.#width)),
        this.#actions, this.#said));
  }

  /** `{ link, short, isShort, name }`: the two links, whether the program has short ones, and how files are called. */
  show(given) {
    this.#given = given;
    this.#which.options[0].textContent = given.isShort ? "the short link" : "the link without a channel";
    return this.#draw();
  }

  clear() {
    this.#given = null;
    this.#image.removeAttribute("src");
    this.#link.value = "";
    this.#enable(false);
  }

  async #draw() {
    if (!this.#given) return;
    const run = ++this.#run;
    const text = this.#given[this.#which.value];
    try {
      const svg = await qrSvg(text, this.#level.value);
      if (run !== this.#run || !this.#given) return;
      this.#svg = svg;
      this.#link.value = text;
      this.#image.src = addressOf(svg);
      this.#image.alt = `QR code of ${text}`;
      this.#said.textContent = "";
      this.#enable(true);
    } catch (error) {
      this.clear();
      this.#said.textContent = `There is no QR code now. ${plainWords(error)}`;
    }
  }

  #enable(isEnabled) {
    for (const each of this.#actions.children) each.disabled = !isEnabled;
  }
}

function select(id, options) {
  const made = element("select", { id }, options.map(([, words]) => element("option", null, words)));
  options.forEach(([value], place) => (made.options[place].value = value));
  return made;
}

function button(words, id, act) {
  const made = element("button", { class: "button quiet small", type: "button", id }, words);
  made.addEventListener("click", () => act(made));
  return made;
}
