// As much of a page as the harness asks for, so that the same calls can be timed in Node. Nothing here is timed itself.

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

export function pretendPage() {
  const stored = new Map();
  const nobodyListens = { addEventListener() {}, removeEventListener() {}, dispatchEvent() {} };
  const document = {
    ...nobodyListens,
    title: "", referrer: "", visibilityState: "visible", readyState: "complete", currentScript: null,
    documentElement: { lang: "en" },
    hasFocus: () => true,
    querySelector: () => null,
    querySelectorAll: () => [],
  };
  const localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => { stored.set(key, String(value)); },
    removeItem: (key) => { stored.delete(key); },
    key: (place) => [...stored.keys()][place] ?? null,
    get length() { return stored.size; },
  };
  const location = new URL("https://example.com/");
  const screen = { innerWidth: 1280, innerHeight: 900, devicePixelRatio: 1 };
  define({ ...nobodyListens, ...screen, document, localStorage, location, history: { pushState() {}, replaceState() {} } });
  define({ window: globalThis, self: globalThis, parent: globalThis, Window: class { static [Symbol.hasInstance](value) { return value === globalThis; } } });
  // What calls itself Node is a program, and counts in no experiment.
  define({ navigator: { language: "en", userAgent: BROWSER, onLine: true, sendBeacon: () => true } });
}

function define(members) {
  for (const [name, value] of Object.entries(members)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
