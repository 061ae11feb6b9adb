// One way to drive three engines, so that a test reads the same in each. ENGINE chooses; Chromium is the default.
//
//   browser.visitor()            -> a visitor with an empty storage of their own
//   browser.resident(folder)     -> a visitor whose browser, with its storage, lives in a folder: it can be ended and started again
//   visitor.open(url)            -> a page in a tab of its own; visitor.close() when done
//   visitor.offline(yes) kill()
//   page.goto(url) reload() evaluate(function, ...json) click(selector) press(selector, key) type(selector, text) choose(selector, value) screenshot(file) leave() close()
//   page.crash() freeze() thaw()
//
// Not every engine can do everything: `needs` says so to the test runner.
import { after } from "node:test";

const ENGINES = {
  chromium: () => import("./chromium.mjs"),
  firefox: () => import("./firefox.mjs"),
  webkit: () => import("./webkit.mjs"),
};

const NO_DEBUGGER = "needs a debugger protocol, and only Chromium's is spoken here";
const CANNOT = {
  chromium: {},
  firefox: {
    crash: NO_DEBUGGER,
    freeze: NO_DEBUGGER,
    lastWords: "of a tab that its driver closes, Firefox lets out only some last requests (measured: 3 of 10, and no more beacons)",
    settings: "the profile's file that denies storage is Chromium's",
  },
  webkit: {
    crash: NO_DEBUGGER,
    freeze: NO_DEBUGGER,
    settings: "the profile's file that denies storage is Chromium's",
    customs: "WebKitGTK's driver reads its answers inside the page, and stumbles over members that the page gave to all objects",
    offline: "WebKitGTK's driver cannot cut the network",
    resident: "WebKitGTK's driver gives every session a storage that ends with it",
  },
};

export const ENGINE = process.env.ENGINE || "chromium";

/**
 * Options of a test that needs what not every engine can do: crash, customs, freeze, lastWords, offline,
 * resident, settings.
 */
export function needs(...abilities) {
  const missing = abilities.find((ability) => CANNOT[ENGINE][ability]);
  return missing ? { skip: CANNOT[ENGINE][missing] } : {};
}

let launched = null;

/** The browser of this test file; it closes by itself after the last test. */
export function theBrowser() {
  launched ??= ENGINES[ENGINE]().then(({ launch }) => launch());
  return launched;
}

after(async () => {
  if (launched) await (await launched).close();
});
