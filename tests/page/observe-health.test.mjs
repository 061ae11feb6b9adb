// How the page fares: its speed, its errors, and contact details that visitors take with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINE } from "./support/browser.mjs";
import { calm, hide, named, openSmall, told, toldAtTheEnd } from "./support/small.mjs";
import { until } from "./support/until.mjs";
import { watched } from "./support/privateer.mjs";

const script = (body) => ({ head: '<script type="module" src="/own.js?v=1"></script>', instead: { "/own.js": { type: "text/javascript", body } } });
const fail = (page, ...messages) => page.evaluate((all) => {
  for (const message of all) setTimeout(() => { throw new TypeError(message); });
}, messages);

test("an error that nobody caught is told, without its parameters and without what reaches a person", async (t) => {
  const body = "addEventListener('go', () => { throw new RangeError('No account of robin@example.com'); });";
  const small = await openSmall(t, "<p>Words</p>", script(body));
  await small.page.evaluate(() => dispatchEvent(new Event("go")));
  const [error, ...more] = named(await told(small), "Error Occurred");
  assert.deepEqual(more, []);
  assert.match(error.message, /No account of \[email\]$/);
  assert.deepEqual([error.kind, error.error_type, error.line], ["error", "RangeError", 1]);
  assert.match(error.file, /\/own\.js$/);
});

test("a rejection that nobody handled is told", async (t) => {
  const small = await openSmall(t, "<p>Words</p>");
  await small.page.evaluate(() => { setTimeout(() => Promise.reject(new TypeError("Not there"))); });
  await small.page.evaluate(() => { setTimeout(() => Promise.reject("only words")); });
  const errors = named(await told(small), "Error Occurred");
  assert.deepEqual(errors.map(({ kind, error_type: type, message }) => [kind, type, message]), [
    ["unhandledrejection", "TypeError", "Not there"], ["unhandledrejection", undefined, "only words"],
  ]);
});

test("five errors of one page view, each message once", async (t) => {
  const small = await openSmall(t, "<p>Words</p>");
  await fail(small.page, "one", "one", "two", "three", "one", "four", "five", "six", "seven");
  const messages = () => told(small).then((events) => named(events, "Error Occurred").map(({ message }) => message.split(" ").at(-1)));
  assert.deepEqual(await messages(), ["one", "two", "three", "four", "five"]);
  await small.page.evaluate(() => history.pushState({}, "", "/small/two"));
  await calm(small.page, 500);
  await fail(small.page, "one", "eight");
  assert.deepEqual((await messages()).slice(5), ["eight"]);
});

test("missing pictures, caught errors and what no page can help are not told", async (t) => {
  const small = await openSmall(t, '<p>Words</p><img src="/nowhere.png" alt="">');
  await small.page.evaluate(() => {
    document.body.append(Object.assign(new Image(), { src: "/nowhere-either.png" }));
    try {
      throw new Error("caught");
    } catch {}
    Promise.reject(new Error("handled")).catch(() => {});
    dispatchEvent(new ErrorEvent("error", { message: "Script error." }));
    dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }));
    dispatchEvent(new ErrorEvent("error", { message: "theirs", filename: "chrome-extension://abc/x.js" }));
  });
  assert.deepEqual(named(await told(small), "Error Occurred"), []);
});

test("the limit is the site's", async (t) => {
  const small = await openSmall(t, "<p>Words</p>", { tracking: { errors: { limit: 1 } } });
  await fail(small.page, "one", "two");
  assert.equal(named(await told(small), "Error Occurred").length, 1);
});

// The library that measures is there, and has something to tell.
const measured = (page) => until(() => page.evaluate(() => (
  performance.getEntriesByType("resource").some(({ name }) => name.endsWith("vitals.js")) && performance.getEntriesByName("first-contentful-paint").length > 0
)), "the page's speed is measured");

test("the page's speed is one event when it is left", async (t) => {
  const small = await openSmall(t, "<h1>Title</h1><button>Press</button>");
  await measured(small.page);
  await small.page.click("button");
  await calm(small.page, 1_000);
  const [vitals, ...more] = named(await toldAtTheEnd(small, { name: "Web Vitals" }), "Web Vitals");
  assert.deepEqual(more, []);
  for (const figure of ["ttfb_msec", "fcp_msec"]) assert.ok(vitals[figure] >= 0 && vitals[figure] < 60_000, `${figure}: ${vitals[figure]}`);
  assert.equal(vitals.fcp_rating, vitals.fcp_msec <= 1800 ? "good" : vitals.fcp_msec <= 3000 ? "needs-improvement" : "poor");
  assert.equal(vitals.page_path, "/small");
  // Other engines do not measure all of them.
  if (ENGINE === "chromium") for (const figure of ["lcp_msec", "inp_msec", "cls"]) assert.ok(vitals[figure] >= 0, `${figure}: ${vitals[figure]}`);
});

test("speed that stays the same is told once", async (t) => {
  const small = await openSmall(t, "<h1>Title</h1>");
  await measured(small.page);
  await calm(small.page, 1_000);
  for (const state of ["hidden", "visible", "hidden", "visible"]) await hide(small.page, state);
  await calm(small.page, 200);
  await small.page.evaluate(() => history.pushState({}, "", "/small/two"));
  const events = named(await told(small), "Web Vitals");
  assert.equal(events.length, 1);
});

const copy = (page, selector) => page.evaluate((which) => {
  const element = document.querySelector(which);
  if (element.select) element.select();
  else getSelection().selectAllChildren(element);
  element.dispatchEvent(new ClipboardEvent("copy", { bubbles: true, composed: true }));
}, selector);

test("of a copied address only its kind is told", async (t) => {
  const small = await openSmall(t, '<p id="a">Write to robin@example.com</p><p id="b">+44 20 7946 0958, robin@example.com</p>');
  await copy(small.page, "#a");
  await copy(small.page, "#b");
  const events = named(await told(small), "Contact Copied");
  assert.deepEqual(events.map(({ contact_kind: kind, element_path: path }) => [kind, path]), [["email", "p#a"], ["email", "p#b"], ["phone", "p#b"]]);
  assert.doesNotMatch(JSON.stringify(await small.site.events()), /robin|7946/);
});

test("other words are copied without a word, and so is what visitors wrote themselves", async (t) => {
  const small = await openSmall(t, '<p id="a">Order 12345678 of 2024-01-15, [email]</p><textarea id="b">robin@example.com</textarea><p id="c" contenteditable>robin@example.com</p>');
  for (const selector of ["#a", "#b", "#c"]) await copy(small.page, selector);
  assert.deepEqual(named(await told(small), "Contact Copied"), []);
});

test("each can be switched off, and nothing of it is downloaded", async (t) => {
  const small = await openSmall(t, '<p id="a">robin@example.com</p>', { tracking: { errors: false, contact_copies: false, web_vitals: false } });
  await fail(small.page, "one");
  await copy(small.page, "#a");
  await hide(small.page);
  const events = await told(small);
  assert.deepEqual(events.filter(({ name }) => ["Error Occurred", "Contact Copied", "Web Vitals"].includes(name)), []);
  const files = await small.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)));
  assert.ok(files.includes("observe.js") && !files.includes("vitals.js"), files.join());
  assert.deepEqual((await watched(small.page)).warnings, []);
});
