// The QR code of the share kit: drawn for the screen, and to be taken along for print.
import { plainWords } from "../../plain-words.js";
import { element } from "../dom.js";
import { qrPng } from "../qr_png.js";
import { copy, save } from "../save.js";
import { addressOf, pictureOf, qrSvg, withLogo } from "./qr.js";

const SIDES = [512, 1024, 2048];
const LEVELS = [["M", "15 %, as usual"], ["L", "7 %, the smallest"], ["Q", "25 %"], ["H", "30 %, for stickers"]];
const LOGO = 22; // percent of the width

export class QrCard {
  #image = element("img", { class: "kit-qr", alt: "" });
  #said = element("p", { class: "hint", role: "status" });
  #which = select("kit-qr-link", [["short", "short link"], ["link", "link by “qr”"]]);
  #level = select("kit-qr-level", LEVELS);
  #side = select("kit-qr-side", SIDES.map((side) => [side, `${side} pixels`]));
  #capitals = element("input", { id: "kit-qr-capitals", type: "checkbox" });
  #file = element("input", { id: "kit-qr-logo", type: "file", accept: "image/*" });
  #link = element("input", { id: "kit-qr-text", type: "text", readonly: true });
  #actions = element("p", { class: "kit-actions" });
  #svg = "";
  #logo = null;
  #given = null;
  #run = 0;

  constructor() {
    this.#side.value = "1024";
    for (const control of [this.#which, this.#level, this.#capitals]) control.addEventListener("change", () => this.#draw());
    this.#file.addEventListener("change", () => this.#takeLogo());
    this.#link.addEventListener("focus", () => this.#link.select());
    this.#actions.append(
      button("Save as SVG", "kit-qr-svg", () => save(`${this.#given.name}.svg`, this.#whole, "image/svg+xml")),
      button("Save as PNG", "kit-qr-png", async () => save(`${this.#given.name}.png`, await qrPng(this.#svg, { side: Number(this.#side.value), logo: this.#logo?.image }))),
      button("Copy link", "kit-qr-copy", (self) => copy(this.#link.value, self)),
    );
    this.element = element("div", { class: "card kit-print" }, element("div", { class: "kit-paper" }, this.#image, this.#actions, this.#said), this.#options());
  }

  #options() {
    const asked = (label, control) => element("div", { class: "field" }, element("label", { for: control.id }, label), control);
    return element("div", { class: "kit-ask" },
      asked("QR code of the", this.#which), asked("The link in it", this.#link),
      asked("Error correction", this.#level), asked("Logo in the middle", this.#file), asked("Size of the PNG", this.#side),
      element("div", { class: "field flag" }, element("span", null, this.#capitals, element("label", { for: this.#capitals.id }, "Host in capitals: smaller"))));
  }

  /** `{ link, short, isShort, name }`: the two links, whether the program has short ones, and how files are called. */
  show(given) {
    this.#given = given;
    this.#which.options[0].textContent = given.isShort ? "short link" : "link alone";
    return this.#draw();
  }

  clear() {
    this.#given = null;
    this.#takeAway();
    this.#link.value = "";
    this.#enable(false);
  }

  #takeAway() {
    this.#image.removeAttribute("src");
    this.#image.alt = "";
    this.#image.hidden = true;
  }

  get #whole() {
    return this.#logo ? withLogo(this.#svg, this.#logo.address) : this.#svg;
  }

  async #draw() {
    if (!this.#given) return;
    const run = ++this.#run;
    const text = this.#given[this.#which.value];
    this.#level.disabled = Boolean(this.#logo); // with a logo it is the highest
    try {
      const svg = await qrSvg(text, { level: this.#level.value, ...(this.#logo && { logo: LOGO }), upper: this.#capitals.checked });
      if (run !== this.#run || !this.#given) return;
      this.#svg = svg;
      this.#link.value = text;
      this.#image.src = addressOf(this.#whole);
      this.#image.alt = `QR code of ${text}`;
      this.#image.hidden = false;
      this.#said.textContent = "";
      this.#enable(true);
    } catch (error) {
      this.#takeAway();
      this.#enable(false);
      this.#said.textContent = `There is no QR code now. ${plainWords(error)}`;
    }
  }

  async #takeLogo() {
    const [file] = this.#file.files;
    try {
      this.#logo = file ? await pictureOf(file) : null;
      await this.#draw();
    } catch {
      this.#logo = null;
      this.#said.textContent = "This file is no picture that the browser knows.";
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
