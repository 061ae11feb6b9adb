// Cookies and tokens of the visitor's identity, with a cookie jar of a few lines; tests/page asks real browsers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eraseCookie, readCookie, takeToken, widestDomain, writeCookie } from "../../www/harness/identity.js";
import { withToken, withoutToken } from "../../www/harness/token.js";

// Where anybody can register a name, no browser takes a cookie for all.
const PUBLIC = ["com", "uk", "co.uk", "example", "github.io", "io"];

// A page at an address, and what its cookies were told.
function visit(href, { refuses = () => false } = {}) {
  const url = new URL(href);
  const jar = new Map();
  const told = [];
  const replaced = [];
  const document = {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text) {
      told.push(text);
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(text);
      const domain = /Domain=([^;]+)/.exec(text)?.[1];
      if (refuses(text) || (domain && (PUBLIC.includes(domain) || !`.${url.hostname}`.endsWith(`.${domain}`)))) return;
      if (/Max-Age=0(;|$)/.test(text)) jar.delete(name);
      else jar.set(name, value);
    },
  };
  const location = { href, hostname: url.hostname, protocol: url.protocol };
  const history = { state: { page: 1 }, replaceState: (...what) => replaced.push(what) };
  Object.assign(globalThis, { document, location, history });
  return { jar, told, replaced };
}

test("a cookie is written for 400 days, for the whole site, and not for other sites' requests", () => {
  const { told } = visit("https://shop.example.com/a");
  assert.equal(writeCookie("id", "v 1;2", "example.com"), true);
  assert.equal(told[0], "id=v%201%3B2; Path=/; Max-Age=34560000; SameSite=Lax; Domain=example.com; Secure");
  assert.equal(readCookie("id"), "v 1;2");
  visit("http://localhost:8787/").told;
  assert.equal(writeCookie("id", "1", ""), true);
  assert.equal(document.cookie, "id=1");
});

test("without https a cookie is not marked as secure, and without a domain it names none", () => {
  const { told } = visit("http://127.0.0.1:8787/");
  writeCookie("id", "1");
  assert.equal(told[0], "id=1; Path=/; Max-Age=34560000; SameSite=Lax");
});

test("a cookie is read by its whole name; one that is not there, or is spelt wrong, is null", () => {
  const { jar } = visit("https://example.com/");
  for (const [name, value] of [["xid", "no"], ["id2", "no"], ["id", "a=b"], ["empty", ""], ["broken", "%E0%A4%A"]]) jar.set(name, value);
  assert.deepEqual(["id", "empty", "none", "broken", "i"].map(readCookie), ["a=b", "", null, null, null]);
});

test("a refused cookie is told, and an erased one is gone", () => {
  visit("https://example.com/", { refuses: () => true });
  assert.equal(writeCookie("id", "1", ""), false);
  visit("https://shop.example.com/");
  writeCookie("id", "1", "example.com");
  assert.equal(eraseCookie("id", "example.com"), true);
  assert.equal(readCookie("id"), null);
});

test("where cookies may not even be asked for, there are none", () => {
  visit("https://example.com/");
  Object.defineProperty(document, "cookie", { get() { throw new Error("SecurityError"); }, set() { throw new Error("SecurityError"); } });
  assert.deepEqual([readCookie("id"), writeCookie("id", "1"), eraseCookie("id"), widestDomain()], [null, false, false, ""]);
});

for (const [host, domain] of [
  ["www.shop.example.co.uk", "example.co.uk"],
  ["example.com", "example.com"],
  ["a.b.c.d.example.com", "example.com"],
  ["somebody.github.io", "somebody.github.io"],
  ["localhost", ""],
  ["127.0.0.1", ""],
  ["[::1]", ""],
]) {
  test(`the widest domain at ${host} is ${domain || "the host alone"}, and nothing is left of the search`, () => {
    const { jar } = visit(`https://${host}/`);
    assert.equal(widestDomain(), domain);
    assert.equal(jar.size, 0);
  });
}

test("where no cookie is taken, there is no domain", () => {
  visit("https://www.example.com/", { refuses: () => true });
  assert.equal(widestDomain(), "");
});

const TOKEN = "0198c0de.k/y=+ü&#?";
const ADDRESSES = [
  "https://a.example/", "https://a.example", "https://a.example/p?x=1", "https://a.example/p?x=1&", "https://a.example/p?&&",
  "https://a.example/p#part", "https://a.example/p?q=%20+%zz&empty=&bare#a?b&_pv=not-ours", "https://a.example/p?my_pv=1&_pvx=2",
  "/relative?x", "?only", "#only", "", "//a.example/p?utm_source=x&gclid=y", "https://user:pass@a.example:8080/ü?ü=ü#ü",
];

test("a token put into an address and taken out again leaves it as it was, letter by letter", () => {
  for (const address of ADDRESSES) {
    const { url, token } = withoutToken(withToken(address, TOKEN));
    assert.deepEqual([url, decodeURIComponent(token)], [address, TOKEN]);
  }
});

test("an address with a token is read by servers as it was, and one parameter more", () => {
  for (const address of ADDRESSES) {
    const [before, after] = [address, withToken(address, TOKEN)].map((each) => new URL(each, "https://base.example/"));
    assert.equal(after.searchParams.get("_pv"), TOKEN, address);
    const others = [...after.searchParams].filter(([name]) => name !== "_pv");
    assert.deepEqual(others, [...before.searchParams], address);
    assert.deepEqual([after.origin, after.pathname, after.hash], [before.origin, before.pathname, before.hash]);
  }
});

test("a fresh token takes the place of old ones", () => {
  assert.equal(withToken("https://a.example/?", "new"), "https://a.example/?_pv=new");
  assert.equal(withToken("https://a.example/?_pv=1&x=2&_pv=3#h", "new"), "https://a.example/?x=2&_pv=new#h");
  for (const address of ADDRESSES) assert.equal(withToken(withToken(address, "old"), TOKEN), withToken(address, TOKEN));
});

test("an address without a token has none to take out", () => {
  for (const address of ADDRESSES) assert.deepEqual(withoutToken(address), { url: address, token: null });
});

test("on arrival the token leaves the address bar, and the history entry keeps its state", () => {
  const { replaced } = visit("https://b.example/p?a=%20&_pv=t%2F1&b#h");
  assert.equal(takeToken(), "t/1");
  assert.deepEqual(replaced, [[{ page: 1 }, "", "https://b.example/p?a=%20&b#h"]]);
});

test("without a token the address bar is not touched; one that cannot be read is taken away and is none", () => {
  assert.deepEqual([visit("https://b.example/p?a#_pv=1").replaced, takeToken()], [[], null]);
  for (const spoiled of ["%E0%A4%A", ""]) {
    const { replaced } = visit(`https://b.example/?_pv=${spoiled}`);
    assert.equal(takeToken(), null);
    assert.equal(replaced[0][2], "https://b.example/");
  }
});

test("a browser that refuses to change the address loses the token, not the page", () => {
  visit("https://b.example/?_pv=t");
  history.replaceState = () => { throw new Error("SecurityError"); };
  assert.equal(takeToken(), null);
});
