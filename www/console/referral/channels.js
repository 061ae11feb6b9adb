// The channels of the share kit: of each the link, the words, and where it opens.
import { CHANNELS, message, shareTargets } from "/pkg/share.js";
import { icon } from "../../page/icons.js";
import { element } from "../dom.js";
import { copy } from "../save.js";

const NAMES = {
  whatsapp: "WhatsApp", x: "X", facebook: "Facebook", linkedin: "LinkedIn", telegram: "Telegram", line: "LINE", reddit: "Reddit",
  weibo: "Weibo", email: "Mail", sms: "Text message", wechat: "WeChat", copy: "Copied by hand",
};
/** Places that take the link alone, and read the page for the rest. */
const WITHOUT_WORDS = ["facebook", "linkedin"];

/** All but the device's own sheet, which is no place: it is opened where the link is shared. */
export const CHANNEL_NAMES = Object.fromEntries(CHANNELS.filter((channel) => channel !== "share").map((channel) => [channel, NAMES[channel] ?? channel]));

export class ChannelList {
  element = element("ul", { class: "kit-channels", "aria-label": "By channel" });
  #rows = new Map();

  constructor() {
    for (const [channel, name] of Object.entries(CHANNEL_NAMES)) this.#rows.set(channel, this.#row(channel, name));
  }

  #row(channel, name) {
    const link = element("input", { id: `kit-link-${channel}`, type: "text", readonly: true, "aria-label": `Link for ${name}` });
    link.addEventListener("focus", () => link.select());
    const words = element("p", { class: "kit-words" });
    const copyLink = button("Copy link", `Copy the link for ${name}`, (self) => copy(link.value, self));
    const copyWords = button("Copy words", `Copy the words for ${name}`, (self) => copy(words.textContent, self));
    const open = element("a", { class: "button quiet small", target: "_blank", rel: "noopener", "aria-label": `Try ${name}` }, "Try");
    const row = { link, words, copyWords, open };
    row.element = element("li", { class: "card", "data-channel": channel },
      element("h3", null, icon(channel), name),
      link, words, element("p", { class: "kit-actions" }, copyLink, copyWords, open));
    return row;
  }

  /** `what` is `{ title, text, values }`, as the harness's share takes it. */
  show(links, address, what) {
    const targets = shareTargets(what, (channel) => links.to(address, channel));
    for (const [channel, row] of this.#rows) {
      const url = links.to(address, channel);
      row.link.value = url;
      const wordless = WITHOUT_WORDS.includes(channel);
      row.words.textContent = wordless ? "Takes no words: it shows the page’s own title and picture." : message(channel, { ...what, url }, true).text;
      row.words.classList.toggle("hint", wordless);
      row.copyWords.hidden = wordless;
      row.open.hidden = !targets[channel];
      if (targets[channel]) row.open.href = targets[channel];
    }
    this.element.replaceChildren(...[...this.#rows.values()].map((row) => row.element));
  }

  clear() {
    this.element.replaceChildren();
  }
}

function button(words, label, act) {
  const made = element("button", { class: "button quiet small", type: "button", "aria-label": label }, words);
  made.addEventListener("click", () => act(made));
  return made;
}
