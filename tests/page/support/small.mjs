// A small page of a test's own, with all that is observed, and what the collector got to know of it.
import { setTimeout as sleep } from "node:timers/promises";
import { call, started } from "./privateer.mjs";
import { PATIENT_MS, startSite } from "./site.mjs";
import { until } from "./until.mjs";

/** Longer than anything that is observed takes to be recorded, but for what waits on purpose. */
export const CALM_MS = 600;

/**
 * Opens a page with this body.
 * @param {object} [options]
 * @param {object} [options.tracking] the section of the site definition
 * @param {string} [options.head] more of its head
 * @param {Record<string, object>} [options.instead] other answers of the server, by path
 * @param {(definition: object) => void} [options.site] more changes to the site definition
 * @param {boolean} [options.unobserved] whether no observer is expected to begin
 */
export async function openSmall(t, body, { tracking = {}, head = "", instead = {}, site: edit = () => {}, unobserved = false, ...more } = {}) {
  const site = await startSite(t, {
    ...more,
    site: (definition) => {
      Object.assign(definition, { experiments: undefined, scoring: undefined, tracking });
      edit(definition);
    },
    instead: { "/small": html(small(body, head)), "/elsewhere": html("<!doctype html><title>Elsewhere</title><p>Elsewhere"), ...instead },
  });
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/small`);
  await (unobserved ? started(page) : observed(page));
  return { site, visitor, page };
}

export const html = (body) => ({ type: "text/html; charset=utf-8", body });

export const small = (body, head = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Small</title><script src="/first.js"></script>
<link rel="stylesheet" href="/small.css">${head}
<script type="module" src="/pkg/auto.js" data-site="/site.json" data-timeout="${PATIENT_MS}"></script></head><body>${body}</body></html>`;

/** Waits until the observers have begun. */
export const observed = (page) => until(() => page.evaluate(async () => Boolean((await window.privateer)?.before)), "the page is observed");

/**
 * Lets so much of the page's own time pass, from its next frame on. A page's timers come in the order in which they are due, so
 * however slow the machine is: what the page would have done by then, it did.
 */
export const calm = (page, ms = CALM_MS) => page.evaluate(async (time) => {
  const after = (wait) => new Promise((done) => setTimeout(done, wait));
  // A tab in the background draws nothing.
  const frame = () => Promise.race([new Promise(requestAnimationFrame), after(500)]).then(() => after(0));
  await frame();
  await frame();
  await after(time);
  await frame();
}, ms);

/** All events of the page so far, as names and properties, page views among them. */
export async function told({ site, page }) {
  await calm(page);
  await call(page, "flush");
  return (await site.events()).map(plain);
}

/** All events once the page was left, so many of this name among them. */
export async function toldAtTheEnd({ site, page }, { name = /^Page (Scrolled|Engaged)$/, count = 1 } = {}) {
  await calm(page);
  await page.leave();
  await until(async () => (await site.events()).filter(({ event }) => event?.match(name)).length >= count, "the last events were collected");
  await sleep(300); // for what should not come
  return (await site.events()).map(plain);
}

export const plain = ({ type, event, properties, context }) => ({ ...properties, name: event ?? type, at: context.page.path + context.page.search });

export const named = (events, name) => events.filter((event) => event.name === name);

/** The names of events, but for what belongs to every page. */
export const names = (events) => events.map(({ name }) => name).filter((name) => !EVERYWHERE.includes(name));

const EVERYWHERE = ["page", "Page Scrolled", "Page Engaged", "Web Vitals", "First Screen Viewed", "Form Viewed"];

/** As if another tab came to the front, and as if this one came back. */
export const hide = (page, state = "hidden") => page.evaluate((which) => {
  Object.defineProperty(document, "visibilityState", { value: which, configurable: true });
  Object.defineProperty(document, "hidden", { value: which === "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}, state);
