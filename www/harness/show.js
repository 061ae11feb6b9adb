// Shows what was decided: of all elements marked with a flag, those whose data-privateer-when is its value.
// A value that no element stands for changes nothing, so the page's own control content stays.
export function show(flag) {
  const marked = [...document.querySelectorAll("[data-privateer-flag][data-privateer-when]")];
  for (const key of new Set(marked.map((element) => element.dataset.privateerFlag))) {
    const elements = marked.filter((element) => element.dataset.privateerFlag === key);
    const value = String(flag(key));
    if (elements.some((element) => element.dataset.privateerWhen === value)) {
      for (const element of elements) element.hidden = element.dataset.privateerWhen !== value;
    }
  }
}
