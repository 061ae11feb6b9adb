// The pointer leaves the window at its top, where the address bar and the tabs are: once a page view.
export function exit(watch) {
  let told = false;
  watch.on(document, "mouseout", ({ isTrusted, relatedTarget, clientY }) => {
    if (told || !isTrusted || relatedTarget || clientY > 0) return;
    told = true;
    watch.track("Exit Intended", {});
  });
  watch.begins(() => (told = false));
}
