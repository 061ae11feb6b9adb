// Opens and closes the panel, and sums it up in the closed sheet's line.
import { show } from "./show.js";

const root = document.documentElement;
const toggle = document.querySelector(".knows-toggle");
const panel = document.querySelector("#knows");
// The same width as in panel.css, from which on the panel is a column that starts open.
const wide = matchMedia("(min-width: 72rem)");

export function prepare() {
  toggle.addEventListener("click", open);
  panel.querySelector(".knows-close").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  wide.addEventListener("change", tellState);
  tellState();
}

export function render(privateer) {
  for (const fields of panel.querySelectorAll("[data-needs-privateer]")) fields.disabled = !privateer.ready;
  show("summary", privateer.ready ? summary(privateer) : "Privateer is not running");
}

function summary(privateer) {
  const { recorded } = privateer.status();
  const { total } = privateer.score();
  const facts = [`${recorded} ${recorded === 1 ? "event" : "events"}`];
  if (total !== null) facts.unshift(`lead score ${total}`);
  return `You see “${privateer.decide("hero").value ?? "control"}” · ${facts.join(" · ")}`;
}

function open() {
  root.dataset.knows = "open";
  tellState();
  panel.focus();
}

function close() {
  root.dataset.knows = "closed";
  tellState();
  toggle.focus();
}

function tellState() {
  const isOpen = root.dataset.knows ? root.dataset.knows === "open" : wide.matches;
  toggle.setAttribute("aria-expanded", String(isOpen));
}
