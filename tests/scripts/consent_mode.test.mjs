// What Google's consent mode says, and that listening to it disturbs nobody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watchSignals } from "../../www/harness/signals.js";
import { openWindow } from "./support/window.mjs";

const MARKETING = ["ad_storage", "ad_user_data", "ad_personalization"];
const NOTHING = { experiments: undefined, analytics: undefined, marketing: undefined };

// As pages write it: gtag pushes its arguments.
function gtag() {
  window.dataLayer.push(arguments);
}

const states = (types, state) => Object.fromEntries(types.map((type) => [type, state]));

function watch(t, settings = {}) {
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const stop = watchSignals(settings, (says) => told.push(says));
  t.after(stop);
  return { told, stop, last: () => told.at(-1) };
}

const withLayer = (...entries) => openWindow({ window: { dataLayer: entries } });

// What stands in google_tag_data once Google's tags run.
function putTags(page, entries = {}) {
  const listeners = [];
  page.google_tag_data = { ics: { entries, addListener: (types, listener) => listeners.push(listener) } };
  return { entries, changed: () => listeners.forEach((listener) => listener()) };
}

test("an update is the answer; commands that were there before us count", (t) => {
  withLayer({ event: "gtm.js" });
  gtag("consent", "default", states(["analytics_storage", ...MARKETING, "personalization_storage"], "denied"));
  gtag("js", new Date());
  gtag("consent", "update", { analytics_storage: "granted" });
  const { told } = watch(t);
  assert.deepEqual(told, [{ experiments: null, analytics: true, marketing: null }]);
  gtag("consent", "update", states([...MARKETING, "personalization_storage"], "granted"));
  gtag("consent", "update", { analytics_storage: "denied", personalization_storage: "denied" });
  assert.deepEqual(told.slice(1), [
    { experiments: true, analytics: true, marketing: true },
    { experiments: false, analytics: false, marketing: true },
  ]);
});

test("a default that grants is a yes; one that denies waits for the answer", (t) => {
  withLayer();
  const { last } = watch(t);
  gtag("consent", "default", { analytics_storage: "granted", ad_storage: "denied" });
  assert.deepEqual(last(), { ...NOTHING, analytics: true, marketing: null });
});

test("a default that comes after the answer does not undo it", (t) => {
  withLayer();
  const { last } = watch(t);
  gtag("consent", "update", { analytics_storage: "denied" });
  gtag("consent", "default", { analytics_storage: "granted" });
  assert.equal(last().analytics, false);
});

test("marketing needs every type that is mentioned; those of version 2 may be missing", (t) => {
  withLayer();
  const { last } = watch(t);
  gtag("consent", "update", { ad_storage: "granted" });
  assert.equal(last().marketing, true);
  for (const type of MARKETING) {
    gtag("consent", "update", { ...states(MARKETING, "granted"), [type]: "denied" });
    assert.equal(last().marketing, false, type);
  }
});

test("functionality stands in for personalisation where that is not mentioned", (t) => {
  withLayer();
  const { last } = watch(t);
  gtag("consent", "update", { functionality_storage: "granted" });
  assert.equal(last().experiments, true);
  gtag("consent", "update", { personalization_storage: "denied" });
  assert.equal(last().experiments, false);
});

test("commands as plain lists count too; other entries, commands and states do not", (t) => {
  withLayer(["consent", "update", { analytics_storage: "granted" }]);
  const { told } = watch(t);
  gtag("config", "G-1");
  gtag("consent", "ready", { analytics_storage: "denied" });
  gtag("consent", "update", { analytics_storage: "Denied" });
  gtag("consent", "update", { analytics_storage: false });
  gtag("consent", "update", { security_storage: "denied" });
  window.dataLayer.push({ consent: "update", analytics_storage: "denied" }, "consent", null, undefined, 7);
  assert.deepEqual(told, [{ ...NOTHING, analytics: true }]);
});

test("a default for a region: a no counts, a yes does not, for only Google's tags know where the visitor is", (t) => {
  withLayer();
  const { told } = watch(t);
  gtag("consent", "default", { analytics_storage: "granted", region: ["US"] });
  assert.deepEqual(told, [NOTHING]);
  gtag("consent", "default", { analytics_storage: "granted" });
  gtag("consent", "default", { analytics_storage: "denied", region: ["DE", "FR"] });
  assert.equal(told.at(-1).analytics, null);
  putTags(window, { analytics_storage: { default: true } });
  t.mock.timers.tick(60_000);
  assert.equal(told.at(-1).analytics, true);
});

test("what Google's tags hold counts where no command says it, and is followed", (t) => {
  openWindow();
  const tags = putTags(window, { analytics_storage: { default: false }, ad_storage: { initial: true } });
  const { told } = watch(t);
  assert.deepEqual(told, [{ ...NOTHING, analytics: null, marketing: true }]);
  tags.entries.analytics_storage.update = true;
  tags.entries.ad_storage.update = false;
  tags.changed();
  assert.deepEqual(told.at(-1), { ...NOTHING, analytics: true, marketing: false });
});

test("where command and tags disagree the stricter wins, until the tags have caught up", (t) => {
  withLayer();
  const tags = putTags(window, { analytics_storage: { update: false } });
  const { last } = watch(t);
  gtag("consent", "update", { analytics_storage: "granted" });
  assert.equal(last().analytics, false);
  tags.entries.analytics_storage.update = true; // without telling anybody
  t.mock.timers.tick(1);
  assert.equal(last().analytics, true);
});

