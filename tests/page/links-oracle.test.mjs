// Links that carry a code, asked of the page and judged by the browser's own URL: nothing but our parameter changes. The native
// tests (tests/referral_links.rs) ask another implementation of the URL standard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, started } from "./support/privateer.mjs";
import { html, small } from "./support/small.mjs";
import { startSite } from "./support/site.mjs";

const ADDRESSES = 100_000;
const PROGRAM = { program: "neighbours", path: "/r/" };

const withProgram = (definition) => Object.assign(definition, { referral: PROGRAM });

/** The code of somebody else. */
async function codeOfAFriend(site) {
  return (await call(await site.open(), "referral")).code;
}

test(`${ADDRESSES.toLocaleString("en")} links are their addresses and the code`, async (t) => {
  const site = await startSite(t, { site: withProgram });
  const friend = await codeOfAFriend(site);
  const { differences, judged, bare } = await (await site.open()).evaluate(inPage, ADDRESSES, friend);
  assert.deepEqual(differences, []);
  assert.equal(judged, ADDRESSES);
  assert.ok(bare > ADDRESSES / 3, `${bare} addresses had none of our parameters`);
});

/** Makes addresses, good and odd ones, from a seed and compares them with their links. Says what differs, the first few. */
async function inPage(count, friend) {
  const privateer = await window.privateer;
  const own = privateer.referral().code;
  const ALIASES = ["via", "refcode", "ucc"];
  const VALID = [own, friend, friend.toLowerCase(), `${friend.slice(0, 4)}-${friend.slice(4)}`];

  // Mulberry32, a small generator in the public domain (Tommy Ettinger, 2017).
  let seed = 2026;
  const below = (most) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
  const one = (list) => list[below(list.length)];
  const some = (most, make) => Array.from({ length: below(most) }, make);

  const HOSTS = [
    "example.com", "EXAMPLE.com", "a.b.example.", "[2001:db8::1]", "[::ffff:192.0.2.1]", "127.0.0.1", "0x7f.1", "localhost", "r",
    "bücher.example", "xn--bcher-kva.example", "例え.テスト", "xn--r8jz45g.xn--zckzah", "faß.example", "BÜCHER.example",
  ];
  const STEPS = ["/", "/a", "/r/a", "/..", "/.", "/%2e%2E", "/é", "/%C3%A9", "/%zz", "/a;b=c", "/a+b", "/{}|", "/ ", "\\x", "/a\tb"];
  const NAMES = [
    "", "a", "a", "b", "é", "%C3%A9", "%zz", "%", "+", "a+b", "a[]", "%ff", "%EF%BB%BFref", "ref%00", "utm_source", "utm_medium",
    "utm_campaign", "ref", "r%65f", "refs", "REF", "via", "v%69a", "refcode", "?ref", ";ref", "\ud800",
  ];
  const VALUES = [
    "", "=", "=", "=1", "=a+b", "=a%20b", "=%2B", "=%zz", "=%ff", "=%", "=é", "=a=b", "=?", "=/", "==", "=no_code", "='\"<>`", "=%26",
    "=\u{1f600}", "=\u{a0}", ...VALID.map((code) => `=${code}`),
  ];
  const FRAGMENTS = ["", "", "", "#", "#top", `#?ref=${friend}`, "#/a?b=c&d", "##", "#a b", "#é%zz", "#ref=1"];

  const address = () => [
    one(["", "", "", " "]), one(["http", "https", "https", "HTTPS"]), "://", one(["", "", "", "", "me@", "me:p%40ss@", ":@"]), one(HOSTS),
    one(["", "", "", ":", ":80", ":443", ":8080"]), ...some(4, () => one(STEPS)),
    below(4) ? `?${some(6, () => one(NAMES) + one(VALUES)).join("&")}` : "", one(FRAGMENTS), one(["", "", "", " ", "\n"]),
  ].join("");

  const isOurs = ([name, value]) => name === "ref" || (ALIASES.includes(name) && VALID.includes(value));
  const PARTS = ["protocol", "username", "password", "host", "pathname", "hash"];
  // The code at the end of the query, whatever that is, as text.
  const withOwn = (text) => text.replace(/^([^?#]*)(\?[^#]*)?/, (_, before, query) => `${before}${query === undefined ? "?" : `${query}&`}ref=${own}`);

  const differences = [];
  const expect = (fits, what, ...shown) => {
    if (!fits && differences.length < 5) differences.push([what, ...shown]);
  };
  let bare = 0;
  for (let made = 0; made < count; made += 1) {
    const text = address();
    const link = privateer.link(text);
    const [before, after] = [new URL(text), new URL(link)];
    const [old, now] = [[...before.searchParams], [...after.searchParams]];
    for (const part of PARTS) expect(after[part] === before[part], part, text, link);
    expect(now.filter(isOurs).join() === `ref,${own}`, "the code is there once", text, link);
    expect(String(now.filter((pair) => !isOurs(pair))) === String(old.filter((pair) => !isOurs(pair))), "the other parameters", text, link);
    expect(privateer.link(link) === link, "a link of a link is the link", text, link);
    if (old.some(isOurs)) continue;
    bare += 1;
    const whole = text.replace(/[ \n]+$/, "").replaceAll("\ud800", "\ufffd"); // as addresses are read
    expect(link === withOwn(whole), "the rest of the text", text, link);
    expect(after.href === withOwn(before.href), "the rest of the address", text, link);
  }
  return { differences, judged: count, bare };
}

const ARRIVALS = {
  "the parameter": (code) => `/?a=%zz&ref=${code}&utm_source=x#?ref=1`,
  "the parameter in other letters": (code) => `/?r%65f=${code.toLowerCase()}`,
  "an alias, beside another product's parameter": (code) => `/?ref=producthunt&via=${code}`,
  "a short link": (code) => `/r/${code}`,
  "a short link in capitals, below a path, with more behind it": (code) => `/shop/R/${code}/?utm_source=x#top`,
};

for (const [what, path] of Object.entries(ARRIVALS)) {
  test(`a friend arrives by ${what}`, async (t) => {
    const code = await codeOfAFriend(await startSite(t, { site: withProgram }));
    const there = path(code);
    const pages = { [new URL(there, "https://example.com").pathname]: html(small("<p>Welcome")) };
    const page = await (await startSite(t, { site: withProgram, instead: pages })).open(there);
    await started(page);
    assert.equal((await call(page, "referral")).incoming, code);
  });
}
