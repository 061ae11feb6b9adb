// What only a browser with its own switches shows: pages that come back from its cache, and pages rendered ahead.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { findBrowser } from "../../scripts/setup/browsers.mjs";
import { ENGINE } from "./support/browser.mjs";
import { WITHOUT_ADDRESS_BAR } from "./support/chromium.mjs";
import { html, plain, small } from "./support/small.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const skip = ENGINE !== "chromium" && "needs Chromium's own switches";
const LOOSE = "script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules'";
let browser;

before(async () => {
  if (skip) return;
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await puppeteer.launch({
    executablePath: findBrowser("chromium").program,
    args: [...asRoot, WITHOUT_ADDRESS_BAR],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
});

after(() => browser?.close());

async function open(t, instead, first) {
  const site = await startSite(t, { policy: LOOSE, instead, first, site: (definition) => Object.assign(definition, { experiments: undefined, tracking: {} }) });
  const context = await browser.createBrowserContext();
  t.after(() => context.close());
  const page = await context.newPage();
  return { site, page };
}

const ready = (page) => page.waitForFunction("window.privateer?.then(({ before }) => Boolean(before))");

const viewsOf = async (site) => (await site.events()).map(plain).filter(({ name }) => name === "page").map(({ at, navigation_type: how }) => [at, how]);

test("a page that comes back from the browser's cache is a page view", { skip }, async (t) => {
  const { site, page } = await open(t, { "/small": html(small('<h1>Small</h1><form id="f"><input name="a"></form>')), "/elsewhere": html("<!doctype html><title>Elsewhere</title>") });
  await page.goto(`${site.url}/small`);
  await ready(page);
  await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => { window.cameBack = persisted; }));
  await page.type("input", "words");
  await page.goto(`${site.url}/elsewhere`);
  await page.evaluate(() => { history.back(); });
  await sleep(1_000);
  if (!(await page.evaluate(() => window.cameBack))) return t.skip("this Chromium kept no page");
  await until(async () => (await viewsOf(site)).length === 2, "both page views were collected");
  assert.deepEqual(await viewsOf(site), [["/small", undefined], ["/small", "back_forward_cache"]]);
  await page.goto("about:blank");
  await until(async () => (await site.events()).filter(({ event }) => event === "Page Scrolled").length === 2, "each page view was seen so far");
  const events = (await site.events()).map(({ event }) => event);
  assert.equal(events.filter((event) => event === "Form Abandoned").length, 1, "left unfinished once");
});

const ahead = (link) => ({
  type: "text/html; charset=utf-8",
  body: `<!doctype html><title>First</title><script type="speculationrules">{"prerender":[{"source":"list","urls":["${link}"],"eagerness":"immediate"}]}</script><a href="${link}">Small</a>`,
});

const NOTE = 'if (document.prerendering) addEventListener("DOMContentLoaded", () => { document.title = "Rendered ahead"; });';

// Follows the link, and answers with the page view. The driver may lose sight of a page whose place another one takes, and a click with
// it; where the link is still there, it is clicked again.
async function follow(site, page) {
  for (const again of [false, true]) {
    const click = again ? page.evaluate(() => document.querySelector("a")?.click()) : page.click("a");
    await Promise.race([click.catch(() => {}), sleep(5_000)]);
    const collected = async () => (await site.events()).some(({ type }) => type === "page");
    for (let waited = 0; waited < 3_000 && !(await collected()); waited += 250) await sleep(250);
    if (await collected()) break;
  }
  return site.event(({ type }) => type === "page", "the page view");
}

test("a page that is rendered ahead starts when it is looked at", { skip }, async (t) => {
  const { site, page } = await open(t, { "/small": html(small("<h1>Small</h1>")), "/ahead": ahead("/small") }, NOTE);
  await page.goto(`${site.url}/ahead`);
  await sleep(2_500);
  assert.deepEqual(await site.events(), [], "nothing was recorded ahead");
  const shown = Date.now();
  const view = await follow(site, page);
  if (view.properties.title !== "Rendered ahead") return t.skip("this Chromium rendered nothing ahead");
  assert.ok(Date.parse(view.timestamp) >= shown, `${view.timestamp} is after ${new Date(shown).toISOString()}`);
  await sleep(500);
  assert.equal((await viewsOf(site)).length, 1);
});

