// A window of a few lines, for scripts of the page that ask little of it. It stays until the next one is opened.

/** @param {{window?: object, navigator?: object}} [more] what else the window and its navigator hold */
export function openWindow({ window: more = {}, navigator = {} } = {}) {
  const page = Object.assign(new EventTarget(), { frames: {}, ...more });
  page.parent ??= page;
  const globals = {
    window: page,
    parent: page.parent,
    document: new EventTarget(),
    navigator,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return page;
}
