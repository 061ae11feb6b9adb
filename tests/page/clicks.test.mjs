// Ids of clicks on advertisements: told with consent to marketing, together with what else is in an address, and only then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started, traces } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const LANDING = "/?utm_source=google&utm_medium=cpc&gclid=click-4711";
const MARKETING = (answer) => ({ site: (definition) => { definition.consent = { initial: { experiments: "granted", analytics: "granted", marketing: answer } }; } });

async function views(site, count) {
  return until(async () => {
    const all = named(await site.events(), "page");
    return all.length >= count && all;
  }, `${count} page views`);
}

/** A visitor whose page view waits, for the collector is down. */
async function waitingAfterLanding(t) {
  const site = await startSite(t);
  site.faults.always({ kind: "respond", status: 503 });
  const visitor = await site.visitor();
  const page = await visitor.open(site.url + LANDING);
  await started(page);
  return { site, visitor, page };
}

test("beside the id of a click, what is nobody's business is masked all the same", async (t) => {
  const site = await startSite(t);
  const page = await site.open(`${LANDING}&email=robin%40example.com&token=SECRET123&mkt_tok=letter-1&_pv=made-up&plan=crew`);
  await started(page);
  const view = await site.event(({ type }) => type === "page", "the page view");
  assert.equal(view.context.page.search, "?utm_source=google&utm_medium=cpc&gclid=click-4711&email=&token=&mkt_tok=&plan=crew");
  assert.ok(view.context.page.url.endsWith(view.context.page.search));
  assert.equal(view.context.campaign.mkt_tok, "yes");
  assert.doesNotMatch(JSON.stringify(await site.events()), /robin|SECRET123|letter-1|made-up/);
});

test("what brought the visitor stays through the page's own navigation", async (t) => {
  const site = await startSite(t);
  const page = await site.open(LANDING);
  await started(page);
  await page.evaluate(() => history.pushState(null, "", `/step${location.search}`));
  await views(site, 2);
  await call(page, "page", { step: 2 });
  await call(page, "track", "Tried");
  await site.event(({ event }) => event === "Tried", "the event");
  for (const { type, context } of await site.events()) {
    assert.deepEqual(context.campaign, { source: "google", medium: "cpc", gclid: "click-4711" }, type);
    assert.equal(context.channelGroup, "Paid Search", type);
  }
  assert.equal((await call(page, "identity")).lastTouch.clicks.gclid, "click-4711");
});

test("an id of a click that comes with a navigation within the page is told from then on", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await page.evaluate((search) => history.pushState(null, "", `/offer${search}`), LANDING.slice(1));
  const [, second] = await views(site, 2);
  assert.equal(second.context.campaign.gclid, "click-4711");
  assert.equal(second.context.channelGroup, "Paid Search");
});

test("consent to marketing that is taken back takes the ids of clicks out of what waits", async (t) => {
  const { site, page } = await waitingAfterLanding(t);
  await call(page, "identify", "robin-1");
  await call(page, "track", "Tried", { plan: "crew" });
  assert.match(await traces(page), /click-4711/);
  await call(page, "setConsent", { marketing: "denied" });
  await until(async () => !/click-4711/.test(await traces(page)), "no id of a click is left in the browser");
  site.faults.clear();
  await call(page, "flush");
  const events = await until(async () => {
    const all = await site.events();
    return ["page", "identify", "Tried"].every((name) => named(all, name).length) && all;
  }, "all that waited");
  assert.doesNotMatch(JSON.stringify(events), /click-4711/);
  const [{ properties, context }] = named(events, "Tried");
  assert.deepEqual([properties, context.campaign.source, context.consent.categoryPreferences.marketing], [{ plan: "crew" }, "google", false]);
});

test("what waited on a page that is gone is told without them, too", async (t) => {
  const { site, visitor, page } = await waitingAfterLanding(t);
  const kept = await page.evaluate(() => ({ ...localStorage }));
  await call(page, "setConsent", { marketing: "denied" });
  await page.close();
  const next = await visitor.open(`${site.url}/plain`);
  // As if it had been stored by a tab that had not heard.
  await next.evaluate((entries) => {
    for (const [key, event] of Object.entries(entries)) if (key.startsWith("privateer.event.")) localStorage[key.replace(/event\.\w+/, "event.gone")] = event;
  }, kept);
  site.faults.clear();
  await next.goto(`${site.url}/`);
  await views(site, 2);
  assert.doesNotMatch(JSON.stringify(await site.events()), /click-4711/);
});

test("where a link leads is told without the id of a click", async (t) => {
  const site = await startSite(t, MARKETING("denied"));
  const page = await site.open();
  await until(() => page.evaluate(async () => Boolean((await window.privateer)?.before)), "the page is at rest");
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { id: "offer", href: "/plain?plan=crew&gclid=click-4711", textContent: "The offer" });
    link.onclick = (event) => event.preventDefault();
    document.body.prepend(link);
  });
  await page.click("#offer");
  const { properties } = await site.event(({ event }) => event === "Link Clicked", "the click");
  assert.ok(properties.link_url.endsWith("/plain?plan=crew&gclid="), properties.link_url);
});
