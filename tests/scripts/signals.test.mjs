// What consent tools say, as IAB's framework and the browser's Global Privacy Control put it; consent mode has a file of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gpcSays, hasSignals, settle } from "../../www/harness/consent.js";
import { watchSignals } from "../../www/harness/signals.js";
import { PURPOSES, strictest, together } from "../../www/harness/signals/purposes.js";
import { putStub, putTool } from "./support/consent_tool.mjs";
import { openWindow } from "./support/window.mjs";

const all = (value) => ({ experiments: value, analytics: value, marketing: value });
const NOTHING = all(undefined);
const WAITING = all(null);

// Watches until the test ends; the timers are the test's own.
function watch(t, settings = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const stop = watchSignals(settings, (says) => told.push(says));
  t.after(stop);
  return { told, stop, last: () => told.at(-1) };
}

test("without any signal it says once that nothing is said", (t) => {
  openWindow();
  assert.equal(hasSignals(), false);
  const { told } = watch(t);
  t.mock.timers.tick(120_000);
  assert.deepEqual(told, [NOTHING]);
});

test("each purpose is a yes with the consents it needs, and a no without", (t) => {
  const tool = putTool(openWindow());
  const { last } = watch(t);
  for (const [purposes, experiments, analytics, marketing] of [
    [[], false, false, false],
    [[1], false, false, false],
    [[1, 7], false, true, false],
    [[1, 8], true, true, false],
    [[1, 9], false, true, false],
    [[1, 10], true, false, false],
    [[1, 3, 4], false, false, true],
    [[1, 2, 3], false, false, true],
    [[1, 2], false, false, false],
    [[1, 3], false, false, false],
    [[1, 4], false, false, false],
    [[2, 3, 4, 7, 8, 9, 10], false, false, false],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], true, true, true],
  ]) {
    tool.say("useractioncomplete", purposes);
    assert.deepEqual(last(), { experiments, analytics, marketing }, `purposes ${purposes}`);
  }
});

test("a further consent never takes a yes away", (t) => {
  const tool = putTool(openWindow());
  const { last } = watch(t);
  const ids = [1, 2, 3, 4, 7, 8, 9, 10];
  const given = (bits) => ids.filter((_, place) => bits & (1 << place));
  const answers = Array.from({ length: 256 }, (_, bits) => {
    tool.say("tcloaded", given(bits));
    return last();
  });
  for (let bits = 0; bits < 256; bits += 1) {
    for (let more = 1; more < 256; more *= 2) {
      for (const purpose of PURPOSES) assert.ok(!answers[bits][purpose] || answers[bits | more][purpose], `${given(bits)} and one more`);
    }
  }
});

test("only a consent that is true counts; legitimate interest and vendors do not", (t) => {
  const tool = putTool(openWindow());
  const { last } = watch(t);
  const purpose = { consents: { 1: 1, 7: "true", 8: {} }, legitimateInterests: { 1: true, 7: true, 8: true } };
  tool.say("tcloaded", [], { purpose, vendor: { consents: { 755: true } } });
  assert.deepEqual(last(), all(false));
});

test("until the visitor has answered, the question waits", (t) => {
  const tool = putTool(openWindow());
  const { told } = watch(t);
  tool.say("cmpuishown", []);
  assert.deepEqual(told, [WAITING]);
  tool.say("useractioncomplete", [1, 7]);
  assert.deepEqual(told, [WAITING, { experiments: false, analytics: true, marketing: false }]);
});

test("while the question is on the screen again, the last answer holds", (t) => {
  const tool = putTool(openWindow());
  const { told } = watch(t);
  tool.say("tcloaded", [1, 2, 3, 7, 8]);
  tool.say("cmpuishown", []);
  assert.deepEqual(told, [WAITING, all(true)]);
  tool.say("useractioncomplete", []);
  assert.deepEqual(told.at(-1), all(false));
});

test("where GDPR does not apply nothing is said, and where nobody knows yet it waits", (t) => {
  const tool = putTool(openWindow(), { gdprApplies: undefined });
  const { told } = watch(t);
  tool.say("tcloaded", [1, 2, 3, 7, 8]);
  tool.say(undefined, [], { gdprApplies: false });
  tool.say(undefined, [], { gdprApplies: true });
  assert.deepEqual(told, [WAITING, NOTHING, WAITING]);
});

test("a string of the global scope is no answer", (t) => {
  const tool = putTool(openWindow());
  const { last } = watch(t);
  tool.say("tcloaded", [1, 2, 3, 7, 8], { isServiceSpecific: false });
  assert.deepEqual(last(), WAITING);
});

test("a stub keeps the question until the tool has loaded", (t) => {
  const page = openWindow();
  const kept = putStub(page);
  assert.equal(hasSignals(), true);
  const { told, stop } = watch(t);
  assert.deepEqual([told, kept.length], [[WAITING], 1]);
  const tool = putTool(page, { kept });
  tool.say("tcloaded", [1, 7]);
  assert.deepEqual(told.at(-1), { experiments: false, analytics: true, marketing: false });
  stop();
  assert.equal(tool.listeners.size, 0);
});

test("a tool that forgets what its stub was asked is asked again, once", (t) => {
  const page = openWindow();
  putStub(page);
  const { last } = watch(t);
  const tool = putTool(page);
  t.mock.timers.tick(60_000);
  tool.say("tcloaded", [1, 10]);
  assert.deepEqual(last(), { experiments: true, analytics: false, marketing: false });
  assert.equal(tool.listeners.size, 1);
});

