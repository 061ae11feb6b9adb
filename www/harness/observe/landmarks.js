// The parts of a page that came into view: sections with an id, and headings outside of them.
import { textOf, tidy, wayTo } from "./element.js";
import { eachOf } from "./arrivals.js";
import { whenSeen } from "./seen.js";

const SECTIONS = "section[id],article[id],[role=region][id]";
const HEADINGS = "h1,h2,h3";
const IN_VIEW_MS = 500; // what only flies past was not seen
const MOST = 50;
const LONGEST_NAME = 60;

/** The function that gives their names in the order in which they were seen. */
export function landmarks(watch) {
  const names = new Set();
  const seen = whenSeen(watch, { share: 0, ms: IN_VIEW_MS }, (element) => {
    const name = tidy(watch.mask(element.id || textOf(wayTo(element))), LONGEST_NAME);
    if (name && names.size < MOST) names.add(name);
  });
  eachOf(watch, `${SECTIONS},${HEADINGS}`, (element) => {
    if (element.matches(SECTIONS) || !element.closest(SECTIONS)) seen.add(element);
  });
  watch.begins(() => {
    names.clear();
    seen.again();
  });
  return () => [...names];
}
