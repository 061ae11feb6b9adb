// Whatever __tcfapi, dataLayer and the tags do, nothing is thrown, and nothing but a consent is taken for one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { quietly } from "../../www/harness/quietly.js";
import { watchSignals } from "../../www/harness/signals.js";
import { PURPOSES } from "../../www/harness/signals/purposes.js";
import { openWindow } from "./support/window.mjs";

const ROUNDS = 3000;
const SEED = Number(process.env.SEED ?? 20_251);

// Mulberry32 (Tommy Ettinger, public domain), so that a failing round can be had again.
function chance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { one: (list) => list[Math.floor(next() * list.length)], below: (count) => Math.floor(next() * count) };
}

const thrower = () => { throw new Error("hostile"); };
const trap = new Proxy(function () {}, Object.fromEntries(
  ["get", "set", "has", "apply", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "defineProperty", "deleteProperty"].map((name) => [name, thrower]),
));
const ODD = [null, undefined, 0, -1, NaN, "", "consent", 7n, Symbol("s"), [], {}, Object.create(null), () => {}, thrower, trap, new Date(NaN)];

const NAMES = [
  0, 1, 2, 3, 7, "analytics_storage", "ad_storage", "region", "gdprApplies", "eventStatus", "purpose", "consents", "listenerId",
  "isServiceSpecific", "entries", "update", "default", "addListener", "__tcfapiReturn", "callId", "returnValue", "push",
];
const WORDS = ["tcloaded", "denied", "consent", "update", false];

// Everything that may be odd, and no consent anywhere: no state is granted, no purpose is true.
function value(luck, depth = 0) {
  if (depth > 3 || luck.below(3) === 0) return luck.one(ODD);
  const made = luck.one([[], {}]);
  for (let left = luck.below(6); left; left -= 1) {
    const inside = luck.below(2) ? value(luck, depth + 1) : luck.one(WORDS);
    const property = luck.below(3) ? { value: inside, writable: true } : { get: thrower };
    Object.defineProperty(made, luck.one(NAMES), { ...property, configurable: true, enumerable: true });
  }
  return made;
}

// What our callback throws into the tool is kept, for nothing may be.
const thrown = [];

function hostileTool(luck) {
  return (command, version, callback) => {
    for (let left = luck.below(4); left; left -= 1) {
      try {
        callback(value(luck), luck.one([true, true, false, value(luck)]));
      } catch (error) {
        thrown.push(error);
      }
    }
    if (luck.below(3) === 0) thrower();
    return value(luck);
  };
}

function hostileWindow(luck) {
  const navigator = luck.below(8) ? {} : { get globalPrivacyControl() { return thrower(); } };
  const page = openWindow({ navigator });
  for (const [name, made] of [
    ["__tcfapi", luck.one([hostileTool(luck), hostileTool(luck), value(luck)])],
    ["dataLayer", luck.one([[value(luck), value(luck), ["consent", value(luck), value(luck)]], value(luck)])],
    ["google_tag_data", luck.one([{ ics: { entries: value(luck), addListener: luck.one([thrower, value(luck)]) } }, value(luck)])],
    ["frames", value(luck)],
  ]) {
    if (luck.below(8) === 0) Object.defineProperty(page, name, { get: thrower, configurable: true });
    else Object.defineProperty(page, name, { value: made, configurable: true, writable: true });
  }
  if (luck.below(4) === 0) page.parent = globalThis.parent = luck.one([value(luck), { frames: value(luck), postMessage: thrower }]);
  return page;
}

const message = (data, source) => Object.assign(new Event("message"), { data, source });

test(`${ROUNDS} hostile pages, from seed ${SEED}`, (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (let round = 0; round < ROUNDS; round += 1) {
    const luck = chance(SEED + round);
    const page = hostileWindow(luck);
    const honest = quietly(() => Array.isArray(page.dataLayer) && page.dataLayer.push === Array.prototype.push);
    const told = [];
    const stop = watchSignals(luck.one([{}, undefined, null, { gpc: "analytics" }]), (says) => {
      told.push(says);
      if (luck.below(4) === 0) thrower();
    });
    for (const data of [value(luck), JSON.stringify({ __tcfapiReturn: {} }), "{"]) page.dispatchEvent(message(data, page.parent));
    // A hostile list throws for itself; what an honest one throws would be ours.
    if (honest) page.dataLayer.push(value(luck), ["consent", "update", value(luck)]);
    t.mock.timers.tick(60_000);
    stop();
    assert.deepEqual(thrown, [], `round ${round} threw into the tool`);
    assert.ok(told.length > 0, `round ${round} was told nothing`);
    for (const says of told) {
      assert.deepEqual(Object.keys(says), PURPOSES);
      for (const purpose of PURPOSES) assert.ok([false, null, undefined].includes(says[purpose]), `round ${round} took ${purpose} for granted`);
    }
  }
});
