// What came into view: how far down, which parts, which marked elements, and whether the first screen was there in time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { calm, hide, named, openSmall, told, toldAtTheEnd } from "./support/small.mjs";

const sheet = (body) => ({ instead: { "/small.css": { type: "text/css", body: `body { margin: 0 } ${body}` } } });
const scrollTo = (page, share) => page.evaluate((part) => {
  window.scrollTo({ top: part * document.documentElement.scrollHeight - innerHeight, behavior: "instant" });
}, share);

// 10,000 px in ten parts; the window's height is the driver's.
const TEN = `<main>${Array.from({ length: 10 }, (_, place) => `<section id="s${place}"><h2>Part ${place}</h2></section>`).join("")}</main>`;
const TALL = sheet("section { height: 1000px }");

test("the deepest point of a page view is told once, with what was seen on the way", async (t) => {
  const small = await openSmall(t, `<h1>Title</h1>${TEN}`, TALL);
  await calm(small.page, 700);
  await scrollTo(small.page, 0.45);
  await calm(small.page, 900);
  await scrollTo(small.page, 0.2);
  const [scrolled, ...more] = named(await toldAtTheEnd(small), "Page Scrolled");
  assert.deepEqual(more, []);
  assert.ok(Math.abs(scrolled.percent_scrolled - 45) <= 1, `${scrolled.percent_scrolled} %`);
  assert.equal(scrolled.scrolled, true);
  assert.deepEqual(scrolled.landmarks.slice(0, 2), ["Title", "s0"]);
  assert.ok(scrolled.landmarks.includes("s4") && !scrolled.landmarks.includes("s7"), scrolled.landmarks.join());
  assert.ok(!scrolled.landmarks.includes("Part 0"), "a heading within a named section is not told again");
});

test("a page that fits its window was seen to the end, without scrolling", async (t) => {
  const small = await openSmall(t, "<h2>Robin, call +44 20 7946 0958</h2>");
  await calm(small.page, 700);
  const [scrolled] = named(await toldAtTheEnd(small), "Page Scrolled");
  assert.deepEqual([scrolled.percent_scrolled, scrolled.scrolled, scrolled.landmarks], [100, false, ["Robin, call [phone]"]]);
});

test("each address has a depth of its own, and thresholds of its own", async (t) => {
  const small = await openSmall(t, TEN, { ...TALL, tracking: { scroll: { thresholds: [25, 50, 75], landmarks: false } } });
  await scrollTo(small.page, 0.6);
  await calm(small.page, 500);
  await small.page.evaluate(() => {
    history.pushState({}, "", "/small/two");
    document.title = "Two";
    scrollTo({ top: 0, behavior: "instant" });
  });
  await calm(small.page, 800);
  await scrollTo(small.page, 0.3);
  await calm(small.page, 500);
  const events = await toldAtTheEnd(small, { name: "Page Scrolled", count: 2 });
  const depths = named(events, "Page Scrolled").map(({ at, percent_scrolled: percent, landmarks }) => [at, Math.round(percent / 10) * 10, landmarks]);
  assert.deepEqual(depths, [["/small", 60, undefined], ["/small/two", 30, undefined]]);
  const passed = named(events, "Scroll Depth Reached").map(({ at, percent_scrolled: percent }) => [at, percent]);
  assert.deepEqual(passed, [["/small", 25], ["/small", 50], ["/small/two", 25]]);
});

test("a page that is looked at again is told again where it was seen further down, and only there", async (t) => {
  const small = await openSmall(t, TEN, { ...TALL, tracking: { scroll: { landmarks: false } } });
  await scrollTo(small.page, 0.3);
  await calm(small.page, 300);
  await hide(small.page);
  await hide(small.page, "visible");
  await scrollTo(small.page, 0.2);
  await calm(small.page, 300);
  await hide(small.page);
  await hide(small.page, "visible");
  await scrollTo(small.page, 0.7);
  await calm(small.page, 300);
  await hide(small.page);
  const depths = named(await told(small), "Page Scrolled").map(({ percent_scrolled: percent }) => Math.round(percent / 10) * 10);
  assert.deepEqual(depths, [30, 70]);
});

test("where the content scrolls inside the page, that counts", async (t) => {
  const css = sheet("body { overflow: hidden; height: 100vh } #pane { height: 100vh; overflow: auto } section { height: 1000px } #list { height: 100px; overflow: auto }");
  const small = await openSmall(t, `<div id="pane">${TEN}</div>`, { ...css, tracking: { scroll: { landmarks: false } } });
  await small.page.evaluate(() => {
    const pane = document.querySelector("#pane");
    pane.scrollTo({ top: pane.scrollHeight / 2 - pane.clientHeight, behavior: "instant" });
  });
  await calm(small.page, 300);
  const [scrolled] = named(await toldAtTheEnd(small), "Page Scrolled");
  assert.ok(Math.abs(scrolled.percent_scrolled - 50) <= 1, `${scrolled.percent_scrolled} %`);
});

const OFFER = '<div id="pad"></div><div id="offer" data-privateer-impression="Promotion Viewed" data-privateer-property-promotion-id="p1">Offer</div><div data-privateer-impression id="other">Other</div>';
const OFFERS = sheet("#pad { height: 3000px } [data-privateer-impression] { height: 200px }");

