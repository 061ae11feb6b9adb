// Page views of a page that changes its address without being loaded, or comes back from the browser's cache.
import { RESTORED } from "./watch.js";

const TITLE_MS = 300; // how long a page may take for its title once the navigation has settled
const CHANGED_MS = 50; // how long a title must stand, for some are set twice

/** `hash`: whether another fragment is another page. */
export function navigation(watch, { hash = false }) {
  const plain = (address) => (hash ? address : address.replace(/#.*/, ""));
  const present = () => plain(location.href);
  const path = (address) => address.replace(/[?#].*/, "");
  let last = plain(watch.address);

  // Parameters that were tidied away or noted in the address are no page view.
  const moved = (how) => {
    const address = present();
    const same = how === "replace" ? path(address) === path(last) && !hash : address === last;
    // Where the address was not told before it changed, a view that still waits has lost its own.
    if (how === "traverse" && address !== last) watch.coming?.drop();
    if (!same && address !== last) expect(watch, how);
    last = address;
  };

  watch.on(window, "pageshow", ({ persisted }) => {
    last = present();
    if (persisted) watch.view({ navigation_type: RESTORED });
  });
  follow(watch, moved);
  moved("push"); // the page may have moved on before anybody looked
}

// The title comes after the address: the page view waits for it, unless it is to be recorded at once.
function expect(watch, how) {
  if (watch.coming) return; // sent on before it was a page
  watch.end("moved");
  const title = document.title;
  let calm = () => {};
  const calls = new MutationObserver(() => document.title !== title && soon(CHANGED_MS));
  const finish = (record) => () => {
    watch.coming = null;
    calls.disconnect();
    calm();
    if (record) watch.view({ navigation_type: how });
  };
  const soon = (ms) => {
    calm();
    calm = watch.wait(ms, finish(true));
  };
  watch.coming = { now: finish(true), drop: finish(false) };
  calls.observe(document.head ?? document, { childList: true, characterData: true, subtree: true });
  const settled = watch.quietly(() => watch.coming && soon(TITLE_MS));
  const transition = window.navigation?.transition;
  if (transition) transition.finished.then(settled, settled);
  else settled();
}

// `moved` hears how: "push", "replace" or "traverse". A view that waits is recorded while the address is still its own.
function follow(watch, moved) {
  const leaving = (how) => how !== "replace" && watch.coming?.now();
  const api = window.navigation;
  if (!api?.addEventListener) return patch(watch, leaving, moved);
  watch.on(api, "navigate", ({ navigationType }) => leaving(navigationType));
  watch.on(api, "currententrychange", ({ navigationType }) => navigationType && moved(navigationType));
}

function patch(watch, leaving, moved) {
  for (const [name, how] of [["pushState", "push"], ["replaceState", "replace"]]) wrap(watch, name, () => leaving(how), () => moved(how));
  watch.on(window, "popstate hashchange", () => moved("traverse"));
}

function wrap(watch, name, before, after) {
  const original = history[name];
  const [first, then] = [watch.quietly(before), watch.quietly(after)];
  const wrapped = function (...args) {
    first();
    const answer = original.apply(this, args);
    then();
    return answer;
  };
  history[name] = wrapped;
  // Somebody may have wrapped ours by now; then it stays, and does nothing.
  watch.undo(() => {
    if (history[name] === wrapped) history[name] = original;
  });
}
