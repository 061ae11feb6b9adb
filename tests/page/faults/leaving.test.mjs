// Faults 13 to 19 and 30: the page is left, closed, crashed, killed, frozen or put aside while events wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ENGINE, needs } from "../support/browser.mjs";
import { arrivedAt, burst, burstAndGo, closed, complete, quiet, settled, viewed } from "../support/ledger.mjs";
import { call, started } from "../support/privateer.mjs";
import { startRemote } from "../support/remote.mjs";
import { until } from "../support/until.mjs";

const DOWN = { kind: "refuse" };
const UNLOAD_BYTES = 64 * 1024; // what a browser lets pages send while they are left, all requests together

// What comes after the page: another one of the site, or one without Privateer, and the visitor returns later.
for (const path of ["/next", "/plain"]) {
  test(`13: navigation to ${path} right after a burst`, async (t) => {
    const site = await startUnhurried(t);
    const page = await site.open();
    await hurryFromNowOn(site, page);
    // An engine that announces no navigation (no Navigation API) cannot tell where the page goes: a second copy is the price.
    const announced = await page.evaluate(() => "navigation" in window);
    await burstAndGo(page, path);
    await arrivedAt(page, path);
    if (path === "/plain") await page.goto(`${site.url}/`);
    await complete(site, 20, { pages: 2, copies: !announced });
    await settled(page);
  });
}

test("13: navigation right after a burst, while the collector is slow to answer", async (t) => {
  const site = await startRemote(t);
  const page = await site.open();
  site.faults.always({ kind: "slow", afterMs: 1_000 });
  await burstAndGo(page, "/next");
  await arrivedAt(page, "/next");
  // The next page cannot know that the answer is still to come: a second copy is the price.
  await complete(site, 20, { pages: 2, copies: true });
  await settled(page);
});

test("14: the tab is closed right after a burst", async (t) => {
  const site = await startRemote(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await burst(page);
  await page.close();
  await sleep(500);
  const next = await visitor.open(`${site.url}/`);
  // A page that is gone hears no answer, and the next one cannot know it: a second copy is the price of not waiting for a return.
  await complete(site, 20, { pages: 2, copies: true });
  await settled(next);
});

test("14: the browser is closed right after a burst", needs("resident"), async (t) => {
  const { site, reopened } = await withBrowserEnded(t, { down: false, end: (browser) => browser.close() });
  await complete(site, 20, { pages: 2, copies: true });
  await settled(reopened);
});

test("15: the tab is closed while the collector is down", async (t) => {
  const { site, visitor, page } = await burstWhileDown(t);
  await closed(site, visitor, [page]);
  await backAgain(site, visitor);
});

test("15: the browser is closed while the collector is down", needs("resident"), async (t) => {
  const { site, reopened } = await withBrowserEnded(t, { down: true, end: (browser) => browser.close() });
  await complete(site, 20, { pages: 2 });
  await settled(reopened);
});

test("16: the renderer crashes while the collector is down", needs("crash"), async (t) => {
  const { site, visitor, page } = await burstWhileDown(t);
  await page.crash();
  await backAgain(site, visitor);
});

// A browser writes localStorage to its disk late: Chromium after 5 s (measured), and later where much is written. IndexedDB is
// there when its transaction is complete, and what waits is copied there after the first try that failed: some 1 s after the
// burst. What was tracked less than that before the kill is the browser's to lose.
for (const ms of [2_000, 8_000]) {
  test(`17: the browser is killed ${ms / 1000} s after a burst, while the collector is down`, needs("resident"), async (t) => {
    const { site, reopened } = await withBrowserEnded(t, { down: true, end: async (browser) => {
      await sleep(ms);
      await browser.kill();
    } });
    await complete(site, 20);
    await settled(reopened);
  });
}

for (const [path, words] of [["/plain", "a page without Privateer"], ["/next", "the next page of the site"]]) {
  test(`18: put aside for ${words} while events wait, and back`, async (t) => {
    const { site, page } = await burstWhileDown(t);
    await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted; }));
    await page.goto(site.url + path);
    site.faults.clear();
    await sleep(1_500);
    await page.evaluate(() => { setTimeout(() => history.back()); });
    await arrivedAt(page, "/");
    await complete(site, 20);
    await settled(page);
    // Firefox keeps no page that held a Web Lock; then the page is loaded anew, and nothing may be lost either.
    if (ENGINE !== "firefox") assert.equal(await page.evaluate(() => window.persisted), true, "the page itself came back");
  });
}

