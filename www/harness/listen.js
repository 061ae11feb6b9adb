// What the page observes without being asked: marked clicks, forms, attention, leaving.
import { properties } from "./marked.js";
import { ATTEND, LEAVE } from "./verbs.js";

const CLICKS = 1;
const FORMS = 2;
// A document that takes longer to come is not waited for.
const LONGEST_MS = 5000;
// What a form may name, and still nobody gets to read.
const SECRET = "[type=password],[autocomplete*=cc-],[data-privateer-mask],[data-privateer-mask] *";

// `step` takes the verbs ATTEND (1 looking, 0 not) and LEAVE (2 for good, 0 for now; and 1 more for another page of this site,
// which delivers what is left).
export function listen(page, kinds, step) {
  if (kinds & CLICKS) addEventListener("click", quietly(click, page), true);
  if (kinds & FORMS) addEventListener("submit", quietly(submit, page), true);
  const attend = () => {
    goesOn = 0;
    step(ATTEND, !document.hidden && document.hasFocus() ? 1 : 0);
  };
  const leave = ({ type }) => {
    step(ATTEND, 0);
    step(LEAVE, goesOn + (type === "pagehide" ? 2 : 0));
  };
  let goesOn = 0;
  const stays = () => (goesOn = 0);
  const { navigation } = globalThis;
  // Some navigations end in a download, nowhere, or in this document: then the page is as it was.
  navigation?.addEventListener("navigate", (event) => {
    goesOn = Number(isWithinSite(event));
    setTimeout(stays, LONGEST_MS);
  });
  for (const end of ["navigatesuccess", "navigateerror"]) navigation?.addEventListener(end, stays);
  attend();
  for (const event of ["focus", "blur", "pageshow"]) addEventListener(event, attend);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", (event) => (document.hidden ? leave(event) : attend()));
}

// Another document of this site is on its way. Elsewhere, and where browsers do not say, everything is sent at once.
const isWithinSite = ({ destination, downloadRequest }) =>
  !destination.sameDocument && !downloadRequest && destination.url.startsWith(`${location.origin}/`);

// Markup can be stranger than these few lines expect; the page must not notice.
const quietly = (observe, page) => ({ target }) => {
  try {
    observe(page, target);
  } catch (error) {
    console.warn(`privateer: this could not be observed: ${error.message}`);
  }
};

function click(page, target) {
  const marked = target.closest?.("[data-privateer-event]");
  if (marked && marked.tagName !== "FORM") page.track(marked.dataset.privateerEvent, properties(marked));
}

// Values are read from the fields that the form names, and from no others.
function submit(page, form) {
  const { privateerEvent, privateerFields, privateerIdentify } = form.dataset;
  const values = new FormData(form);
  for (const { form: owner, name } of document.querySelectorAll(SECRET)) if (owner === form) values.delete(name);
  const fields = {};
  for (const name of privateerFields?.split(/\s+/) ?? []) fields[name] = values.get(name);
  const userId = privateerIdentify && values.get(privateerIdentify);
  if (userId) page.identify(userId, { [privateerIdentify]: userId, ...fields });
  page.track(privateerEvent ?? "Form Submitted", { form_id: form.getAttribute("id"), ...fields, ...properties(form) });
}
