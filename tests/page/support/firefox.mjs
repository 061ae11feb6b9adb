// Firefox through WebDriver BiDi, which it speaks itself: no geckodriver.
import puppeteer from "puppeteer-core";
import { findBrowser } from "../../../scripts/setup/browsers.mjs";

export async function launch() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: findBrowser("firefox").program, headless: true });
  return {
    visitor: async () => visitorIn(await browser.createBrowserContext()),
    close: () => browser.close(),
  };
}

function visitorIn(context) {
  return {
    open: async (url) => {
      const tab = await context.newPage();
      await tab.setViewport({ width: 1280, height: 900 });
      const page = pageOf(tab);
      await page.goto(url);
      return page;
    },
    close: () => context.close(),
  };
}

function pageOf(tab) {
  return {
    goto: (url) => tab.goto(url, { waitUntil: "load" }),
    reload: () => tab.reload({ waitUntil: "load" }),
    evaluate: (work, ...args) => tab.evaluate(`(${work})(...${JSON.stringify(args)})`),
    click: (selector) => tab.locator(selector).click(),
    press: async (selector, key) => (await tab.$(selector)).press(key),
    type: (selector, text) => tab.locator(selector).fill(text),
    choose: (selector, value) => tab.select(selector, value),
    screenshot: (path) => tab.screenshot({ path, fullPage: true }),
    leave: () => tab.goto("about:blank"),
    close: () => tab.close(),
  };
}