test("19: a frozen tab, a second one beside it, and the first goes on", needs("freeze"), async (t) => {
  const { site, visitor, page } = await burstWhileDown(t);
  await page.freeze();
  site.faults.clear();
  const beside = await visitor.open(`${site.url}/`);
  await burst(beside, 20, { from: 20 });
  await sleep(3_000);
  await page.thaw();
  await complete(site, 40, { pages: 2 });
  for (const tab of [page, beside]) await settled(tab);
});

test("19: a frozen tab is discarded", needs("freeze", "crash"), async (t) => {
  const { site, visitor, page } = await burstWhileDown(t);
  await page.freeze();
  await page.crash();
  await backAgain(site, visitor);
});

const departing = (addressOf) => async (page, site) => {
  const address = addressOf(site);
  await burstAndGo(page, address, 60, { bytes: 2_000 });
  await arrivedAt(page, new URL(address).pathname);
};

// Who stays on the site may leave the sending to the next page; who goes elsewhere may never come back.
const DEPARTURES = {
  "left for another page of the site": { leave: departing(({ url }) => `${url}/plain`), least: 0 },
  "left for another site": { leave: departing(({ collector }) => `${collector.url}/elsewhere`), least: 1 },
  closed: {
    leave: async (page) => {
      await burst(page, 60, { bytes: 2_000 });
      await page.close();
    },
    least: needs("lastWords").skip ? 0 : 1,
  },
};

for (const [how, { leave, least }] of Object.entries(DEPARTURES)) {
  test(`30: 120 KB wait in a page that is ${how}: no more than a browser lets out, and the rest later`, async (t) => {
    const site = await startUnhurried(t);
    const visitor = await site.visitor();
    const page = await visitor.open(`${site.url}/`);
    await hurryFromNowOn(site, page);
    await call(page, "flush");
    await viewed(site, page);
    const before = site.arrivals.length;
    await leave(page, site);
    if (least) await until(() => site.arrivals.length > before, "a last word has come");
    await quiet(site);
    const bytes = site.arrivals.slice(before).reduce((sum, arrival) => sum + arrival.bytes, 0);
    assert.ok(bytes >= least && bytes <= UNLOAD_BYTES, `${bytes} bytes were sent while leaving`);
    const next = await visitor.open(`${site.url}/`);
    await complete(site, 60, { pages: 2, copies: true });
    await settled(next);
  });
}

// Nothing is sent before the page is left, however long the driver takes; the next page delivers as usual.
const startUnhurried = (t) => startRemote(t, { gather: 60_000 });
async function hurryFromNowOn(site, page) {
  await started(page);
  site.define(({ delivery }) => { delivery.gather_ms = 1_000; });
}

async function burstWhileDown(t) {
  const site = await startRemote(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await viewed(site, page);
  site.faults.always(DOWN);
  await burst(page);
  // Long enough for a first try.
  await sleep(1_500);
  return { site, visitor, page };
}

async function backAgain(site, visitor) {
  site.faults.recover();
  const next = await visitor.open(`${site.url}/`);
  await complete(site, 20, { pages: 2 });
  await settled(next);
}

/** A burst in a browser that ends then, however it does, and the same browser started anew. */
async function withBrowserEnded(t, { down, end }) {
  const site = await startRemote(t);
  const browser = await site.resident();
  const page = await browser.open(`${site.url}/`);
  await started(page);
  await viewed(site, page);
  if (down) site.faults.always(DOWN);
  await burst(page);
  await end(browser);
  site.faults.recover();
  return { site, reopened: await (await site.resident()).open(`${site.url}/`) };
}