test("a tool that was heard is not asked again, even if somebody puts theirs over it", (t) => {
  const page = openWindow();
  const tool = putTool(page);
  watch(t);
  const inner = page.__tcfapi;
  page.__tcfapi = (...question) => inner(...question);
  t.mock.timers.tick(60_000);
  assert.equal(tool.listeners.size, 1);
});

test("what is no function is no tool", (t) => {
  openWindow({ window: { __tcfapi: { soon: true } } });
  assert.deepEqual(watch(t).told, [NOTHING]);
});

for (const [when, pass] of [
  ["100 ms later", (t) => t.mock.timers.tick(100)],
  ["half a minute later", (t) => t.mock.timers.tick(30_000)],
  ["as the page has loaded", () => window.dispatchEvent(new Event("load"))],
  ["as its document is read", () => document.dispatchEvent(new Event("readystatechange"))],
]) {
  test(`a tool that comes late is found ${when}`, (t) => {
    const page = openWindow();
    const { told } = watch(t);
    putTool(page).say("tcloaded", [1, 7]);
    pass(t);
    assert.deepEqual(told[0], NOTHING);
    assert.deepEqual(told.at(-1), { experiments: false, analytics: true, marketing: false });
  });
}

test("a tool that does not answer, or throws, leaves the question open", (t) => {
  const page = openWindow();
  page.__tcfapi = () => { throw new Error("not today"); };
  const { told } = watch(t);
  t.mock.timers.tick(60_000);
  assert.deepEqual(told, [WAITING]);
});

test("a refused registration is no answer", (t) => {
  openWindow().__tcfapi = (command, version, callback) => callback({ gdprApplies: false }, false);
  assert.deepEqual(watch(t).told, [WAITING]);
});

test("stopped, it tells nothing more and takes its listener away", (t) => {
  const tool = putTool(openWindow());
  const { told, stop } = watch(t);
  stop();
  assert.equal(tool.listeners.size, 0);
  tool.say("tcloaded", [1, 7]);
  const another = putTool(window);
  window.dispatchEvent(new Event("load"));
  t.mock.timers.tick(60_000);
  assert.deepEqual([told, another.listeners.size], [[WAITING], 0]);
});

test("stopped before anything came, it asks nobody any more", (t) => {
  const page = openWindow();
  watch(t).stop();
  const tool = putTool(page);
  page.dispatchEvent(new Event("load"));
  t.mock.timers.tick(60_000);
  assert.equal(tool.listeners.size, 0);
});

test("a listener that throws stops nobody, the consent tool least of all", (t) => {
  const tool = putTool(openWindow());
  const calls = [];
  t.after(watchSignals({}, (says) => {
    calls.push(says);
    throw new Error("my own mistake");
  }));
  tool.say("tcloaded", [1, 7]);
  assert.equal(calls.length, 2);
});

test("Global Privacy Control is a no to marketing, or to analytics too where the site says so", (t) => {
  openWindow({ navigator: { globalPrivacyControl: true } });
  assert.deepEqual(gpcSays(), { marketing: false });
  assert.deepEqual(gpcSays(true), { marketing: false });
  assert.deepEqual(gpcSays("analytics"), { marketing: false, analytics: false });
  assert.deepEqual(gpcSays(false), {});
  assert.deepEqual(watch(t).told, [{ ...NOTHING, marketing: false }]);
});

test("a browser that does not ask for privacy has not said yes", (t) => {
  for (const globalPrivacyControl of [false, undefined, null, "1", 1]) {
    openWindow({ navigator: { globalPrivacyControl } });
    assert.deepEqual(gpcSays("analytics"), {});
  }
});

test("no consent tool turns the browser's no into a yes", (t) => {
  const tool = putTool(openWindow({ navigator: { globalPrivacyControl: true } }));
  const { last } = watch(t, { gpc: "analytics" });
  tool.say("tcloaded", [1, 2, 3, 4, 7, 8, 9, 10]);
  assert.deepEqual(last(), { experiments: true, analytics: false, marketing: false });
});

test("signals: false hears the browser only", (t) => {
  putTool(openWindow({ navigator: { globalPrivacyControl: true } })).say("tcloaded", []);
  assert.deepEqual(watch(t, { signals: false }).told, [{ ...NOTHING, marketing: false }]);
});

test("of several voices the stricter wins, in whatever order they speak", () => {
  const order = [false, null, true, undefined]; // from the strictest
  for (const a of order) {
    for (const b of order) {
      const expected = order[Math.min(order.indexOf(a), order.indexOf(b))];
      assert.equal(strictest([a, b]), expected);
      assert.equal(strictest([b, a, b]), expected);
      assert.deepEqual(together([all(a), all(b)]), all(expected));
    }
  }
  assert.equal(strictest([]), undefined);
});

test("what holds: the browser's no, else the page's word, else the signals, else what the site begins with", () => {
  for (const [gpc, word, signal, expected] of [
    [undefined, undefined, undefined, "initial"],
    [undefined, undefined, null, "pending"],
    [undefined, undefined, true, "granted"],
    [undefined, undefined, false, "denied"],
    [undefined, true, false, "granted"],
    [undefined, false, true, "denied"],
    [undefined, true, null, "granted"],
    [false, true, true, "denied"],
    [false, undefined, undefined, "denied"],
  ]) assert.equal(settle("initial", gpc, word, signal), expected, `${[gpc, word, signal]}`);
});
