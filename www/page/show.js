// The panel's slots: elements marked with data-show="name" and data-list="name".

/** Writes text into every slot of that name. Unchanged slots are left alone, so that a selection in them survives. */
export function show(name, text) {
  for (const slot of document.querySelectorAll(`[data-show="${name}"]`)) {
    const key = slot instanceof HTMLInputElement ? "value" : "textContent";
    if (slot[key] !== String(text)) slot[key] = text;
  }
}

/** Replaces the items of every list of that name. */
export function list(name, items) {
  for (const slot of document.querySelectorAll(`[data-list="${name}"]`)) slot.replaceChildren(...items);
}

/** Makes an element: `element("li", "text", child)`. Text stays text. */
export function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

/** Says one sentence to screen readers. */
export function announce(sentence) {
  document.querySelector("[data-announce]").textContent = sentence;
}

/** Calls back for clicks on `[data-do="name"]`. */
export function onClick(name, action) {
  for (const button of document.querySelectorAll(`[data-do="${name}"]`)) button.addEventListener("click", action);
}
