// Elements of a kind, those that are there and those that come later.
const CALM_MS = 300;

export function eachOf(watch, selector, take) {
  const known = new WeakSet();
  const look = () => {
    for (const element of document.querySelectorAll(selector)) {
      if (known.has(element)) continue;
      known.add(element);
      take(element);
    }
  };
  let planned = false;
  const changes = new MutationObserver(() => {
    if (planned) return;
    planned = true;
    watch.wait(CALM_MS, () => {
      planned = false;
      look();
    });
  });
  look();
  changes.observe(document.documentElement, { childList: true, subtree: true });
  watch.undo(() => changes.disconnect());
}
