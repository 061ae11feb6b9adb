// Passing the link on: a button for each place, whose link says by which way a friend came.
import { announce, list, show } from "./show.js";
import { icon } from "./icons.js";

const NAMES = {
  share: "Share…", whatsapp: "WhatsApp", telegram: "Telegram", line: "LINE", facebook: "Facebook", x: "X", linkedin: "LinkedIn",
  reddit: "Reddit", weibo: "Weibo", wechat: "WeChat", email: "Mail", sms: "Text",
};
const TITLE = "A quiet hour";
const words = document.querySelector("#invite-text");
const qr = document.querySelector("#invite .qr-box");

let shown = "";

export function wire(privateer) {
  words.addEventListener("input", () => render(privateer));
}

export async function render(privateer) {
  const { code, invites } = privateer.referral();
  const what = { url: location.origin + location.pathname, title: TITLE, text: words.value };
  const state = JSON.stringify([code, invites, what]);
  if (state === shown) return;
  shown = state;
  const links = code ? await privateer.shareLinks(what) : {};
  if (state !== shown) return;
  list("channels", code ? Object.keys(NAMES).filter((channel) => isThere(channel)).map((channel) => item(privateer, channel, links[channel], what)) : []);
}

const isThere = (channel) => channel !== "share" || Boolean(navigator.share);

function item(privateer, channel, href, what) {
  const made = document.createElement("li");
  const control = document.createElement(href ? "a" : "button");
  if (href) Object.assign(control, { href, target: href.startsWith("https:") ? "_blank" : "", rel: "noopener" });
  else control.type = "button";
  control.append(icon(channel), NAMES[channel]);
  control.addEventListener("click", () => (href ? privateer.track("Invite Shared", { channel, method: channel, content_type: "invite", item_id: privateer.referral().code }) : pass(privateer, channel, what)));
  made.append(control);
  return made;
}

async function pass(privateer, channel, what) {
  const { how, reason } = await privateer.share(channel, what);
  if (how === "qr") {
    qr.open = true;
    qr.scrollIntoView({ block: "nearest" });
  }
  const said = { "web-share": "Passed on. Thank you!", qr: "WeChat reads the code with its camera.", copied: "The link is copied.", cancelled: "" }[how] ?? reason;
  show("shared", said);
  announce(said);
}
