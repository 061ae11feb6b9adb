// Cookies that real browsers take, and a token that goes along with a real click.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { ENGINE } from "./support/browser.mjs";
import { arrivedAt } from "./support/ledger.mjs";
import { watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { calm } from "./support/small.mjs";
import { until } from "./support/until.mjs";

const html = (body) => ({ type: "text/html", body: `<!doctype html><script src="/first.js"></script><title>Identity</title>${body}` });

const cookies = (page, name, value, domain) => page.evaluate(async (...given) => {
  const { eraseCookie, readCookie, widestDomain, writeCookie } = await import("/pkg/identity.js");
  const widest = widestDomain();
  const written = writeCookie(...given);
  const read = readCookie(given[0]);
  const erased = eraseCookie(given[0], given[2]);
  return { widest, written, read, erased, left: document.cookie };
}, name, value, domain);

test("at an address a cookie is the host's alone", async (t) => {
  const site = await startSite(t, { instead: { "/blank.html": html("") } });
  const page = await site.open("/blank.html");
  assert.deepEqual(await cookies(page, "id", "a b;c", ""), { widest: "", written: true, read: "a b;c", erased: true, left: "" });
  assert.equal((await cookies(page, "id", "1", "example.com")).written, false);
});

// The browser's own list of public suffixes decides, so the hosts have to look real: the test answers in their place.
const HOSTS = [
  ["https://www.shop.example.co.uk", "example.co.uk"],
  ["https://example.com", "example.com"],
  ["http://a.b.example.com", "example.com"],
  ["https://somebody.github.io", "somebody.github.io"],
];

const module = await readFile(inRoot("pkg", "identity.js"), "utf8");

async function visitorOfHosts(t, headers = {}) {
  const visitor = await (await startSite(t)).visitor();
  await visitor.answer(/^https?:\/\/[^/]*(example|github)/, (request) => (/identity/.test(request.url())
    ? { contentType: "text/javascript", body: module }
    : { contentType: "text/html", body: "<!doctype html>", headers }));
  return visitor;
}

test("the widest domain is what the browser takes, whatever the public suffix", { skip: ENGINE !== "chromium" }, async (t) => {
  const visitor = await visitorOfHosts(t);
  for (const [origin, domain] of HOSTS) {
    const page = await visitor.open(`${origin}/`);
    const expected = { widest: domain, written: true, read: "1", erased: true, left: "" };
    assert.deepEqual(await cookies(page, "id", "1", domain), expected, origin);
    await page.close();
  }
});

test("a cookie of the widest domain is seen by its other hosts, and https ones by https alone", { skip: ENGINE !== "chromium" }, async (t) => {
  const visitor = await visitorOfHosts(t);
  const page = await visitor.open("https://www.example.com/");
  await page.evaluate(async () => {
    const { widestDomain, writeCookie } = await import("/pkg/identity.js");
    writeCookie("id", "7", widestDomain());
  });
  const seen = async (address) => {
    await page.goto(address);
    return page.evaluate(() => document.cookie);
  };
  assert.deepEqual([await seen("https://shop.example.com/"), await seen("http://shop.example.com/"), await seen("https://example.org/")], ["id=7", "", ""]);
});

test("a cookie that the server has set is read, unless it is hidden from scripts", { skip: ENGINE !== "chromium" }, async (t) => {
  const visitor = await visitorOfHosts(t, { "Set-Cookie": "server_id=from%20the%20server; Path=/\nhidden_id=1; Path=/; HttpOnly" });
  const page = await visitor.open("https://www.example.com/");
  const read = (name) => page.evaluate(async (which) => (await import("/pkg/identity.js")).readCookie(which), name);
  assert.deepEqual([await read("server_id"), await read("hidden_id")], ["from the server", null]);
});

// Two of the site's domains: the same server under two names.
async function openLinks(t, decorated = ["localhost"]) {
  const site = await startSite(t, {
    instead: { "/links.html": html(""), "/landing.html": html("") },
  });
  const other = site.url.replace("127.0.0.1", "localhost");
  const page = await site.open("/links.html");
  await page.evaluate(async (address, hosts) => {
    document.body.innerHTML = `
      <p><a id="away" href=" ${address}/landing.html?a=%20+b&amp;c#part "><b id="inside">Away</b></a></p>
      <p><a id="own" href="/landing.html?own">Own</a></p>
      <p><a id="stranger" href="https://stranger.example/">Stranger</a></p>
      <p><a id="none">None</a> <span id="text">Text</span></p>`;
    document.querySelector("#stranger").addEventListener("click", (event) => event.preventDefault());
    const { decorateLinks } = await import("/pkg/links.js");
    window.tokens = 0;
    window.stop = decorateLinks({ linkToken: () => (window.silent ? "" : `token/${(window.tokens += 1)}`) }, hosts);
  }, other, decorated);
  return { site, other, page };
}

const arrived = (page) => page.evaluate(async () => {
  const address = location.href;
  const { takeToken } = await import("/pkg/identity.js");
  history.replaceState({ kept: true }, "");
  return { address, token: takeToken(), after: location.href, again: takeToken(), state: history.state, entries: history.length };
});

for (const [how, go] of [["a click", (page) => page.click("#inside")], ["the keyboard", (page) => page.press("#away", "Enter")]]) {
  test(`with ${how} a fresh token goes along, and leaves the address bar on arrival`, async (t) => {
    const { page, other } = await openLinks(t);
    await go(page);
    await arrivedAt(page, "/landing.html");
    const found = await arrived(page);
    assert.match(found.token, /^token\/\d$/);
    assert.equal(found.address, `${other}/landing.html?a=%20+b&c&_pv=${encodeURIComponent(found.token)}#part`);
    assert.deepEqual([found.after, found.again, found.state], [`${other}/landing.html?a=%20+b&c#part`, null, { kept: true }]);
    const { uncaught, violations } = await watched(page);
    assert.deepEqual([uncaught, violations], [[], []]);
  });
}

test("links to this host, to strangers and to nowhere are left alone, and cost no token", async (t) => {
  const { page } = await openLinks(t);
  for (const selector of ["#stranger", "#none", "#text"]) await page.click(selector);
  assert.equal(await page.evaluate(() => window.tokens), 0);
  assert.equal(await page.evaluate(() => document.querySelector("#stranger").getAttribute("href")), "https://stranger.example/");
  await page.click("#own");
  await arrivedAt(page, "/landing.html");
  assert.equal(await page.evaluate(() => location.search), "?own");
});

test("a link has its own address again a little later, and another touch gives another token", async (t) => {
  const { page, other } = await openLinks(t);
  // What the link led to as it was clicked: the driver may look later than it is lent.
  await page.evaluate(() => {
    window.clicked = [];
    document.querySelector("#away").addEventListener("click", (event) => {
      window.clicked.push(event.currentTarget.getAttribute("href"));
      event.preventDefault();
    });
  });
  const address = () => page.evaluate(() => document.querySelector("#away").getAttribute("href"));
  const before = await address();
  await page.click("#away");
  await page.click("#away");
  const [first, second] = await page.evaluate(() => window.clicked);
  assert.match(first, /[?&]_pv=token%2F\d+#part$/);
  assert.notEqual(first, second);
  assert.equal(second.split("_pv=").length, 2);
  await until(async () => (await address()) === before, "the link has its own address again");
  assert.equal(before, ` ${other}/landing.html?a=%20+b&c#part `);
});

test("no token without consent, none for the right button, none after the end", async (t) => {
  const { page } = await openLinks(t);
  const before = await page.evaluate(() => document.querySelector("#away").getAttribute("href"));
  const after = (work) => page.evaluate(`(() => { ${work} })`).then(() => page.evaluate(() => {
    const link = document.querySelector("#away");
    link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true, button: window.button ?? 0 }));
    return link.getAttribute("href");
  }));
  assert.equal(await after("window.silent = true"), before);
  assert.equal(await after("window.silent = false; window.button = 2"), before);
  assert.match(await after("window.button = 1"), /_pv=token/);
  assert.equal(await after("window.stop()"), before);
});

