// When the pointer leaving the window is an event. Browsers' drivers cannot take the pointer out of a window, so the observer is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exit } from "../../www/harness/observe/exit.js";

globalThis.document ??= {};

test("leaving at the top is an event, once a page view", () => {
  const events = [];
  let leave;
  let begin;
  exit({ on: (_, name, work) => name === "mouseout" && (leave = work), begins: (work) => (begin = work), track: (name) => events.push(name) });
  const out = (more) => leave({ isTrusted: true, relatedTarget: null, clientY: -1, ...more });
  out({ clientY: 300 }); // at a side
  out({ relatedTarget: {} }); // to another element
  out({ isTrusted: false }); // a script's
  assert.deepEqual(events, []);
  out();
  out();
  assert.deepEqual(events, ["Exit Intended"]);
  begin("moved");
  out();
  assert.equal(events.length, 2);
});
