// Observing is not noticed: it stops when it is told, heeds a no, and survives whatever a page or a definition is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { call, started, stored, watched } from "./support/privateer.mjs";
import { calm, hide, named, names, observed, openSmall, told, toldAtTheEnd } from "./support/small.mjs";
import { until } from "./support/until.mjs";

const BODY = `<h1>Title</h1><button id="b">Do</button><p id="p">robin@example.com</p><form id="f"><input name="a" required></form>
  <div data-privateer-impression="Offer Viewed">Offer</div>`;

/** Everything an observer could see, one after another. */
async function live(page) {
  for (let click = 0; click < 3; click += 1) await page.click("#b");
  await page.type("[name=a]", "words");
  await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector("#p"));
    document.querySelector("#p").dispatchEvent(new ClipboardEvent("copy", { bubbles: true }));
    setTimeout(() => { throw new Error("one"); });
    history.pushState({}, "", "/small/two");
    scrollTo(0, 10);
  });
  await calm(page, 3_500);
  await hide(page);
}

test("without a switch, all of it is told", async (t) => {
  const small = await openSmall(t, BODY);
  await live(small.page);
  const seen = new Set((await toldAtTheEnd(small)).map(({ name }) => name));
  for (const name of ["page", "Element Clicked", "Form Viewed", "Form Started", "Form Abandoned", "Contact Copied", "Error Occurred", "Offer Viewed", "First Screen Viewed", "Page Scrolled"]) assert.ok(seen.has(name), name);
});

test("`stop` ends all of it, and puts back what was there", async (t) => {
  const small = await openSmall(t, BODY, { tracking: { observe: false }, unobserved: true });
  const before = await told(small);
  await small.page.evaluate(async () => {
    const { observe } = await import("/pkg/observe.js");
    const { pushState } = history;
    const stop = observe(await window.privateer, {});
    stop();
    if (history.pushState !== pushState) throw new Error("history.pushState stayed wrapped");
    if ((await window.privateer).before) throw new Error("it still hears");
  });
  await live(small.page);
  assert.deepEqual(names(await told(small)), names(before));
  assert.equal(named(await told(small), "page").length, 1);
  // Page Engaged does not come from a page that never had the keyboard, as where several windows share a screen.
  await small.page.evaluate(async () => {
    const privateer = await window.privateer;
    addEventListener("pagehide", () => privateer.track("Left"));
  });
  assert.deepEqual(named(await toldAtTheEnd(small, { name: "Left" }), "Page Scrolled"), []);
});

test("every listener that was added is taken away", async (t) => {
  const first = `
    window.listening = new Set();
    for (const [add, remove] of [["addEventListener", "removeEventListener"]]) {
      const { [add]: really, [remove]: no } = EventTarget.prototype;
      const key = (target, name, work, options) => [target.constructor.name, name, Boolean(options?.capture ?? options)].join();
      const works = new Map();
      const number = (work) => works.get(work) ?? works.set(work, works.size).get(work);
      EventTarget.prototype[add] = function (name, work, options) { listening.add(key(this ?? window, name, work, options) + number(work)); return really.call(this ?? window, name, work, options); };
      EventTarget.prototype[remove] = function (name, work, options) { listening.delete(key(this ?? window, name, work, options) + number(work)); return no.call(this ?? window, name, work, options); };
    }`;
  const small = await openSmall(t, BODY, { tracking: { observe: false }, unobserved: true, first });
  const [before, during, after] = await small.page.evaluate(async () => {
    const { observe } = await import("/pkg/observe.js");
    const count = [window.listening.size];
    // Google's library cannot be stopped; it tells nobody any more.
    const stop = observe(await window.privateer, { web_vitals: false });
    count.push(window.listening.size);
    stop();
    count.push(window.listening.size);
    return count;
  });
  assert.ok(during > before + 20, `${during} listeners`);
  assert.equal(after, before);
});

test("listeners never hold the page up", async (t) => {
  const first = `
    window.holding = [];
    const really = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (name, work, options) {
      if (new Error().stack.includes("observe.js") && options?.passive !== true) holding.push(name);
      return really.call(this ?? window, name, work, options);
    };`;
  const small = await openSmall(t, BODY, { first, tracking: { web_vitals: false } });
  assert.deepEqual(await small.page.evaluate(() => window.holding), []);
});

