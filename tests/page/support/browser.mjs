// One way to drive three engines, so that a test reads the same in each. ENGINE chooses; Chromium is the default.
//
//   browser.visitor()            -> a visitor with an empty storage of their own
//   visitor.open(url)            -> a page; visitor.close() when done
//   page.goto(url) reload() evaluate(function, ...json) click(selector) press(selector, key) type(selector, text) choose(selector, value) screenshot(file) leave()
import { after } from "node:test";

const ENGINES = {
  chromium: () => import("./chromium.mjs"),
  firefox: () => import("./firefox.mjs"),
  webkit: () => import("./webkit.mjs"),
};

export const ENGINE = process.env.ENGINE || "chromium";

let launched = null;

/** The browser of this test file; it closes by itself after the last test. */
export function theBrowser() {
  launched ??= ENGINES[ENGINE]().then(({ launch }) => launch());
  return launched;
}

after(async () => {
  if (launched) await (await launched).close();
});
