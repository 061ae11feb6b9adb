// What tests ask of the Privateer that runs inside a page.

/** Waits until it has started. */
export const started = (page) => page.evaluate(() => window.privateer.then(() => true));

/** Calls one method, e.g. `call(page, "flag", "hero", "control")`. */
export const call = (page, method, ...args) => page.evaluate(
  async (name, given) => {
    const privateer = await window.privateer;
    return (await privateer[name](...given)) ?? null;
  },
  method,
  args,
);

/** Names and values of what this origin keeps in localStorage, ours only. */
export const stored = (page) => page.evaluate(
  () => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("privateer"))),
);

/** The words of the alternatives of a flag that can be seen. */
export const visible = (page, flag) => page.evaluate(
  (name) => [...document.querySelectorAll(`[data-privateer-flag="${name}"]`)]
    .filter((element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible")
    .map((element) => element.dataset.privateerWhen),
  flag,
);

export const watched = (page) => page.evaluate(() => window.watched);

/** The events of one name; a page view's name is "page". */
export const named = (events, name) => events.filter(({ type, event }) => (event ?? type) === name);
