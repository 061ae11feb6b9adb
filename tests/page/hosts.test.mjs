// A site with several hosts: on which of them a visitor is known, from the definition to the collector. All hosts are this machine
// by other names: what ends with .localhost is, and to a browser shop.localhost is a domain that somebody registered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { observed } from "./support/small.mjs";
import { until } from "./support/until.mjs";

const HERE = "127.0.0.1";
const idOf = async (page) => (await call(page, "identity")).anonymousId;
const cookieOf = (page) => page.evaluate(() => document.cookie);

/** A visitor of a site, who opens pages on its hosts. */
async function begin(t, identity, consent) {
  const site = await startSite(t, { site: (definition) => Object.assign(definition, { identity, consent }) });
  const visitor = await site.visitor();
  const at = (host) => site.url.replace(HERE, host);
  return { site, at, open: (host) => visitor.open(`${at(host)}/`) };
}

/** Who the visitor is on each host, one after the other: the same number is the same id. */
async function whoOn(open, ...hosts) {
  const ids = [];
  for (const host of hosts) {
    const page = await open(host);
    ids.push(await idOf(page));
    await page.close();
  }
  const different = [...new Set(ids)];
  return ids.map((id) => different.indexOf(id));
}

test("a cookie of the widest domain knows the visitor on all hosts of it, and on no other", async (t) => {
  const { open } = await begin(t, { storage: "cookie" });
  assert.deepEqual(await whoOn(open, "a.shop.localhost", "b.shop.localhost", "c.b.shop.localhost", "shop.localhost", "inn.localhost"), [0, 0, 0, 0, 1]);
});

test("a domain that the site names is the cookie's, and other hosts see none", async (t) => {
  const { open } = await begin(t, { storage: "cookie", domain: "b.shop.localhost" });
  assert.deepEqual(await whoOn(open, "c.b.shop.localhost", "d.b.shop.localhost", "b.shop.localhost", "a.shop.localhost"), [0, 0, 0, 1]);
  assert.equal(await cookieOf(await open("a.shop.localhost")), "");
});

test("without a cookie each host has a visitor of its own", async (t) => {
  const { open } = await begin(t, {});
  assert.deepEqual(await whoOn(open, "a.shop.localhost", "b.shop.localhost", "a.shop.localhost"), [0, 1, 0]);
});

test("a new visitor on one host is the same new one on another that knew the one before", async (t) => {
  const { open } = await begin(t, { storage: "cookie" });
  const [one, other] = [await open("a.shop.localhost"), await open("b.shop.localhost")];
  const before = await idOf(one);
  assert.equal(await idOf(other), before);
  await call(one, "forget");
  await other.reload();
  assert.equal(await idOf(other), await idOf(one));
  assert.notEqual(await idOf(other), before);
});

test("a no on one host takes the cookie from the others, too", async (t) => {
  const { open } = await begin(t, { storage: "cookie" });
  const [one, other] = [await open("a.shop.localhost"), await open("b.shop.localhost")];
  await started(other);
  assert.match(await cookieOf(other), /privateer_id=/);
  await call(one, "setConsent", "denied");
  assert.equal(await cookieOf(one), "");
  await until(async () => (await cookieOf(other)) === "", "the other host has none either");
});

/** Follows a link to another host, until Privateer has started there. Answers with the address that it had once it was touched. */
async function follow(page, address) {
  await observed(page);
  await until(() => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/pkg/links.js"))), "links are watched, too");
  const touched = await page.evaluate((href) => {
    document.body.insertAdjacentHTML("afterbegin", `<p><a id="away" href="${href}">Away</a></p>`);
    const link = document.querySelector("#away");
    link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    return link.getAttribute("href");
  }, address);
  await page.click("#away");
  const { hostname } = new URL(address);
  await until(() => page.evaluate((wanted) => location.hostname === wanted && document.readyState === "complete", hostname).catch(() => false), `the page is at ${hostname}`);
  await started(page);
  return touched;
}

const HOSTS = { domains: ["localhost", "*.inn.localhost"] };

for (const host of ["localhost", "a.inn.localhost"]) {
  test(`a link to ${host}, which the site names, takes the visitor along`, async (t) => {
    const { site, at, open } = await begin(t, HOSTS);
    const page = await open(HERE);
    const id = await idOf(page);
    assert.match(await follow(page, `${at(host)}/?a=1#part`), /\/\?a=1&_pv=[^#]+#part$/);
    assert.equal(await idOf(page), id);
    assert.equal(await page.evaluate(() => location.href), `${at(host)}/?a=1#part`);
    const view = await site.event(({ type, context }) => type === "page" && context.page.url.startsWith(at(host)), "the page view there");
    assert.equal(view.anonymousId, id);
    assert.deepEqual(named(await site.events(), "alias"), [], "somebody new there has no other name");
    await page.reload();
    assert.equal(await idOf(page), id, "and stays so");
  });
}

test("the token that a link takes along is told to nobody, not by the click either", async (t) => {
  const { site, at, open } = await begin(t, HOSTS);
  const page = await open(HERE);
  await follow(page, `${at("localhost")}/`);
  await call(page, "flush");
  const clicked = await site.event(({ event }) => event === "Link Clicked", "the click");
  assert.equal(clicked.properties.link_url, `${at("localhost")}/`);
  const telling = (await site.events()).filter((event) => JSON.stringify(event).includes("_pv="));
  assert.deepEqual(telling.map(({ type, event }) => event ?? type), []);
});

test("between hosts that the site names nobody is sent, and no link leads outside", async (t) => {
  const { site, at, open } = await begin(t, HOSTS);
  const page = await open(HERE);
  await follow(page, `${at("localhost")}/`);
  const view = await site.event(({ type, context }) => type === "page" && context.page.url.startsWith(at("localhost")), "the page view there");
  assert.ok(view.context.page.referrer.startsWith(at(HERE)), "the browser says where they come from");
  assert.equal(view.context.channelGroup, "Direct");
  const clicked = await site.event(({ event }) => event === "Link Clicked", "the click");
  assert.equal(clicked.properties.outbound, false);
});

test("a link to a host that the site does not name takes nobody along", async (t) => {
  const { at, open } = await begin(t, HOSTS);
  const page = await open(HERE);
  const id = await idOf(page);
  assert.equal(await follow(page, `${at("inn.localhost")}/`), `${at("inn.localhost")}/`);
  assert.notEqual(await idOf(page), id);
});

const SILENT = { pending: "pending", "a no to marketing": { experiments: "granted", analytics: "granted", marketing: "denied" } };

for (const [what, initial] of Object.entries(SILENT)) {
  test(`${what}: a link takes nobody along`, async (t) => {
    const { at, open } = await begin(t, HOSTS, { initial });
    const page = await open(HERE);
    const id = await idOf(page);
    assert.equal(await follow(page, `${at("localhost")}/`), `${at("localhost")}/`);
    assert.notEqual(await idOf(page), id);
  });
}
