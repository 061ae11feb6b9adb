// Clicks on what looks clickable, after which nothing happens.
import { clicked } from "./clickable.js";
import { inWords, nearest, note, wayOf } from "./element.js";
import { linkOf } from "./links.js";

const WITHIN_MS = 2500;
const EVERYTHING = { subtree: true, childList: true, attributes: true, characterData: true };
// What an answer may be, beside a changed document. A window that loses the focus opened another one, a dialog or a program.
const ANSWERS = "scroll focusin focusout input change submit reset invalid toggle beforetoggle fullscreenchange copy play pause " +
  "hashchange popstate blur visibilitychange";
// What answers where the page does not see it, or needs no answer.
const QUIET = "a[target],a[download],input:not([type=submit],[type=button],[type=reset],[type=image]),select,textarea,label,[contenteditable],video,audio,canvas";

export function dead(watch) {
  const waiting = new Set(); // for each click without an answer, what calls its verdict off
  let changed = false; // whether the document has changed since the pointer went down
  const answered = () => {
    for (const callOff of waiting) callOff();
    waiting.clear();
  };
  const change = () => {
    changed = true;
    mutations.disconnect();
    answered();
  };
  const mutations = new MutationObserver(change);
  const attend = (event) => {
    changed = false;
    for (const each of event.composedPath()) if (each === document || each instanceof ShadowRoot) mutations.observe(each, EVERYTHING);
  };
  // Menus open as soon as the pointer goes down. The focus moves then, too, but by itself.
  watch.on(window, "pointerdown", attend);
  watch.on(window, "click", (event) => {
    if (mutations.takeRecords().length > 0) change();
    const way = isPlain(event) && wayOf(event);
    const subject = way && clicked(way);
    if (event.detail === 0) attend(event);
    if (!subject || changed || nearest(subject, QUIET)) return;
    const callOff = watch.wait(WITHIN_MS, () => {
      waiting.delete(callOff);
      if (!leads(subject, event)) watch.track("Dead Click", inWords(watch, note(subject)));
    });
    waiting.add(callOff);
  });
  watch.on(window, ANSWERS, answered);
  watch.on(document, "selectionchange", () => getSelection()?.isCollapsed === false && answered());
  if (window.navigation?.addEventListener) watch.on(window.navigation, "navigate", answered);
  watch.ends(answered);
  watch.undo(() => mutations.disconnect());
}

const isPlain = (event) => event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

// A link that the page left to the browser leads somewhere, however long the other page takes.
function leads(way, { defaultPrevented }) {
  const address = !defaultPrevented && linkOf(way)?.address;
  return Boolean(address) && address.href.replace(/#.*/, "") !== location.href.replace(/#.*/, "");
}
