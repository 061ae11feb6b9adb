// What a referrer says: every host of Matomo's lists, the site itself, apps, and everybody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelOf } from "../../www/harness/channel.js";
import { hostsOf, matomoHosts } from "./support/lists.mjs";

const sentBy = (referrer, ownHost = "shop.example") => channelOf({}, referrer, ownHost);
const DIRECT = { channel: "Direct", source: "(direct)", medium: "(none)" };

const KINDS = {
  search: { channel: "Organic Search", medium: "organic" },
  social: { channel: "Organic Social", medium: "social" },
  ai: { channel: "AI Assistants", medium: "ai-assistant" },
};

// Hosts that Matomo has as search engines, and on another list too. An entry that starts to agree must leave.
const DIFFERENCES = new Map([
  ["chat.openai.com", "ai"],
  ["chatgpt.com", "ai"],
  ["www.perplexity.ai", "ai"],
  ["you.com", "ai"],
  ["www.facebook.com", "social"],
]);

test("every host of Matomo's lists is what the lists say, and called so", () => {
  const entries = matomoHosts();
  assert.ok(entries.length > 900);
  for (const { kind, name, host: entry } of entries) {
    const said = (kind === "search" && DIFFERENCES.get(entry)) || kind;
    for (const host of hostsOf(entry)) {
      assert.deepEqual(sentBy(`https://${host}`), { ...KINDS[said], source: name.toLowerCase() }, host);
    }
  }
});

test("a host on two lists is the more telling of both, and each of these is on two", () => {
  const entries = matomoHosts();
  for (const [host, kind] of DIFFERENCES) {
    const below = (other) => other.kind === kind && `.${host}`.endsWith(`.${other.host}`);
    assert.ok(entries.some(below), host);
    assert.ok(entries.some((other) => other.kind === "search" && other.host === host), host);
  }
});

test("a host below a network's or an assistant's is theirs, one below a search engine's is not", () => {
  assert.equal(sentBy("https://lm.facebook.com/l.php").source, "facebook");
  assert.equal(sentBy("https://old.reddit.com/").channel, "Organic Social");
  assert.equal(sentBy("https://business.gemini.google.com/").source, "gemini");
  assert.deepEqual(sentBy("https://mail.google.com/"), { channel: "Referral", source: "mail.google.com", medium: "referral" });
  assert.equal(sentBy("https://docs.google.com/document/d/1").channel, "Referral");
  assert.equal(sentBy("https://notfacebook.com/").channel, "Referral");
});

test("a search engine is known in every country, and as its mobile site", () => {
  for (const host of ["www.google.co.jp", "google.com.au", "www.google.pl", "m.yandex.kz", "uk.search.yahoo.com", "fr.ask.com", "m.baidu.com"]) {
    assert.equal(sentBy(`https://${host}/`).channel, "Organic Search", host);
  }
});

test("a part of a site can be something of its own", () => {
  assert.equal(sentBy("https://www.google.de/cse/home?cx=1").source, "google custom search");
  assert.equal(sentBy("https://x.com/i/grok/share/1").channel, "AI Assistants");
  assert.equal(sentBy("https://x.com/i/lists/1").source, "twitter");
});

test("where Matomo says nothing, Google's list tells what a referring site is", () => {
  assert.deepEqual(sentBy("https://www.quora.com/q"), { channel: "Organic Social", source: "quora.com", medium: "referral" });
  assert.equal(sentBy("https://www.netflix.com/title/1").channel, "Organic Video");
  assert.equal(sentBy("https://www.etsy.com/listing/1").channel, "Organic Shopping");
  assert.equal(sentBy("https://blog.example/post").channel, "Referral");
});

test("networks that show videos are networks as referrers, as Matomo has them, and video as sources, as Google has them", () => {
  assert.deepEqual(sentBy("https://www.youtube.com/"), { channel: "Organic Social", source: "youtube", medium: "social" });
  assert.equal(channelOf({ source: "youtube.com", medium: "referral" }, "", "").channel, "Organic Video");
});

test("nobody sends from the site itself, or from what is no page", () => {
  for (const own of ["https://shop.example/", "https://www.shop.example/a?b", "http://shop.example:8080/", "https://cart.shop.example/"]) {
    assert.deepEqual(sentBy(own), DIRECT, own);
    assert.deepEqual(sentBy(own, "www.shop.example"), DIRECT, own);
  }
  for (const none of ["", "about:blank", "file:///tmp/a.html", "data:text/html,a", "blob:https://a/b", "https://", "//", "?", "a b"]) {
    assert.deepEqual(sentBy(none), DIRECT, none);
  }
  assert.equal(sentBy("https://othershop.example/").channel, "Referral");
  assert.equal(sentBy("https://shop.example.net/").channel, "Referral");
  assert.equal(sentBy("https://example/").channel, "Referral", "the host above is somebody else's");
});

test("ports, names and passwords, case and trailing dots do not matter", () => {
  for (const referrer of ["http://www.bing.com:8080/", "https://WWW.BING.COM/", "https://bing.com./", "https://me:secret@bing.com/search?q=a#b"]) {
    assert.deepEqual(sentBy(referrer), { channel: "Organic Search", source: "bing", medium: "organic" }, referrer);
  }
});

test("an app names its package", () => {
  const cases = {
    "android-app://com.google.android.googlequicksearchbox/https/www.google.com": ["Organic Search", "google"],
    "android-app://com.google.android.googlequicksearchbox": ["Organic Search", "google"],
    "android-app://com.reddit.frontpage/": ["Organic Social", "reddit"],
    "android-app://org.telegram.messenger": ["Organic Social", "telegram"],
    "android-app://com.linkedin.android/": ["Organic Social", "linkedin"],
    "android-app://com.google.android.gm/": ["Referral", "com.google.android.gm"],
  };
  for (const [referrer, [channel, source]] of Object.entries(cases)) {
    const found = sentBy(referrer);
    assert.deepEqual([found.channel, found.source], [channel, source], referrer);
  }
});

test("an international name and its punycode are one", () => {
  const found = sentBy("https://bücher.example/");
  assert.deepEqual(found, { channel: "Referral", source: "xn--bcher-kva.example", medium: "referral" });
  assert.deepEqual(sentBy("https://xn--bcher-kva.example/"), found);
  assert.deepEqual(sentBy("https://bücher.example/", "xn--bcher-kva.example"), DIRECT);
});

test("what was searched for is nobody's business", () => {
  const found = JSON.stringify(sentBy("https://www.google.com/search?q=secret+wish&sourceid=chrome"));
  assert.doesNotMatch(found, /secret|wish/);
  assert.deepEqual(Object.keys(JSON.parse(found)).sort(), ["channel", "medium", "source"]);
});
