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

/** All that this origin keeps in the browser, in one text: every storage a page can write to. */
export const traces = (page) => page.evaluate(async () => {
  const answer = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const found = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), ...(await caches.keys())];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      found.push(JSON.stringify([await answer(objects.getAllKeys()), await answer(objects.getAll())]));
    }
    database.close();
  }
  return found.join("\n");
});
