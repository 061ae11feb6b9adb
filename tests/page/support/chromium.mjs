import { spawn } from "node:child_process";
import { chromium } from "playwright-core";
import { findBrowser } from "../../../scripts/setup/browsers.mjs";
import { endOf, killGroup } from "./process.mjs";

// What opens under the address bar is a page of the browser's own, two in every window, and they took two fifths of all the time that these
// tests took. Only the last list of features counts, so this one also holds what Playwright switches off for its own work.
const ADDRESS_BAR = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];
const FOR_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay",
  "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
  "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
];
const without = (...features) => `--disable-features=${features.flat().join(",")}`;
export const WITHOUT_ADDRESS_BAR = without(ADDRESS_BAR);
const QUIET = ["--disable-background-networking", "--disable-gpu", "--no-first-run"];
// Chromium's sandbox refuses to run as root, which is what containers are.
const AS_ROOT = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
// Playwright switches the back/forward cache off, and a page that is left would end at once. Visitors' browsers keep it.
const AS_VISITORS_HAVE_IT = ["--disable-back-forward-cache"];

export async function launch() {
  const browser = await chromium.launch({
    executablePath: findBrowser("chromium").program,
    args: [...QUIET, ...AS_ROOT, without(ADDRESS_BAR, FOR_PLAYWRIGHT)],
    ignoreDefaultArgs: AS_VISITORS_HAVE_IT,
  });
  return {
    visitor: async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      return { ...visitorIn(context), close: () => context.close() };
    },
    resident,
    close: () => browser.close(),
  };
}

/** A browser process of our own, so that it can be killed. */
async function resident(folder) {
  const args = [...QUIET, ...AS_ROOT, WITHOUT_ADDRESS_BAR, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"];
  const child = spawn(findBrowser("chromium").program, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const ended = endOf(child);
  const browser = await chromium.connectOverCDP(await addressOf(child));
  return {
    ...visitorIn(browser.contexts()[0]),
    /** Ends it as a person does. What it still had to write to the disk is written. */
    close: async () => {
      const session = await browser.newBrowserCDPSession().catch(() => null);
      await session?.send("Browser.close").catch(() => {});
      await ended;
    },
    /** SIGKILL: the browser itself and all its processes, without a last word. */
    kill: async () => {
      killGroup(child);
      await ended;
    },
  };
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let words = "";
    child.stderr.on("data", (more) => {
      words += more;
      const address = /listening on (ws:\S+)/.exec(words)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`Chromium ended with ${code} before it was ready: ${words}`)));
  });
}

function visitorIn(context) {
  return {
    open: async (url) => {
      const page = pageOf(context, await context.newPage());
      await page.goto(url);
      return page;
    },
    /** Only Chromium can cut the network of one visitor, and answer for hosts that are not there. */
    offline: (yes) => context.setOffline(yes),
    answer: (pattern, response) => context.route(pattern, (route) => route.fulfill(response(route.request()))),
  };
}

function pageOf(context, tab) {
  // One session for as long as the tab lives: a page stays frozen only while whoever froze it is there.
  let session = null;
  const tell = async (method, params) => {
    session ??= context.newCDPSession(tab);
    return (await session).send(method, params);
  };
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
    /** The renderer dies, as when memory runs out. The answer never comes. */
    crash: async () => {
      const crashed = new Promise((done) => tab.once("crash", done));
      tell("Page.crash").catch(() => {});
      await crashed;
    },
    freeze: () => tell("Page.setWebLifecycleState", { state: "frozen" }),
    thaw: () => tell("Page.setWebLifecycleState", { state: "active" }),
  };
}