test("a visitor who said no is not observed, and is again after a yes", async (t) => {
  const small = await openSmall(t, BODY, { tracking: { dead_clicks: false }, site: (definition) => { definition.consent = { initial: "denied" }; }, unobserved: true });
  await sleep(500);
  await small.page.click("#b");
  assert.equal(await small.page.evaluate(async () => (await window.privateer).before ?? null), null);
  await call(small.page, "setConsent", "granted");
  await observed(small.page);
  await small.page.click("#b");
  // What is on the page for a second was seen, if the test takes that long.
  assert.deepEqual(names(await told(small)).filter((name) => name !== "Offer Viewed"), ["Element Clicked"]);
  await call(small.page, "setConsent", "denied");
  await until(async () => (await small.page.evaluate(async () => (await window.privateer).before ?? null)) === null, "it stops");
  await small.page.click("#b");
  await sleep(500);
  assert.ok(!JSON.stringify(await stored(small.page)).includes("Element Clicked"));
});

test("what was observed before the answer is delivered after a yes", async (t) => {
  const small = await openSmall(t, BODY, { site: (definition) => { definition.consent = { initial: "pending" }; } });
  await small.page.click("#b");
  await sleep(500);
  assert.deepEqual(await small.site.events(), []);
  await call(small.page, "setConsent", "granted");
  await small.site.event(({ event }) => event === "Element Clicked", "the click before the answer");
});

const ODD = {
  "a word": "yes", "nothing": null, "a list": [1], "a number": 7,
  "odd members": { autocapture: 7, scroll: "far", navigation: [], errors: { limit: "five" }, selectors: "x", impressions: null, events_per_page: "many", masked_parameters: 3, first_screen: { within_ms: -1 } },
};

for (const [what, tracking] of Object.entries(ODD)) {
  test(`a section that is ${what} stops nothing`, async (t) => {
    const small = await openSmall(t, BODY, { tracking });
    await small.page.click("#b");
    await small.site.event(({ event }) => event === "Element Clicked", "the click");
    const { uncaught, errors } = await watched(small.page);
    assert.deepEqual([uncaught, errors], [[], []]);
  });
}

for (const file of ["observe", "vitals"]) {
  test(`where ${file}.js cannot be loaded, one line says so and the rest works`, async (t) => {
    const small = await openSmall(t, BODY, { instead: { [`/pkg/${file}.js`]: { status: 404, body: "gone" } }, unobserved: true });
    await until(async () => (await watched(small.page)).warnings.length > 0, "the console says so");
    await call(small.page, "track", "Tried");
    await small.site.event(({ event }) => event === "Tried", "an event");
    const { warnings, uncaught } = await watched(small.page);
    assert.deepEqual([warnings.length, uncaught], [1, []]);
  });
}

test("a page that breaks what observers need gets one line, and goes on", async (t) => {
  const first = "Element.prototype.matches = () => { throw new Error('Broken by a test.'); };";
  const small = await openSmall(t, BODY, { first });
  for (let click = 0; click < 3; click += 1) await small.page.click("#b");
  const events = await told(small);
  assert.equal(named(events, "page").length, 1);
  const { warnings, uncaught } = await watched(small.page);
  assert.deepEqual(uncaught, []);
  assert.equal(warnings.length, 1, warnings.join("\n"));
});

test("a silent page stays silent", async (t) => {
  const small = await openSmall(t, BODY);
  await live(small.page);
  const { warnings, errors, violations } = await watched(small.page);
  assert.deepEqual({ warnings, errors, violations }, { warnings: [], errors: [], violations: [] });
});

test("what is recorded at the end is in the batch that leaves with the page", async (t) => {
  const small = await openSmall(t, BODY);
  await started(small.page);
  await small.page.leave();
  const scrolled = await small.site.event(({ event }) => event === "Page Scrolled", "what was recorded at the end");
  const engaged = (await small.site.events()).find(({ event }) => event === "Page Engaged");
  if (engaged) assert.ok(scrolled.messageId < engaged.messageId, "it came before the harness' own last step");
});
