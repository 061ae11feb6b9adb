// What to do when there is nothing to show.
import { element } from "./dom.js";

/** Shows or hides the section's empty state. `what` says what this view lacks, when there are other events. */
export function showEmpty(section, source, isEmpty, what) {
  const box = section.querySelector("[data-empty]");
  box.hidden = !isEmpty;
  if (isEmpty) box.replaceChildren(...words(source, what));
}

function words(source, what) {
  if (source.simulated && !source.run) return [element("p", null, "Nobody has been simulated yet."), element("p", null, "Press “Simulate 10,000 visitors” above. It takes a few seconds and changes nothing that is stored.")];
  if (source.simulated && source.run.running && !what) return [element("p", null, "The first visitors are on their way.")];
  return [
    element("p", null, what ?? "This browser has no events yet."),
    element("p", null, "Visit ", element("a", { href: "/" }, "the example page"), ", look around, and come back: this view follows by itself. Or simulate visitors above."),
  ];
}
