// A form from being seen to being left unfinished. Of fields the name is told, and a value only where the form names the
// field in data-privateer-fields. Submissions are recorded by the harness itself.
import { inWords, isIgnored, note, wayTo } from "./element.js";
import { eachOf } from "./arrivals.js";
import { Filling } from "./filling.js";
import { whenSeen } from "./seen.js";

const FIELD = "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea";
const SHARE = 0.5;

export function forms(watch) {
  let fillings = new Map(); // by form
  const of = (form) => fillings.get(form) ?? fillings.set(form, new Filling(watch, form, naming(watch, form))).get(form);
  const onField = (names, work) => watch.on(document, names, (event) => {
    const [field] = event.composedPath();
    const form = field.matches?.(FIELD) && field.form;
    // What the page fills in by itself is nobody's doing.
    if (form && event.isTrusted && !isIgnored(form)) work(of(form), field, event);
  });
  onField("focusin", (filling, field, { timeStamp }) => filling.enter(field, timeStamp));
  onField("input", (filling, field) => filling.change(field));
  onField("change", (filling, field) => filling.fill(field));
  onField("focusout", (filling, field, { timeStamp }) => filling.leave(field, timeStamp));
  onField("invalid", (filling, field) => filling.refuse(field));
  // `formdata`: some pages read a form and send it themselves.
  watch.on(document, "submit formdata", ({ target }) => of(target).submit());
  watch.ends((how) => {
    if (how === "hidden") return; // whoever looks something up comes back
    for (const filling of fillings.values()) filling.abandon(performance.now());
    fillings = new Map();
  });
  viewed(watch);
}

function viewed(watch) {
  const seen = whenSeen(watch, { share: SHARE, ms: 0 }, (form) => watch.track("Form Viewed", naming(watch, form)));
  eachOf(watch, "form", (form) => isIgnored(form) || seen.add(form));
  watch.begins(seen.again);
}

// By attribute: a field called "id" hides the form's own.
function naming(watch, form) {
  const [id, name] = ["id", "name"].map((attribute) => form.getAttribute(attribute));
  const found = { form_id: id === null ? undefined : watch.mask(id), form_name: name === null ? undefined : watch.mask(name) };
  return id || name ? found : { element_path: inWords(watch, note(wayTo(form))).element_path };
}

