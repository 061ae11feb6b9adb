// A consent tool in a page that holds this one in a frame, asked by messages; tests/page asks a real one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watchSignals } from "../../www/harness/signals.js";
import { putTool } from "./support/consent_tool.mjs";
import { openWindow } from "./support/window.mjs";

const WAITING = { experiments: null, analytics: null, marketing: null };
const NOTHING = { experiments: undefined, analytics: undefined, marketing: undefined };
const MEASURED = { experiments: false, analytics: true, marketing: false };

// Windows within windows, the outermost first, as far as scripts of another site may look into them.
function nest(count) {
  const windows = [];
  for (let level = 0; level < count; level += 1) {
    const frames = { get __tcfapiLocator() { throw new DOMException("another site's", "SecurityError"); } };
    windows.push({ frames, parent: windows.at(-1) });
  }
  windows[0].parent = windows[0];
  return windows;
}

// A tool that answers messages from the frame, by messages to it.
function answering(above, page, wrap = (data) => data) {
  const tool = putTool(above);
  const send = (callId) => (returnValue, success) => tell(page, wrap({ __tcfapiReturn: { returnValue, success, callId } }), above);
  above.frames = { __tcfapiLocator: {} };
  above.postMessage = ({ __tcfapiCall: { command, version, parameter, callId } }) => above.__tcfapi(command, version, send(callId), parameter);
  return tool;
}

const tell = (page, data, source) => page.dispatchEvent(Object.assign(new Event("message"), { data, source }));

function watch(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const stop = watchSignals({}, (says) => told.push(says));
  t.after(stop);
  return { told, stop };
}

for (const [how, wrap] of [["objects", (data) => data], ["texts", JSON.stringify]]) {
  test(`a tool two windows above answers with ${how}, until it is stopped`, (t) => {
    const [top, between] = nest(2);
    const page = openWindow({ window: { parent: between } });
    const tool = answering(top, page, wrap);
    const { told, stop } = watch(t);
    tool.say("tcloaded", [1, 7]);
    assert.deepEqual(told, [WAITING, MEASURED]);
    stop();
    assert.equal(tool.listeners.size, 0);
  });
}

test("only the window that was asked can answer, and only the question that was put", (t) => {
  const [top] = nest(1);
  const page = openWindow({ window: { parent: top } });
  let asked;
  top.frames = { __tcfapiLocator: {} };
  top.postMessage = ({ __tcfapiCall }) => (asked = __tcfapiCall);
  const { told } = watch(t);
  const returnValue = { gdprApplies: true, eventStatus: "tcloaded", purpose: { consents: { 1: true, 7: true } } };
  const answer = (callId) => ({ __tcfapiReturn: { returnValue, success: true, callId } });
  tell(page, answer(asked.callId), page);
  tell(page, answer("another"), top);
  assert.deepEqual(told, [WAITING]);
  tell(page, answer(asked.callId), top);
  assert.deepEqual(told, [WAITING, MEASURED]);
});

test("messages of others are passed over", (t) => {
  const [top] = nest(1);
  const page = openWindow({ window: { parent: top } });
  const tool = answering(top, page);
  const { told } = watch(t);
  for (const data of [null, "", "{", 7, {}, { __tcfapiReturn: null }, []]) tell(page, data, top);
  tool.say("tcloaded", [1, 7]);
  assert.deepEqual(told, [WAITING, MEASURED]);
});

test("a tool in this window comes before one above", (t) => {
  const [top] = nest(1);
  const page = openWindow({ window: { parent: top } });
  const above = answering(top, page);
  putTool(page).say("tcloaded", [1, 7]);
  assert.deepEqual(watch(t).told, [MEASURED]);
  assert.equal(above.listeners.size, 0);
});

test("in a frame without any tool nothing is said, however deep it is", (t) => {
  openWindow({ window: { parent: nest(50).at(-1) } });
  assert.deepEqual(watch(t).told, [NOTHING]);
});
