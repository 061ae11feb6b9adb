// WebKitGTK through its WebDriver, in plain requests. The driver holds one session, so each visitor has a driver.
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { findBrowser } from "../../../scripts/setup/browsers.mjs";
import { until } from "./until.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export async function launch() {
  const visitors = new Set();
  return {
    visitor: async () => {
      const visitor = await openSession();
      visitors.add(visitor);
      return visitor;
    },
    close: async () => {
      for (const visitor of visitors) await visitor.close();
    },
  };
}

async function openSession() {
  const { driver, base, sessionId } = await begin();
  const session = (method, path, body) => ask(`${base}/session/${sessionId}${path}`, method, body);
  const anotherTab = tabsOf(session);
  let open = true;
  return {
    open: async (url) => {
      const page = pageOf(await anotherTab());
      await page.goto(url);
      return page;
    },
    close: async () => {
      if (!open) return;
      open = false;
      await session("DELETE", "").catch(() => {});
      driver.kill();
    },
  };
}

// Pages are painted without a graphics driver: where there is no graphics card, its imitation took more than a quarter of these tests' time.
const PAINTED_PLAINLY = { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: "1" };

// So long one question to a page may take; the protocol's own 30 s are short on a busy machine.
const SCRIPT_MS = 300_000;

// On a busy machine the browser sometimes does not come up, and its driver waits for it without end.
async function begin(patience = [20_000, 20_000, 60_000]) {
  const port = await freePort();
  const driver = spawn(findBrowser("webkit").program, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env: PAINTED_PLAINLY });
  const base = `http://127.0.0.1:${port}`;
  await until(() => fetch(`${base}/status`).then(() => true, () => false), "WebKitWebDriver answers");
  try {
    const { sessionId } = await ask(`${base}/session`, "POST", { capabilities: { alwaysMatch: { timeouts: { script: SCRIPT_MS } } } }, AbortSignal.timeout(patience[0]));
    return { driver, base, sessionId };
  } catch (error) {
    driver.kill();
    if (patience.length === 1) throw error;
    return begin(patience.slice(1));
  }
}

/**
 * The driver looks at one tab at a time, so every command says which it means, and waits for its turn.
 * The first tab stays empty: without any tab the session would end.
 */
function tabsOf(session) {
  const first = session("GET", "/window");
  let turn = first;
  let current = null;
  const inTurn = (work) => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const switchTo = async (handle) => {
    if (current !== handle) await session("POST", "/window", { handle });
    current = handle;
  };
  return () => inTurn(async () => {
    // A tab that was closed cannot open another one.
    await switchTo(await first);
    const { handle } = await session("POST", "/window/new", { type: "window" });
    await switchTo(handle);
    await session("POST", "/window/rect", { width: 1280, height: 900 });
    return (method, path, body) => inTurn(async () => {
      await switchTo(handle);
      if (path === "/window") current = null;
      return session(method, path, body);
    });
  });
}

function pageOf(session) {
  const find = async (selector) => (await session("POST", "/element", { using: "css selector", value: selector }))[ELEMENT];
  const evaluate = (work, ...args) => session("POST", "/execute/async", {
    script: `const done = arguments[1];
      Promise.resolve().then(() => (${work})(...JSON.parse(arguments[0]))).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
    args: [JSON.stringify(args)],
  }).then(({ value, error }) => {
    if (error) throw new Error(error);
    return value;
  });
  // WebKitGTK answers a navigation before the page's modules have run.
  const loaded = () => until(() => evaluate(() => document.readyState === "complete"), "the page has loaded");
  return {
    goto: (url) => session("POST", "/url", { url }).then(loaded),
    reload: () => session("POST", "/refresh", {}).then(loaded),
    evaluate,
    click: async (selector) => {
      await evaluate((which) => document.querySelector(which).scrollIntoView({ block: "center", behavior: "instant" }), selector);
      return session("POST", `/element/${await find(selector)}/click`, {});
    },
    // WebDriver has letters of its own for keys; tests press Enter.
    press: async (selector, key) => session("POST", `/element/${await find(selector)}/value`, { text: { Enter: "\uE007" }[key] }),
    type: async (selector, text) => session("POST", `/element/${await find(selector)}/value`, { text }),
    choose: (selector, value) => evaluate((which, wanted) => {
      const list = document.querySelector(which);
      list.value = wanted;
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }, selector, value),
    screenshot: async (path) => writeFile(path, Buffer.from(await session("GET", "/screenshot"), "base64")),
    leave: () => session("POST", "/url", { url: "about:blank" }),
    close: () => session("DELETE", "/window"),
  };
}

async function ask(url, method, body, signal) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body), signal });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