test("a dataLayer that comes late, and one that takes another's place, are found", (t) => {
  openWindow();
  const { told } = watch(t);
  window.dataLayer = [];
  gtag("consent", "update", { analytics_storage: "granted" });
  t.mock.timers.tick(100);
  window.dataLayer = [];
  gtag("consent", "update", { analytics_storage: "denied" });
  t.mock.timers.tick(200);
  gtag("consent", "update", { ad_storage: "granted" });
  assert.deepEqual(told.map(({ analytics, marketing }) => [analytics, marketing]), [
    [undefined, undefined], [true, undefined], [false, undefined], [false, true],
  ]);
});

test("a list that another has replaced is left as it was, and is heard no more", (t) => {
  withLayer();
  const { last } = watch(t);
  const [plain, overlaid] = [window.dataLayer, []];
  window.dataLayer = overlaid;
  t.mock.timers.tick(100);
  assert.equal(Object.hasOwn(plain, "push"), false);
  putTagManager(overlaid);
  window.dataLayer = [];
  t.mock.timers.tick(200);
  overlaid.push(["consent", "update", { analytics_storage: "granted" }]);
  assert.deepEqual(last(), NOTHING);
});

test("a command is taken once: an old one that is still in the list does not come back", (t) => {
  withLayer(["consent", "update", { analytics_storage: "granted" }]);
  window.dataLayer.push = () => {}; // keeps nothing
  const { last } = watch(t);
  gtag("consent", "update", { analytics_storage: "denied" });
  t.mock.timers.tick(60_000);
  assert.equal(last().analytics, false);
});

test("an entry that cannot be read hides no other, and a dataLayer that cannot be read hides no tags", (t) => {
  const unreadable = { get 0() { throw new Error("private"); } };
  withLayer(unreadable, ["consent", "update", { analytics_storage: "denied" }]);
  assert.equal(watch(t).last().analytics, false);
  const page = openWindow();
  Object.defineProperty(page, "dataLayer", { get() { throw new Error("private"); } });
  putTags(page, { analytics_storage: { update: false } });
  assert.equal(watch(t).last().analytics, false);
});

test("commands that pass our ears, or that the list has dropped since, are not lost", (t) => {
  withLayer();
  const { last } = watch(t);
  Array.prototype.push.call(window.dataLayer, ["consent", "update", { analytics_storage: "granted" }]);
  t.mock.timers.tick(100);
  assert.equal(last().analytics, true);
  window.dataLayer.length = 0; // as Google Tag Manager does with the oldest
  gtag("consent", "update", { ad_storage: "denied" });
  assert.deepEqual(last(), { ...NOTHING, analytics: true, marketing: false });
});

// Google Tag Manager and many others put their own push over the one they find.
function putTagManager(list) {
  const before = list.push;
  const heard = [];
  list.push = function (...entries) {
    heard.push(...entries);
    before.apply(list, entries);
    return "the tag manager's answer";
  };
  return heard;
}

test("others who listen to the same list hear the same, before us and after us", (t) => {
  withLayer();
  const early = putTagManager(window.dataLayer);
  const { told } = watch(t);
  const late = putTagManager(window.dataLayer);
  const command = ["consent", "update", { analytics_storage: "granted" }];
  assert.equal(window.dataLayer.push(command, { event: "other" }), "the tag manager's answer");
  assert.deepEqual([early, late], [[command, { event: "other" }], [command, { event: "other" }]]);
  assert.equal(window.dataLayer.length, 2);
  assert.equal(told.length, 2);
});

test("what the push before ours answers and throws is what the page gets", (t) => {
  withLayer();
  window.dataLayer.push = () => 42;
  const { last } = watch(t);
  assert.equal(window.dataLayer.push(["consent", "update", { analytics_storage: "granted" }]), 42);
  assert.equal(last().analytics, true);
  window.dataLayer = Object.assign([], { push: () => { throw new RangeError("full"); } });
  t.mock.timers.tick(100);
  assert.throws(() => gtag("consent", "update", { analytics_storage: "denied" }), RangeError);
  assert.equal(last().analytics, false);
});

test("stopped, the list has its own push again, or an overlaid one that hears nothing more", (t) => {
  withLayer();
  const first = watch(t);
  first.stop();
  assert.equal(Object.hasOwn(window.dataLayer, "push"), false);
  const own = (window.dataLayer.push = (...entries) => Array.prototype.push.apply(window.dataLayer, entries));
  watch(t).stop();
  assert.equal(window.dataLayer.push, own);
  const second = watch(t);
  const late = putTagManager(window.dataLayer);
  second.stop();
  gtag("consent", "update", { analytics_storage: "granted" });
  t.mock.timers.tick(60_000);
  assert.deepEqual([late.length, window.dataLayer.length], [1, 1]);
  assert.deepEqual([first.told, second.told], [[NOTHING], [NOTHING]]);
});

test("stopped, what Google's tags tell is not passed on", (t) => {
  const tags = putTags(openWindow(), { analytics_storage: { default: false } });
  const { told, stop } = watch(t);
  stop();
  tags.entries.analytics_storage.update = true;
  tags.changed();
  assert.equal(told.length, 1);
});

test("a list that cannot be listened to is read now and then", (t) => {
  const list = [["consent", "default", { analytics_storage: "granted" }]];
  openWindow({ window: { dataLayer: Object.freeze(list) } });
  const { told } = watch(t);
  assert.deepEqual(told, [{ ...NOTHING, analytics: true }]);
});
