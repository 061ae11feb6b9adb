// What was decided for this visitor, and why; and the preview of the other headline.
import { element, list, show } from "./show.js";

const FLAG = "hero";
const NAMES = { control: "The original headline", outcome: "The other headline" };

export function wire(privateer) {
  for (const button of document.querySelectorAll("[data-preview]")) {
    button.addEventListener("click", () => privateer.preview(FLAG, wanted(button)));
  }
}

export function render(privateer) {
  const decision = privateer.decide(FLAG);
  show("variation", NAMES[decision.value] ?? NAMES.control);
  show("reason", decision.reason);
  renderBucket(decision.bucket);
  renderPreview(decision);
  list("flags", privateer.decideAll().flatMap(describe));
}

function wanted(button) {
  return button.dataset.preview === "end" ? null : Number(button.dataset.preview);
}

function renderBucket(bucket) {
  const line = document.querySelector(".bucket-line");
  line.toggleAttribute("data-empty", bucket === null);
  // Through the object model: a strict style-src forbids style attributes in markup only.
  line.style.setProperty("--bucket", bucket ?? 0);
  show("bucket", bucket === null ? "–" : bucket.toFixed(4));
}

function renderPreview(decision) {
  // A variation that no place on the line led to was asked for by a preview.
  const previewing = decision.variation !== null && decision.bucket === null;
  for (const button of document.querySelectorAll("[data-preview]")) {
    if (button.dataset.preview === "end") button.disabled = !previewing;
    else button.setAttribute("aria-pressed", String(previewing && decision.variation === wanted(button)));
  }
}

function describe(decision) {
  const value = typeof decision.value === "string" ? decision.value : JSON.stringify(decision.value);
  return [element("dt", element("b", decision.key), `: ${value}`), element("dd", decision.reason)];
}
