// Passing the link on: a button for each place, whose link says by which way a friend came.
import { announce, list, show } from "./show.js";
import { icon } from "./icons.js";
import { standing } from "./standing.js";

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
  const { code } = privateer.referral();
  const isOpen = standing(privateer) === "open";
  const what = { url: location.origin + location.pathname, title: TITLE, text: words.value };
  const state = JSON.stringify([isOpen, code, what]);
  if (state === shown) return;
  shown = state;
  const links = isOpen ? await linksOf(privateer, what) : null;
  if (state !== shown) return;
  list("channels", links ? Object.keys(NAMES).filter(isThere).map((channel) => item(privateer, channel, links[channel], what)) : []);
  if (isOpen) show("shared", links ? "" : "The buttons for sharing could not be loaded. Copy the link instead.");
}

/** The addresses of the channels; null where what shares could not be loaded. */
const linksOf = (privateer, what) => privateer.shareLinks(what).catch(() => null);

const isThere = (channel) => channel !== "share" || Boolean(navigator.share);

function item(privateer, channel, href, what) {
  const made = document.createElement("li");
  const control = document.createElement(href ? "a" : "button");
  if (href) Object.assign(control, { href, target: href.startsWith("https:") ? "_blank" : "", rel: "noopener" });
  else control.type = "button";
  control.append(icon(channel), NAMES[channel]);
  control.addEventListener("click", () => (href ? tell(privateer, channel) : pass(privateer, channel, what)));
  made.append(control);
  return made;
}

// A plain link opens by itself, so that what Privateer says of its own shares is said here.
function tell(privateer, channel) {
  privateer.track("Invite Shared", { channel, method: channel, content_type: "invite", item_id: privateer.referral().code, how: "opened" });
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
