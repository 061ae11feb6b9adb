// The invitation: code, link, copy, share, QR code. In the invite box and in the panel alike.
import { plainWords } from "../plain-words.js";
import { announce, show } from "./show.js";

const TEXT = "A quiet hour a day for your team, too:";
const boxes = [...document.querySelectorAll(".qr-box")];
const share = document.querySelector("#share");
const mail = document.querySelector("#mail");

// Without a code, the invitation is the page's plain address.
let link = location.origin + location.pathname;
let encode = null;

/** What works before Privateer has arrived, and if it never does. */
export function prepare() {
  show("link", link);
  renderMail();
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ text: TEXT, url: link }).catch(ignoreRefusal));
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
  for (const box of boxes) box.addEventListener("toggle", () => renderCode(box));
}

export function wire(privateer) {
  encode = (text) => privateer.qr(text);
}

export function render(privateer) {
  const referral = privateer.referral();
  show("code", referral.code ?? "none without your consent");
  show("incoming", referral.incoming ?? "nobody’s code");
  const current = referral.link ?? location.origin + location.pathname;
  if (current === link) return;
  link = current;
  show("link", link);
  renderMail();
  boxes.forEach(renderCode);
}

function renderMail() {
  mail.href = `mailto:?subject=${encodeURIComponent("A quiet hour")}&body=${encodeURIComponent(`${TEXT} ${link}`)}`;
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  const copied = await writeClipboard(field.value);
  announce(copied ? "The link is copied." : "The link is selected. Copy it with your keyboard.");
  button.textContent = copied ? "Copied" : "Selected";
  setTimeout(() => (button.textContent = "Copy"), 2000);
}

/** The clipboard is missing on plain http and may be refused: then the selected field is left to the visitor. */
async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Closing the share sheet rejects as well, and is no failure. */
function ignoreRefusal() {}

async function renderCode(box) {
  const place = box.querySelector("[data-qr]");
  if (!box.open || place.dataset.qr === link) return;
  try {
    if (!encode) throw new Error("Privateer is not running");
    const image = new Image();
    image.alt = `QR code of ${link}`;
    image.src = `data:image/svg+xml,${encodeURIComponent(await encode(link))}`;
    place.replaceChildren(image);
    place.dataset.qr = link;
  } catch (error) {
    place.textContent = `There is no QR code now. ${plainWords(error)}`;
  }
}