test("a marked element that stays half in view for a second is told once a page view, by its own name", async (t) => {
  const small = await openSmall(t, OFFER, OFFERS);
  await calm(small.page, 1_300);
  await scrollTo(small.page, 1);
  await calm(small.page, 1_400);
  await scrollTo(small.page, 0.2);
  await calm(small.page, 200);
  await scrollTo(small.page, 1);
  await calm(small.page, 1_400);
  let events = (await told(small)).filter(({ name }) => ["Promotion Viewed", "Element Viewed"].includes(name));
  assert.deepEqual(events.map(({ name, element_path: path, promotion_id: id }) => [name, path, id]), [["Promotion Viewed", "div#offer", "p1"], ["Element Viewed", "div#other", undefined]]);
  await small.page.evaluate(() => history.pushState({}, "", "/small/two"));
  await calm(small.page, 1_800);
  events = (await told(small)).filter(({ name, at }) => name === "Promotion Viewed" && at === "/small/two");
  assert.equal(events.length, 1, "another page view, another impression");
});

test("what flies past, shows less than half, or is on a hidden page was not looked at", async (t) => {
  const small = await openSmall(t, OFFER, { ...OFFERS, tracking: { scroll: false } });
  await small.page.evaluate(async () => {
    scrollTo({ top: document.documentElement.scrollHeight - innerHeight, behavior: "instant" });
    await new Promise((done) => setTimeout(done, 400)); // by the page's clock, not by the driver's
    scrollTo({ top: 0, behavior: "instant" });
  });
  await calm(small.page, 1_300);
  // 90 of the offer's 200 px.
  await small.page.evaluate(() => scrollTo({ top: document.querySelector("#offer").offsetTop + 90 - innerHeight, behavior: "instant" }));
  await calm(small.page, 1_400);
  await hide(small.page);
  await scrollTo(small.page, 1);
  await calm(small.page, 1_400);
  assert.deepEqual((await told(small)).filter(({ name }) => /Viewed$/.test(name) && name !== "First Screen Viewed"), []);
  await hide(small.page, "visible");
  await calm(small.page, 1_400);
  assert.equal(named(await told(small), "Promotion Viewed").length, 1, "it is, once the page is");
});

test("an element larger than the window is seen when it fills half of that", async (t) => {
  const small = await openSmall(t, '<div data-privateer-impression="Story Viewed">Story</div>', sheet("div { height: 9000px }"));
  await calm(small.page, 1_400);
  assert.equal(named(await told(small), "Story Viewed").length, 1);
});

test("an element that comes later is seen, too", async (t) => {
  const small = await openSmall(t, "<p>Words</p>");
  await small.page.evaluate(() => {
    const late = document.createElement("p");
    late.dataset.privateerImpression = "Late Viewed";
    late.textContent = "Late";
    document.body.append(late);
  });
  await calm(small.page, 2_000);
  assert.equal(named(await told(small), "Late Viewed").length, 1);
});

// The time counts from when the visitor set out. Where the page itself was not looked at in time, that says nothing: another visitor comes.
const screens = async (t, body, { within = 3_000, ...options } = {}) => {
  for (let tries = 3; ; tries -= 1) {
    const small = await openSmall(t, body, options);
    const looked = await small.page.evaluate(() => performance.now());
    if (looked > within - 500 && tries > 1) continue;
    await calm(small.page, within + 1_000);
    return named(await told(small), "First Screen Viewed");
  }
};

test("a headline and a marked button that are there in time", async (t) => {
  const [screen, ...more] = await screens(t, '<h1>Title</h1><button data-privateer-event="Go">Go</button>');
  assert.deepEqual(more, []);
  assert.deepEqual([screen.within_msec, screen.hero_in_time, screen.cta_in_time], [3000, true, true]);
  for (const ms of [screen.hero_msec, screen.cta_msec]) assert.ok(ms > 0 && ms <= 3000, `${ms} ms`);
});

test("a call to action below the first screen was not there in time, and marked elements come before the usual ones", async (t) => {
  const body = '<h1>Not this</h1><p data-privateer-hero>Title</p><button data-privateer-event="Go">Not this</button><div id="pad"></div><a href="#x" data-privateer-cta>Go</a>';
  const [screen] = await screens(t, body, sheet("h1, button { position: absolute; top: 4000px } #pad { height: 3000px }"));
  assert.deepEqual([screen.hero_in_time, screen.cta_in_time, screen.cta_msec], [true, false, null]);
});

test("a first screen that comes after the time is late, and `within_ms` sets the time", async (t) => {
  const late = "setTimeout(() => document.querySelector('h1').classList.add('in'), 2000);";
  const css = sheet("h1 { position: absolute; top: 5000px } h1.in { top: 0 }");
  const options = { ...css, first: late, tracking: { first_screen: { within_ms: 1500 } }, within: 1_500 };
  const [screen] = await screens(t, "<h1>Title</h1>", options);
  assert.deepEqual([screen.within_msec, screen.hero_in_time, screen.cta_in_time], [1500, false, null]);
});

test("a page without a headline and a marked button has no rule to keep", async (t) => {
  assert.deepEqual(await screens(t, "<p>Words</p><button>Go</button>"), []);
});

const OFF = { scroll: "Page Scrolled", impressions: "Element Viewed", first_screen: "First Screen Viewed" };

test("each can be switched off", async (t) => {
  for (const [name, event] of Object.entries(OFF)) {
    const small = await openSmall(t, "<h1 data-privateer-impression>Title</h1>", { tracking: { [name]: false } });
    await calm(small.page, 3_700);
    await hide(small.page);
    const events = await told(small);
    const others = Object.values(OFF).filter((other) => other !== event);
    assert.deepEqual(named(events, event), []);
    for (const other of others) assert.equal(named(events, other).length, 1, other);
  }
});
