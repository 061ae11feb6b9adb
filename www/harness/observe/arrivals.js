// Elements of a kind, those that are there and those that come later.
const CALM_MS = 300;

const lookouts = new WeakMap(); // by watch: one observer of the document serves all kinds

/** `take` is called with each, and with those that were there before, again and again. */
export function eachOf(watch, selector, take) {
  const look = () => document.querySelectorAll(selector).forEach(take);
  if (!lookouts.has(watch)) lookouts.set(watch, lookOut(watch));
  lookouts.get(watch).push(look);
  look();
}

function lookOut(watch) {
  const looks = [];
  let planned = false;
  const changes = new MutationObserver(() => {
    if (planned) return;
    planned = true;
    watch.wait(CALM_MS, () => {
      planned = false;
      for (const look of looks) look();
    });
  });
  changes.observe(document.documentElement, { childList: true, subtree: true });
  watch.undo(() => changes.disconnect());
  return looks;
}
