// A share of visitors: of some events a site wants not everybody's. Who is among them is so on every page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { quiet } from "./support/ledger.mjs";
import { call, named } from "./support/privateer.mjs";
import { startQuick } from "./support/remote.mjs";

test("of a share of 0 nothing is recorded, of 1 all, and an event says by which share it is there", async (t) => {
  const site = await startQuick(t, { site: ({ tracking }) => { tracking.sample = { "Nobody's": 0, "Everybody's": 1 }; } });
  const page = await site.open();
  for (const name of ["Nobody's", "Everybody's", "Plain", "Nobody's", "Everybody's"]) await call(page, "track", name);
  const { recorded, delivered, dropped } = await call(page, "flush");
  assert.deepEqual([recorded, delivered, dropped], [4, 4, 0], "what is not wanted was not lost");
  await quiet(site);
  const told = (await site.events()).filter(({ type }) => type === "track");
  assert.deepEqual(told.map(({ event, context }) => [event, context.sampleRate]), [["Everybody's", 1], ["Plain", undefined], ["Everybody's", 1]]);
});

test("page views are sampled by the name of their kind, whatever the page's title", async (t) => {
  const of = (share) => ({ site: ({ tracking }) => { tracking.sample = { page: share }; } });
  const none = await startQuick(t, of(0));
  const page = await none.open();
  await call(page, "track", "Plain");
  await call(page, "flush");
  assert.deepEqual((await none.events()).map(({ type }) => type), ["track"]);
  const all = await startQuick(t, of(1));
  await all.open();
  assert.equal((await all.event(({ type }) => type === "page", "the page view")).context.sampleRate, 1);
});

const VISITORS = 100;

// Each start is another visitor's page: theirs whom a server's cookie names. Nothing else is remembered. Written a hundred times
// within a second, a real cookie is sometimes read as it was before: in WebKitGTK.
const COME = `
  import { start } from "/pkg/index.js";
  let cookie = "";
  Object.defineProperty(document, "cookie", { get: () => cookie, set() {} });
  window.come = async (visitors, names) => {
    const site = await (await fetch("/site.json")).json();
    for (let visitor = 0; visitor < visitors; visitor += 1) {
      cookie = "sid=visitor-" + visitor;
      const privateer = await start({ site });
      for (const name of [...names, ...names]) privateer.track(name);
      await privateer.flush();
    }
    return true;
  };`;

const startForMany = (t) => startQuick(t, {
  pages: { "/many": '<script type="module" src="/come.js"></script>' },
  scripts: { "/come.js": COME },
});

/** The same hundred visitors come to another page, and do each thing twice: those of whom it was recorded, by name. */
async function amongThem(site, page, sample) {
  site.define((definition) => {
    definition.identity = { storage: "memory", cookie: "sid" };
    definition.tracking = { pageviews: false, observe: false, engagement: false, sample };
  });
  const before = (await site.events()).length;
  await page.goto(`${site.url}/many`);
  await page.evaluate((...given) => window.come(...given), VISITORS, Object.keys(sample));
  const events = (await site.events()).slice(before);
  return Object.fromEntries(Object.entries(sample).map(([name, share]) => {
    const theirs = named(events, name);
    assert.ok(theirs.every(({ context }) => context.sampleRate === share), `${name} says its share`);
    const visitors = [...new Set(theirs.map(({ anonymousId }) => anonymousId))].sort();
    assert.equal(theirs.length, 2 * visitors.length, `${name}: of a visitor both or none`);
    return [name, visitors];
  }));
}

test("half of the visitors are a half, the same ones on every page, and a larger share loses none of them", async (t) => {
  const site = await startForMany(t);
  const page = await site.open("/plain");
  const half = await amongThem(site, page, { Tried: 0.5, "Nobody's": 0, "Everybody's": 1 });
  assert.deepEqual([half["Nobody's"].length, half["Everybody's"].length], [0, VISITORS]);
  // Five standard deviations of √(100 · ½ · ½) around a half.
  assert.ok(half.Tried.length >= 25 && half.Tried.length <= 75, `${half.Tried.length} of ${VISITORS}`);
  assert.deepEqual((await amongThem(site, page, { Tried: 0.5 })).Tried, half.Tried, "on another page");
  const most = await amongThem(site, page, { Tried: 0.8 });
  assert.ok(most.Tried.length > half.Tried.length && most.Tried.length < VISITORS, `${most.Tried.length} of ${VISITORS}`);
  assert.deepEqual(half.Tried.filter((visitor) => !most.Tried.includes(visitor)), []);
});

test("who is in the half of one event need not be in that of another", async (t) => {
  const site = await startForMany(t);
  const { One, Other } = await amongThem(site, await site.open("/plain"), { One: 0.5, Other: 0.5 });
  const both = One.filter((visitor) => Other.includes(visitor)).length;
  // Five standard deviations of √(100 · ¼ · ¾) around a quarter.
  assert.ok(both >= 4 && both <= 46, `${both} of ${VISITORS} are in both`);
});
