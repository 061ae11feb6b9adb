// Contact details that a visitor copies: what kind they are, and never what they say.
import { inWords, nearest, note, wayOf } from "./element.js";

const OWN = "input,textarea,[contenteditable]:not([contenteditable=false])"; // what visitors wrote themselves
const LONGEST = 2000;

export function copies(watch) {
  watch.on(document, "copy", (event) => {
    const way = wayOf(event);
    const text = String(getSelection()).slice(0, LONGEST);
    if (!text || !way || nearest(way, OWN)) return;
    const noted = note(way);
    watch.later(() => {
      for (const kind of kindsIn(watch, text)) watch.track("Contact Copied", { contact_kind: kind, element_tag: noted.tag, element_path: inWords(watch, noted).element_path });
    });
  });
}

function kindsIn(watch, text) {
  const masked = watch.mask(text);
  return ["email", "phone"].filter((kind) => masked.split(`[${kind}]`).length > text.split(`[${kind}]`).length);
}
