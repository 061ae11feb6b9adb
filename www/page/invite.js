// The invitation: code, link, copy, QR code. In the invite box and in the panel alike.
import { plainWords } from "../plain-words.js";
import { announce, show } from "./show.js";

const buttons = [...document.querySelectorAll("[data-copy]")];
const boxes = [...document.querySelectorAll(".qr-box")];

// Without a code, the invitation is the page's plain address.
let link = location.origin + location.pathname;
let encode = null;

/** What works before Privateer has arrived, and if it never does. */
export function prepare() {
  show("link", link);
  for (const button of buttons) button.addEventListener("click", () => copy(button));
  for (const box of boxes) box.addEventListener("toggle", () => renderCode(box));
}

export function wire(privateer) {
  encode = (text) => privateer.qr(text);
}

export function render(privateer) {
  const { code, incoming } = privateer.referral();
  show("code", code ?? "none without your consent");
  for (const button of buttons) button.setAttribute("data-privateer-property-item_id", code ?? "");
  show("incoming", incoming ?? "nobody’s code");
  const current = code ? privateer.link(location.origin + location.pathname) : location.origin + location.pathname;
  if (current === link) return;
  link = current;
  show("link", link);
  boxes.forEach(renderCode);
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
