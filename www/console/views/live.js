// The events as they come, newest first, searchable.
import { showDelivery } from "../delivery.js";
import { element, setOptions } from "../dom.js";
import { showEmpty } from "../empty.js";
import { eventName } from "../recent.js";
import { count, eventLabel, plural, when } from "../words.js";

const STEP = 100;
const section = document.querySelector("#live-view");
const list = section.querySelector("#live-list");
const text = section.querySelector("#live-text");
const name = section.querySelector("#live-name");
const delivery = section.querySelector("#live-delivery");
const more = section.querySelector("#live-more");

let limit = STEP;
// Items stay the same elements, so that an opened one stays open while new ones arrive.
let items = new Map();

export function prepare(refresh) {
  for (const field of [text, name]) {
    field.addEventListener("input", () => {
      limit = STEP;
      refresh();
    });
  }
  more.addEventListener("click", () => {
    limit += STEP;
    refresh();
  });
}

export async function render({ source, summary }) {
  setOptions(name, [["", "all events"], ...summary.names.map((row) => [row.name, eventLabel(row.name)])], "");
  const found = await source.ask("recent", { text: text.value.trim(), name: name.value, limit });
  if (!found) return;
  showEmpty(section, source, found.seen === 0);
  delivery.hidden = source.simulated || found.seen === 0;
  if (!delivery.hidden) showDelivery(delivery, source.delivery, source.waiting);
  section.querySelector("#live-count").textContent = found.seen ? words(found) : "";
  const next = new Map(found.messages.map((message) => [message.messageId, items.get(message.messageId) ?? item(message)]));
  for (const message of found.messages) tellDelivery(next.get(message.messageId), source, message);
  items = next;
  list.replaceChildren(...items.values());
  more.hidden = found.matching <= limit;
}

function words({ seen, kept, matching, messages }) {
  const among = kept < seen ? `among the newest ${count(kept)} of ${plural(seen, "event")}` : `of ${plural(seen, "event")}`;
  return `Showing ${count(messages.length)} of ${count(matching)} that match, ${among}.`;
}

function item(message) {
  const time = element("time", { datetime: message.timestamp }, when(message.timestamp));
  return element("li", null,
    element("details", null,
      element("summary", null, element("b", null, eventLabel(eventName(message))), element("span", { class: "said" }, gist(message)), element("span", null, time, element("i", { class: "delivery" }))),
      element("pre", { tabindex: "0" }, JSON.stringify(message, null, 2))));
}

function tellDelivery(line, source, message) {
  line.querySelector(".delivery").textContent = source.simulated ? "" : source.delivered(message) ? " · delivered" : " · waiting";
}

/** The properties in one line. */
function gist({ type, properties, traits, userId }) {
  if (type === "page") return properties?.path ?? properties?.url ?? "";
  const facts = properties ?? traits;
  const said = Object.entries(typeof facts === "object" ? facts : {}).map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`);
  return [...(type === "identify" && userId ? [userId] : []), ...said].join(" · ");
}
