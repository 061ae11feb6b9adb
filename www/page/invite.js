// The invitation: code, link, copy, QR code. In the invite box and in the panel alike.
import { plainWords } from "../plain-words.js";
import { announce, onClick, show } from "./show.js";
import { ownCode, stand, standing, WORDS } from "./standing.js";

// In the panel, where the code would be.
const IN_SHORT = { absent: "Privateer is not running", none: "no invitations now", denied: "none without your consent", pending: "made once you agree", waiting: "not given yet" };

const PAGE = location.origin + location.pathname;
const buttons = [...document.querySelectorAll("[data-copy]")];
const boxes = [...document.querySelectorAll(".qr-box")];
const field = document.querySelector("#invite-link");

// Without a code, the invitation is the page's plain address.
let link = PAGE;
let running = null;
const timers = new Map(); // after which a button says "Copy" again

/** What works before Privateer has arrived, and if it never does. */
export function prepare() {
  showLink();
  for (const button of buttons) button.addEventListener("click", () => copy(button));
  for (const box of boxes) box.addEventListener("toggle", () => renderCode(box));
  // Browsers go back to the start of a field that is left.
  field.addEventListener("blur", () => setTimeout(showEnd));
}

export function wire(privateer) {
  running = privateer;
  onClick("agree", () => {
    privateer.setConsent("granted");
    render(privateer);
    announce(WORDS[standing(privateer)] || "Your code is made.");
    // The button is about to go; whoever came here by keyboard goes on from the next one.
    buttons[0].focus();
  });
}

export function render(privateer) {
  const present = standing(privateer);
  showStanding(present, ownCode(privateer));
  renderFriend(privateer.referral());
  const current = present === "open" ? privateer.link(PAGE) : PAGE;
  if (current === link) return;
  link = current;
  showLink();
  boxes.forEach(renderCode);
}

/** Privateer is not there. */
export function renderAbsence() {
  showStanding("absent", null);
}

function showStanding(present, code) {
  stand(present);
  show("standing", WORDS[present]);
  show("code", code ?? IN_SHORT[present]);
}

// A friend knows from the first moment what they came for.
function renderFriend({ incoming, bound }) {
  show("incoming", incoming ?? "nobody’s code");
  const part = incoming && (bound ? "bound" : "coming");
  for (const each of document.querySelectorAll("[data-came]")) each.hidden = each.dataset.came !== part;
}

function showLink() {
  show("link", link);
  showEnd();
}

// The end of a link has the code; of two parts of an address too long for its field, it is the one to see.
function showEnd() {
  field.scrollLeft = field.scrollWidth;
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const copied = await (running && standing(running) === "open" ? shareCopy(source.value) : writeClipboard(source.value));
  if (!copied) source.select();
  announce(copied ? "The link is copied." : "The link is selected. Copy it with your keyboard.");
  button.textContent = copied ? "Copied" : "Selected";
  clearTimeout(timers.get(button));
  timers.set(button, setTimeout(() => (button.textContent = "Copy"), 2000));
}

/** By Privateer, which counts the copies that succeed; its part that shares may be missing. */
async function shareCopy(text) {
  return (await running.share("copy", { url: PAGE })).shared || writeClipboard(text);
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
  const wanted = link;
  try {
    if (!running?.ready) throw new Error("Privateer is not running");
    const image = new Image();
    image.alt = `QR code of ${wanted}`;
    image.src = `data:image/svg+xml,${encodeURIComponent(await running.qr(drawn(), { upper: true }))}`;
    if (wanted !== link) return;
    place.replaceChildren(image);
    place.dataset.qr = wanted;
  } catch (error) {
    place.textContent = `There is no QR code now. ${plainWords(error)}`;
  }
}

// The short form, where the program has one, makes a smaller picture.
const drawn = () => (link === PAGE ? PAGE : running.shortLink(PAGE));
