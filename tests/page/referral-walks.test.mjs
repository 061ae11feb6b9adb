// Links that are followed within a page, in several tabs, by parts that do not come, and cookies that a server has set.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started, stored } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const FIRST = "22222222";
const SECOND = "222222"; // every length has a code of the first sign alone
const referral = (page) => call(page, "referral");
const program = (change) => ({ site: (definition) => Object.assign(definition.referral, change) });
const cookie = (page) => page.evaluate(() => document.cookie);
const walk = (page, path) => page.evaluate(async (to) => {
  history.pushState(null, "", to);
  await (await window.privateer).page();
}, path);

test("a link that is followed within a page is captured before the address is cleaned", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await page.evaluate(async (code) => {
    const privateer = await window.privateer;
    history.pushState(null, "", `/?utm_source=whatsapp&ref=${code}`);
    const viewed = privateer.page();
    privateer.identify("robin");
    await viewed;
  }, FIRST);
  assert.equal((await referral(page)).incoming, FIRST);
  await until(async () => (await page.evaluate(() => location.search)) === "?utm_source=whatsapp", "then it is clean");
});

test("a link that is passed on has one code, also from a short link's page and one that was signed", async (t) => {
  const site = await startSite(t, program({ path: "/r/", signed: { keys: [{ kid: "a", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] } }));
  const page = await site.open();
  const { code } = await referral(page);
  assert.equal(await call(page, "link", `https://example.com/r/${FIRST}?a=1`), `https://example.com/r/${code}?a=1`);
  assert.equal(await call(page, "link", `https://example.com/?ref_token=abc&ref=${FIRST}#b`), `https://example.com/?ref=${code}#b`);
});

test("a cookie that a server has set is left as it is, and tells of the arrival that it answered", async (t) => {
  const site = await startSite(t, program({ cookie: "friend_of", attribution: { model: "last" } }));
  const page = await site.open("/nowhere");
  await page.evaluate((value) => (document.cookie = `friend_of=${value}; path=/`), FIRST);
  await page.goto(`${site.url}/?ref=${FIRST}`);
  assert.equal((await referral(page)).touches.length, 1);
  await call(page, "identify", "robin");
  assert.match(await cookie(page), new RegExp(`friend_of=${FIRST}(;|$)`));
});

test("a cookie with the visitor's own code goes, for it would be a friend's to whoever signs in next", async (t) => {
  const site = await startSite(t, program({ cookie: "friend_of" }));
  const page = await site.open();
  const { code } = await referral(page);
  await page.evaluate((value) => (document.cookie = `friend_of=${value}; path=/`), code);
  await page.reload();
  assert.equal((await referral(page)).incoming, null);
  await until(async () => !(await cookie(page)).includes(code), "the cookie is gone");
});

test("short links are made of the page's own paths, too, and naming nobody changes nobody", async (t) => {
  const site = await startSite(t, program({ path: "/r/" }));
  const page = await site.open();
  const { code } = await referral(page);
  for (const address of ["/plans?a=b", "plans", ""]) assert.equal(await call(page, "shortLink", address), `${site.url}/r/${code}`, address);
  assert.equal(await call(page, "shortLink", "//other.example/a"), `http://other.example/r/${code}`);
  await call(page, "identify", "robin", { plan: "crew" });
  await call(page, "identify", null, { seats: 2 });
  await call(page, "flush");
  const told = (await site.events()).filter(({ type }) => type === "identify");
  assert.deepEqual(told.map(({ userId }) => userId), ["robin", "robin"]);
});

test("a cookie outlives a page whose referral part does not come", async (t) => {
  const site = await startSite(t, { ...program({ cookie: "friend_of" }), instead: { "/pkg/referral.wasm": { status: 503, body: "" } } });
  const page = await site.open("/nowhere");
  await page.evaluate((value) => (document.cookie = `friend_of=${value}; path=/`), FIRST);
  await page.goto(`${site.url}/`);
  await call(page, "identify", "robin");
  await new Promise((done) => setTimeout(done, 200));
  assert.match(await cookie(page), new RegExp(FIRST));
});

test("who is forgotten in one tab has no advocate in the other, either", async (t) => {
  const site = await startSite(t, program({ cookie: "friend_of" }));
  const visitor = await site.visitor();
  const one = await visitor.open(`${site.url}/?ref=${FIRST}`);
  await until(async () => (await cookie(one)).includes(FIRST), "the cookie has the code");
  const other = await visitor.open(`${site.url}/`);
  assert.equal((await referral(other)).incoming, FIRST);
  await call(one, "forget");
  await until(async () => (await referral(other)).incoming === null && !(await cookie(one)).includes("friend_of"), "the other tab knows");
  await new Promise((done) => setTimeout(done, 500)); // and nothing comes back
  assert.equal((await referral(one)).incoming, null);
  assert.equal((await referral(other)).incoming, null);
  assert.doesNotMatch(await cookie(one), /friend_of/);
  assert.doesNotMatch(JSON.stringify(await stored(other)), new RegExp(FIRST));
});

test("asking what is owed harms no page without a program, and no page whose history is no history", async (t) => {
  const site = await startSite(t, { site: (definition) => { delete definition.referral; } });
  const page = await site.open();
  assert.equal(await call(page, "rewards", []), null);
  assert.ok((await call(page, "decide", "hero")).value, "Privateer goes on");
  const other = await (await startSite(t)).open();
  const deep = JSON.parse("[".repeat(600) + "]".repeat(600));
  assert.equal(await call(other, "rewards", deep), null);
  assert.deepEqual((await call(other, "rewards", [5, { type: "conversion" }])).lines, []);
  assert.ok((await call(other, "decide", "hero")).value);
});

test("a part that never answers keeps nobody waiting for the rest, not even after a definition that was slow", async (t) => {
  const first = `{
    const inner = window.fetch;
    window.fetch = async (what, how) => {
      if (String(what).includes("referral.wasm")) return new Promise(() => {});
      if (String(what).includes("site.json")) await new Promise((done) => setTimeout(done, 600));
      return inner(what, how);
    };
  }`;
  const site = await startSite(t, { first });
  const page = await site.open(`/?ref=${FIRST}`);
  assert.ok((await call(page, "decide", "hero")).value);
  assert.equal((await referral(page)).incoming, null);
  await site.event(({ type }) => type === "page", "the page view");
});

test("an address from outside leads to the program's hosts and nowhere else", async (t) => {
  const site = await startSite(t, program({ hosts: ["example.com", "*.example.org"] }));
  const page = await site.open();
  for (const [target, leads] of [
    ["/plans?a=1#b", `${site.url}/plans?a=1#b`],
    ["https://example.com/a", "https://example.com/a"],
    ["https://shop.example.org/", "https://shop.example.org/"],
    ["https://evil.example/", null],
    ["//evil.example", null],
    ["https://example.com@evil.example/", null],
    ["\\\\evil.example", null],
    ["javascript:alert(1)", null],
    ["https://user:pass@example.com/", null],
  ]) assert.equal(await call(page, "safeTarget", target), leads, target);
});

test("two advocates in one page: each link is an arrival of its own", async (t) => {
  const site = await startSite(t, program({ attribution: { model: "last" } }));
  const page = await site.open(`/?ref=${FIRST}`);
  assert.equal((await referral(page)).incoming, FIRST);
  await walk(page, `/plans?ref=${SECOND}`);
  assert.equal((await referral(page)).incoming, SECOND);
  await until(async () => named(await site.events(), "Referral Captured").length === 2, "both arrivals are told");
});
