// Firefox through WebDriver BiDi, which it speaks itself: no geckodriver.
import puppeteer from "puppeteer-core";
import { findBrowser } from "../../../scripts/setup/browsers.mjs";
import { endOf, killGroup } from "./process.mjs";

// No process is kept ready for tabs that nobody opens.
const PREFERENCES = { "dom.ipc.processPrelaunch.enabled": false };
const start = (more) => puppeteer.launch({ browser: "firefox", executablePath: findBrowser("firefox").program, headless: true, extraPrefsFirefox: PREFERENCES, ...more });

export async function launch() {
  const browser = await start();
  return {
    visitor: async () => {
      const context = await browser.createBrowserContext();
      return { ...visitorIn(context), close: () => context.close() };
    },
    resident,
    close: () => browser.close(),
  };
}

/** A browser process of our own, so that it can be killed. */
async function resident(folder) {
  const browser = await start({ userDataDir: folder });
  const ended = endOf(browser.process());
  return {
    ...visitorIn(browser.defaultBrowserContext()),
    close: async () => {
      await browser.close();
      await ended;
    },
    /** SIGKILL: the browser itself and all its processes, without a last word. */
    kill: async () => {
      killGroup(browser.process());
      await ended;
    },
  };
}

function visitorIn(context) {
  const tabs = new Set();
  return {
    open: async (url) => {
      const tab = await context.newPage();
      tabs.add(tab);
      await tab.setViewport({ width: 1280, height: 900 });
      const page = pageOf(tab, () => tabs.delete(tab));
      await page.goto(url);
      return page;
    },
    offline: (yes) => Promise.all([...tabs].map((tab) => tab.setOfflineMode(yes))),
  };
}

function pageOf(tab, gone) {
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
    close: () => {
      gone();
      return tab.close();
    },
  };
}
