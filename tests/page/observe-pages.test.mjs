// Page views of a page that moves without being loaded: each address once, with the title it has in the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ENGINE } from "./support/browser.mjs";
import { call } from "./support/privateer.mjs";
import { calm, named, openSmall, told } from "./support/small.mjs";

const BODY = '<h1>Small</h1><a id="hash" href="#part">Part</a><h2 id="part">Part</h2>';

const go = (page, how, ...args) => page.evaluate((method, given) => { history[method](...given); }, how, args);

const views = async (small) => named(await told(small), "page").map(({ at, title, navigation_type: how }) => [at, title, how]);

const FIRST = ["/small", "Small", undefined];

test("a new address is a page view, with the title that comes after it", async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(() => {
    history.pushState({}, "", "/small/two?a=1");
    setTimeout(() => { document.title = "Two, loading"; }, 30);
    setTimeout(() => { document.title = "Two"; }, 60);
  });
  assert.deepEqual(await views(small), [FIRST, ["/small/two?a=1", "Two", "push"]]);
});

test("back and forward are page views", async (t) => {
  const small = await openSmall(t, BODY);
  await go(small.page, "pushState", {}, "", "/small/two");
  await calm(small.page, 600);
  await go(small.page, "back");
  assert.deepEqual(await views(small), [FIRST, ["/small/two", "Small", "push"], ["/small", "Small", "traverse"]]);
});

test("the same address again, tidied parameters and fragments are none", async (t) => {
  const small = await openSmall(t, BODY);
  await go(small.page, "replaceState", { a: 1 }, "", "/small");
  await go(small.page, "pushState", { a: 2 }, "", "/small");
  await go(small.page, "replaceState", {}, "", "/small?tidied=1");
  await go(small.page, "replaceState", {}, "", "/small");
  await small.page.click("#hash");
  await small.page.evaluate(() => { location.hash = "other"; });
  await go(small.page, "back");
  assert.deepEqual(await views(small), [FIRST]);
});

test("a replaced path is a page view", async (t) => {
  const small = await openSmall(t, BODY);
  await go(small.page, "replaceState", {}, "", "/small/signed-in");
  assert.deepEqual(await views(small), [FIRST, ["/small/signed-in", "Small", "replace"]]);
});

test("with `hash`, another fragment is another page", async (t) => {
  const small = await openSmall(t, BODY, { tracking: { navigation: { hash: true } } });
  await small.page.click("#hash");
  const seen = named(await told(small), "page");
  assert.deepEqual(seen.map(({ url }) => new URL(url).hash), ["", "#part"]);
});

test("an address that is sent on is one page view", async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(() => {
    history.pushState({}, "", "/small/account");
    setTimeout(() => history.replaceState({}, "", "/small/sign-in"), 20);
  });
  assert.deepEqual(await views(small), [FIRST, ["/small/sign-in", "Small", "push"]]);
});

test("two addresses in a row are two page views, each with its own", async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(() => {
    history.pushState({}, "", "/small/two");
    document.title = "Two";
    history.pushState({}, "", "/small/three");
    document.title = "Three";
  });
  assert.deepEqual(await views(small), [FIRST, ["/small/two", "Two", "push"], ["/small/three", "Three", "push"]]);
});

test("an event that follows at once belongs to the new address, and comes after its page view", async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(async () => {
    const privateer = await window.privateer;
    history.pushState({}, "", "/small/two");
    document.title = "Two";
    privateer.track("Product Viewed", {});
  });
  const events = (await told(small)).filter(({ name, at }) => ["page", "Product Viewed"].includes(name) && at === "/small/two");
  assert.deepEqual(events.map(({ name }) => name), ["page", "Product Viewed"]);
});

test("a page that tells its own page views is not told of them twice", async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(async () => {
    const privateer = await window.privateer;
    history.pushState({}, "", "/small/two");
    document.title = "Two";
    setTimeout(() => privateer.page({ own: true }), 20);
  });
  const seen = named(await told(small), "page");
  assert.deepEqual(seen.map(({ at, own }) => [at, own]), [["/small", undefined], ["/small/two", true]]);
});

test("`page` records one with the present address", async (t) => {
  const small = await openSmall(t, BODY, { tracking: { navigation: false } });
  await go(small.page, "pushState", {}, "", "/small/two");
  await call(small.page, "page", { step: 2 });
  const seen = named(await told(small), "page");
  assert.deepEqual(seen.map(({ at, step }) => [at, step]), [["/small", undefined], ["/small/two", 2]]);
});

for (const tracking of [{ navigation: false }, { pageviews: false }, { observe: false }]) {
  test(`${JSON.stringify(tracking)} leaves a new address alone`, async (t) => {
    const small = await openSmall(t, BODY, { tracking, unobserved: tracking.observe === false });
    await go(small.page, "pushState", {}, "", "/small/two");
    assert.deepEqual(await views(small), tracking.pageviews === false ? [] : [FIRST]);
  });
}

test("an address that changed before anybody looked is a page view", async (t) => {
  const small = await openSmall(t, BODY, { first: 'window.requestIdleCallback = (work) => setTimeout(() => { history.pushState({}, "", "/small/two"); work(); }, 100);' });
  assert.deepEqual(await views(small), [FIRST, ["/small/two", "Small", "push"]]);
});

test("a navigation that the page handles itself is recorded when it has settled", { skip: ENGINE === "webkit" && "WebKitGTK has no Navigation API yet" }, async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.evaluate(() => {
    navigation.addEventListener("navigate", (event) => event.canIntercept && event.intercept({
      handler: () => new Promise((done) => setTimeout(() => {
        document.title = "Two";
        done();
      }, 500)),
    }));
    navigation.navigate("/small/two");
  });
  await calm(small.page, 500);
  assert.deepEqual(await views(small), [FIRST, ["/small/two", "Two", "push"]]);
});

test("without the Navigation API it is the same", async (t) => {
  const small = await openSmall(t, BODY, { first: 'Object.defineProperty(window, "navigation", { value: undefined });' });
  await small.page.evaluate(() => {
    history.pushState({}, "", "/small/two");
    document.title = "Two";
  });
  await calm(small.page, 600);
  await go(small.page, "replaceState", {}, "", "/small/two?tidied=1");
  await go(small.page, "back");
  assert.deepEqual(await views(small), [FIRST, ["/small/two", "Two", "push"], ["/small", "Two", "traverse"]]);
});

test("a page that comes back from the browser's cache is a page view", { skip: ENGINE === "chromium" && "its driver switches the cache off; see observe-chromium" }, async (t) => {
  const small = await openSmall(t, BODY);
  await small.page.goto(`${small.site.url}/elsewhere`);
  await small.page.evaluate(() => { setTimeout(() => history.back()); });
  await sleep(1_500);
  // Another tab looks into the storage that both share: not every driver finds its way back into such a page.
  const other = await small.visitor.open(`${small.site.url}/elsewhere`);
  const stored = await other.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("privateer.event.")).map(([, event]) => event));
  const events = new Map([...(await small.site.events()), ...stored.map((event) => JSON.parse(event))].map((event) => [event.messageId, event]));
  const views = [...events.values()].filter(({ type }) => type === "page").sort((one, other) => (one.messageId < other.messageId ? -1 : 1));
  const seen = views.map(({ properties }) => [properties.path, properties.navigation_type]);
  if (seen[1]?.[1] === undefined) return t.skip("this browser kept no page");
  assert.deepEqual(seen, [["/small", undefined], ["/small", "back_forward_cache"]]);
});