test("a friend's link that is rendered ahead counts once it is looked at", { skip }, async (t) => {
  const { site, page } = await open(t, { "/small": html(small("<h1>Small</h1>")), "/ahead": ahead("/small?ref=22222222") }, NOTE);
  await page.goto(`${site.url}/ahead`);
  await sleep(1_500);
  assert.deepEqual(await site.events(), [], "nobody came yet");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [], "and nothing is stored");
  const view = await follow(site, page);
  if (view.properties.title !== "Rendered ahead") return t.skip("this Chromium rendered nothing ahead");
  await site.event(({ event }) => event === "Referral Captured", "the captured code");
  await sleep(500);
  assert.deepEqual((await site.events()).filter(({ event }) => event === "Referral Captured").map(({ properties }) => properties.code), ["22222222"]);
});

const PRETEND = `
  let ahead = true;
  Object.defineProperty(Document.prototype, "prerendering", { get: () => ahead });
  window.show = () => {
    ahead = false;
    document.dispatchEvent(new Event("prerenderingchange"));
  };`;

test("until then it records nothing and stores nothing", { skip }, async (t) => {
  const { site, page } = await open(t, { "/small": html(small("<h1>Small</h1>")) }, PRETEND);
  await page.goto(`${site.url}/small`);
  await sleep(1_500);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await page.evaluate(() => window.show());
  await ready(page);
  await until(async () => (await viewsOf(site)).length === 1, "the page view was collected");
});

const PLANS = Array.from({ length: 100 }, (_, place) => `<li><h3>Plan ${place}</h3><p>Some words about it.</p><button id="b${place}">Choose</button> <a href="#x" id="a${place}">More</a></li>`);
const SLOWER = 4;
const TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute"];

// In the thread's own time: what else the machine does is not counted.
const msOf = ({ tdur, dur }) => (tdur ?? dur) / 1000;

test("on a machine four times slower, no interaction waits 5 ms for it, and no task of it takes 50", { skip }, async (t) => {
  const { site, page } = await open(t, { "/small": html(small(`<h1>Title</h1><ul>${PLANS.join("")}</ul><form id="f"><input id="field" name="a"></form>`)) });
  await page.emulateCPUThrottling(SLOWER);
  await page.tracing.start({ categories: TRACED });
  await page.goto(`${site.url}/small`);
  await ready(page);
  for (let click = 0; click < 20; click += 1) await page.click(`#${"ab"[click % 2]}${click}`);
  await page.type("#field", "some words");
  await page.evaluate(() => history.pushState({}, "", "/small/two"));
  await sleep(1_500);
  await page.goto("about:blank");
  const { traceEvents } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  const calls = traceEvents.filter(({ name, ph, args }) => name === "FunctionCall" && ph === "X" && /\/(observe|vitals)\.js$/.test(args.data?.url));
  assert.ok(calls.length > 100, `${calls.length} calls`);
  assert.ok(Math.max(...calls.map(msOf)) < 50, `the longest took ${Math.max(...calls.map(msOf))} ms`);
  for (const type of ["pointerdown", "click", "keydown", "input"]) {
    const waits = traceEvents.filter(({ name, ph, args }) => name === "EventDispatch" && ph === "X" && args.data?.type === type)
      .map((event) => calls.filter(({ tid, ts }) => tid === event.tid && ts >= event.ts && ts < event.ts + event.dur).reduce((sum, call) => sum + msOf(call), 0))
      .sort((one, other) => one - other);
    assert.ok(waits.length >= 10, `${waits.length} of ${type}`);
    assert.ok(waits[waits.length >> 1] < 5, `${type}: ${waits.map((ms) => ms.toFixed(1)).join(" ")} ms`);
    if (process.env.MEASURE) console.log(type, waits[waits.length >> 1].toFixed(2), waits.at(-1).toFixed(2));
  }
});