test("a link in a shadow tree, of a drawing and of a map are found; an address somebody changes meanwhile is theirs", async (t) => {
  const { page, other } = await openLinks(t);
  const found = await page.evaluate((address) => {
    const host = document.createElement("div");
    host.attachShadow({ mode: "open" }).innerHTML = `<a href="${address}/s"><i>in</i></a>`;
    document.body.append(host);
    document.body.insertAdjacentHTML("beforeend", `<svg><a href="${address}/d"><text>in</text></a></svg><map><area href="${address}/m"></map>`);
    const parts = [host.shadowRoot.querySelector("i"), document.querySelector("svg text"), document.querySelector("area")];
    for (const part of parts) part.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    const links = [host.shadowRoot.querySelector("a"), document.querySelector("svg a"), document.querySelector("area")];
    const lent = links.map((link) => link.getAttribute("href").replace(/\d+$/, "N"));
    links[0].setAttribute("href", "/changed");
    links[1].removeAttribute("href");
    window.links = links;
    return lent;
  }, other);
  assert.deepEqual(found, ["s", "d", "m"].map((path) => `${other}/${path}?_pv=token%2FN`));
  await until(() => page.evaluate(() => !window.links[2].getAttribute("href").includes("_pv=")), "what was lent is taken back");
  await calm(page, 300);
  assert.deepEqual(await page.evaluate(() => window.links.map((link) => link.getAttribute("href"))), ["/changed", null, `${other}/m`]);
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("a host stands for itself, a star for all under a domain", async (t) => {
  const { page } = await openLinks(t, ["one.example", "*.two.example"]);
  const taken = await page.evaluate(() => [
    "http://one.example/", "http://www.one.example/", "http://two.example/", "http://www.two.example:81/", "http://atwo.example/", "https://one.example/",
    "//one.example/", "http://one.example.evil.example/", "mailto:a@one.example", "javascript:void 0", "http://[", "ftp://one.example/",
  ].filter((href) => {
    const link = Object.assign(document.createElement("a"), { href });
    link.setAttribute("href", href);
    document.body.append(link);
    link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    return /_pv=/.test(link.getAttribute("href"));
  }));
  assert.deepEqual(taken, ["http://one.example/", "http://www.two.example:81/", "https://one.example/", "//one.example/"]);
});
