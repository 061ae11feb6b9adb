import { chromium } from "playwright-core";
import { findBrowser } from "../../../scripts/setup/browsers.mjs";

const QUIET = ["--disable-background-networking", "--disable-gpu", "--no-first-run"];
// Chromium's sandbox refuses to run as root, which is what containers are.
const AS_ROOT = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export async function launch() {
  const browser = await chromium.launch({ executablePath: findBrowser("chromium").program, args: [...QUIET, ...AS_ROOT] });
  return {
    visitor: async () => visitorIn(await browser.newContext({ viewport: { width: 1280, height: 900 } })),
    close: () => browser.close(),
  };
}

function visitorIn(context) {
  return {
    open: async (url) => {
      const page = pageOf(await context.newPage());
      await page.goto(url);
      return page;
    },
    /** Only Chromium can cut the network of one visitor, and answer for hosts that are not there. */
    offline: (yes) => context.setOffline(yes),
    answer: (pattern, response) => context.route(pattern, (route) => route.fulfill(response(route.request()))),
    close: () => context.close(),
  };
}

function pageOf(tab) {
  return {
    goto: (url) => tab.goto(url, { waitUntil: "load" }),
    reload: () => tab.reload({ waitUntil: "load" }),
    evaluate: (work, ...args) => tab.evaluate(`(${work})(...${JSON.stringify(args)})`),
    click: (selector) => tab.click(selector),
    press: (selector, key) => tab.press(selector, key),
    type: (selector, text) => tab.fill(selector, text),
    choose: (selector, value) => tab.selectOption(selector, value),
    screenshot: (path) => tab.screenshot({ path, fullPage: true }),
    leave: () => tab.goto("about:blank"),
    close: () => tab.close(),
  };
}
