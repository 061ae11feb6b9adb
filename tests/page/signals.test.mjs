// Consent signals in real pages: a consent tool here and in the page around a frame, Google's commands, the browser's own no.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";
import { watched } from "./support/privateer.mjs";

const CMP = await readFile(new URL("support/cmp.js", import.meta.url), "utf8");
const GTAG = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }";
const HTML = { type: "text/html", body: '<!doctype html><script src="/first.js"></script><title>Signals</title>' };

// Watches in the page; what is told is written as words, for undefined does not travel.
const watch = (page, settings = {}) => page.evaluate(async (given) => {
  const { watchSignals } = await import("/pkg/signals.js");
  window.told = [];
  window.stop = watchSignals(given, ({ experiments, analytics, marketing }) => window.told.push([experiments, analytics, marketing].map(String).join(" ")));
}, settings);

const told = (page) => page.evaluate(() => window.told);

const openBlank = async (t, first) => {
  const site = await startSite(t, { first, instead: { "/blank.html": HTML } });
  return site.open("/blank.html");
};

const clean = async (page) => {
  const { uncaught, violations, warnings } = await watched(page);
  assert.deepEqual([uncaught, violations, warnings], [[], [], []]);
};

test("a stub, the tool that comes later, the visitor's answers, and the end", async (t) => {
  const page = await openBlank(t, CMP);
  await watch(page);
  await page.evaluate(() => {
    window.cmp.come();
    window.cmp.say("cmpuishown");
    window.cmp.say("useractioncomplete", [1, 7, 8]);
    window.cmp.say("cmpuishown");
    window.cmp.say("useractioncomplete", [1, 2, 3, 4, 7, 8, 9, 10]);
  });
  assert.deepEqual(await told(page), ["null null null", "true true false", "true true true"]);
  await page.evaluate(() => {
    window.stop();
    window.cmp.say("useractioncomplete", []);
  });
  assert.equal((await told(page)).length, 3);
  assert.equal(await page.evaluate(() => window.cmp.listeners.size), 0);
  await clean(page);
});

test("a tool that comes long after us, with a script of its own", async (t) => {
  const site = await startSite(t, { instead: { "/blank.html": HTML, "/cmp.js": { type: "text/javascript", body: CMP } } });
  const page = await site.open("/blank.html");
  await watch(page);
  await page.evaluate(() => new Promise((done) => {
    const script = document.createElement("script");
    script.src = "/cmp.js";
    script.onload = done;
    document.head.append(script);
  }));
  await page.evaluate(() => {
    window.cmp.come();
    window.cmp.say("tcloaded", [1, 9]);
  });
  await until(async () => (await told(page)).at(-1) === "false true false", "the tool is found");
  await clean(page);
});

const FRAME = `
const { watchSignals } = await import("/pkg/signals.js");
const stop = watchSignals({}, (says) => parent.postMessage({ told: JSON.stringify(says) }, "*"));
addEventListener("message", ({ data }) => data === "stop" && stop());
`;

for (const [where, host] of [["of the same site", "127.0.0.1"], ["of another site", "localhost"]]) {
  test(`in a frame ${where}, the tool of the page around it is asked`, async (t) => {
    const site = await startSite(t, {
      first: CMP,
      policy: "default-src 'self' http://localhost:* http://127.0.0.1:*",
      instead: {
        "/blank.html": HTML,
        "/frame.html": { type: "text/html", body: '<!doctype html><script type="module" src="/frame.js"></script>' },
        "/frame.js": { type: "text/javascript", body: FRAME },
      },
    });
    const page = await site.open("/blank.html");
    await page.evaluate((address) => {
      window.told = [];
      addEventListener("message", ({ data }) => data.told && window.told.push(data.told));
      window.cmp.come();
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.id = "frame";
      document.body.append(frame);
    }, `${site.url.replace("127.0.0.1", host)}/frame.html`);
    const hears = (words) => until(async () => (await told(page)).at(-1) === words, `the frame has heard ${words}`);
    await hears('{"experiments":null,"analytics":null,"marketing":null}');
    await page.evaluate(() => window.cmp.say("useractioncomplete", [1, 7]));
    await hears('{"experiments":false,"analytics":true,"marketing":false}');
    await page.evaluate(() => document.querySelector("#frame").contentWindow.postMessage("stop", "*"));
    await until(() => page.evaluate(() => window.cmp.listeners.size === 0), "the frame has taken its listener away");
    await clean(page);
  });
}

test("consent mode: commands before us, after us, and under a tag manager that lays its push over ours", async (t) => {
  const page = await openBlank(t, `${GTAG} gtag("consent", "default", { analytics_storage: "denied", ad_storage: "denied" });`);
  await watch(page);
  await page.evaluate(() => {
    const inner = window.dataLayer.push;
    window.heard = 0;
    window.dataLayer.push = function (...entries) {
      window.heard += entries.length;
      return inner.apply(this, entries);
    };
    window.gtag("consent", "update", { analytics_storage: "granted" });
    window.gtag("event", "sign_up");
    window.gtag("consent", "update", { ad_storage: "granted", ad_user_data: "denied" });
  });
  assert.deepEqual(await told(page), ["undefined null null", "undefined true null", "undefined true false"]);
  assert.deepEqual(await page.evaluate(() => [window.heard, window.dataLayer.length]), [3, 4]);
  await clean(page);
});

test("the browser's own no stands against every yes", async (t) => {
  const asks = 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true, configurable: true });';
  const page = await openBlank(t, `${asks} ${CMP} ${GTAG} gtag("consent", "update", { ad_storage: "granted", analytics_storage: "granted" });`);
  await watch(page, { gpc: true });
  await page.evaluate(() => {
    window.cmp.come();
    window.cmp.say("tcloaded", [1, 2, 3, 4, 7, 8, 9, 10]);
  });
  assert.deepEqual(await told(page), ["null null false", "true true false"]);
});

test("hostile tools do not disturb the page, nor does what they do reach anybody", async (t) => {
  const page = await openBlank(t, `
    window.__tcfapi = function (command, version, callback) {
      for (const data of [null, 7, "x", {}, { get purpose() { throw 1; }, gdprApplies: true, eventStatus: "tcloaded" }]) callback(data, true);
      throw new Error("hostile");
    };
    window.dataLayer = Object.freeze([{ get 0() { throw 2; } }, ["consent", "update", null], ["consent", "update", { get ad_storage() { throw 3; } }]]);
    window.google_tag_data = { get ics() { throw 4; } };`);
  await watch(page);
  assert.deepEqual(await told(page), ["null null null"]);
  await clean(page);
});
