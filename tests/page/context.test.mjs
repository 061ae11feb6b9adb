// What an event says of the page and the browser, as the browser itself has it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINE } from "./support/browser.mjs";
import { call, started } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";

/** The context of a tracked event, and what the page itself can see. */
async function seen(t, path) {
  const site = await startQuick(t);
  const page = await site.open(path);
  await started(page);
  await call(page, "track", "Tried");
  const { context } = await site.event(({ event }) => event === "Tried", "the event");
  const own = await page.evaluate(() => ({
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    userAgentData: navigator.userAgentData?.toJSON() ?? null,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio, innerWidth, innerHeight },
    page: { path: location.pathname, referrer: document.referrer, search: location.search, title: document.title, url: location.href },
  }));
  return { context, own };
}

test("an event says the language, the time zone, the browser, the screen and the window", async (t) => {
  const { context, own } = await seen(t);
  for (const name of ["locale", "timezone", "userAgent", "screen"]) assert.deepEqual(context[name], own[name], name);
  assert.ok(own.timezone && own.locale && own.screen.width > 0 && own.screen.innerWidth > 0, "and there is something to say");
  assert.equal(context.library.name, "privateer");
  assert.match(context.library.version, /^\d+\.\d+\.\d+/);
});

test("an event says which page it is of", async (t) => {
  const { context, own } = await seen(t, "/next?a=%20b#part");
  assert.deepEqual(context.page, own.page);
  assert.equal(context.page.search, "?a=%20b");
});

test("an event says by which brands the browser goes, where it has such", async (t) => {
  const { context, own } = await seen(t);
  if (ENGINE !== "chromium") return assert.deepEqual(context.userAgentData ?? null, own.userAgentData);
  assert.deepEqual(context.userAgentData, own.userAgentData);
  assert.ok(context.userAgentData.brands.length > 0);
  assert.equal(context.userAgentData.mobile, false);
});

test("a visitor from elsewhere has that place's time zone and language", async (t) => {
  const first = `
    Object.defineProperty(Navigator.prototype, "language", { get: () => "pt-BR" });
    const { resolvedOptions } = Intl.DateTimeFormat.prototype;
    Intl.DateTimeFormat.prototype.resolvedOptions = function () { return { ...resolvedOptions.call(this), timeZone: "America/Sao_Paulo" }; };`;
  const site = await startQuick(t, { first });
  await site.open();
  const { context } = await site.event(({ type }) => type === "page", "the page view");
  assert.deepEqual([context.locale, context.timezone], ["pt-BR", "America/Sao_Paulo"]);
});
