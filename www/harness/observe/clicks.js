// Clicks that nobody marked: on links, buttons and what else can be clicked.
import { properties } from "../marked.js";
import { clicked } from "./clickable.js";
import { inWords, nearest, note, wayOf } from "./element.js";
import { leading, linkOf } from "./links.js";
import { listOf } from "./settings.js";

const MARKED = "[data-privateer-event]:not(form)";

/**
 * `elements`: "all" also takes clicks on what does nothing, as heatmaps need. `coordinates`: whether to say where.
 * `downloads`: endings of files. `own_hosts`: hosts that links lead to without leaving the site.
 */
export function clicks(watch, options) {
  const named = selectors(watch);
  const find = ["autocapture", "clicks"].every(watch.isOn) ? captured(options) : () => null;
  // A middle click opens a link, too. What the page's own code clicks is no visitor's doing.
  watch.on(window, "click auxclick", (event) => {
    if (!event.isTrusted || event.button > 1) return;
    const way = wayOf(event);
    if (!way || nearest(way, MARKED) || isForControl(way)) return;
    const own = named.find(({ selector }) => nearest(way, selector));
    const subject = own ? way.slice(way.indexOf(nearest(way, own.selector))) : find(way);
    if (!subject) return;
    const seen = see(subject, event, options, own);
    watch.later(() => watch.track(...told(watch, seen, options)));
  });
}

const captured = ({ elements }) => (elements === "all" ? (way) => clicked(way) ?? way : clicked);

// A click on a label is followed by one on what it stands for.
function isForControl(way) {
  const control = nearest(way, "label")?.control;
  return Boolean(control) && !way.includes(control);
}

// Taken down at once: what the page does next may change the words, or take the element away. Keys click without a place.
function see(subject, event, { coordinates = true }, own) {
  const place = coordinates && event.detail > 0 ? placeOf(subject[0], event) : {};
  return { name: own?.event, noted: note(subject), link: linkOf(subject), own: { ...place, ...properties(subject[0]), ...own?.properties } };
}

function told(watch, { name, noted, link, own }, options) {
  const target = link ? leading(watch, link, options) : { name: "Element Clicked" };
  return [name ?? target.name, { ...inWords(watch, noted), ...target.properties, ...own }];
}

// From 0 to 1, from the left and the top, of the element and of the whole page.
function placeOf(element, { clientX, clientY, pageX, pageY }) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const { scrollWidth, scrollHeight } = document.documentElement;
  return {
    element_x: share(clientX - left, width), element_y: share(clientY - top, height),
    page_x: share(pageX, scrollWidth), page_y: share(pageY, scrollHeight),
  };
}

const share = (part, whole) => (whole > 0 ? Math.round(Math.min(Math.max(part / whole, 0), 1) * 1000) / 1000 : null);

// What cannot be read is left out; the console says so once.
const selectors = (watch) => (listOf(watch.settings.selectors) ?? []).filter(
  watch.quietly(({ selector, event }) => document.querySelector(selector) !== undefined && typeof event === "string"),
);
