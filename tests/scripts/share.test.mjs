// The addresses of places where people share: what each of them reads back is what was given. tests/page/share.test.mjs shares in browsers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHANNELS, expand, shareLink, shareProperties, shareTargets } from "../../www/harness/share.js";

const URL_A = "https://example.com/a?b=1&ref=2222-2222#c";
const WHAT = { url: URL_A, text: "Quiet & calm – 20 % for you", title: "A quiet hour" };
const ENCODED_URL = "https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%26ref%3D2222-2222%23c";
const ENCODED_TEXT = "Quiet%20%26%20calm%20%E2%80%93%2020%20%25%20for%20you";

// By hand. The places themselves are not asked; METHODS.md says where their parameters are from.
const TABLE = {
  whatsapp: `https://wa.me/?text=${ENCODED_TEXT}%20${ENCODED_URL}`,
  x: `https://x.com/intent/post?url=${ENCODED_URL}&text=${ENCODED_TEXT}`,
  facebook: `https://www.facebook.com/sharer/sharer.php?u=${ENCODED_URL}`,
  linkedin: `https://www.linkedin.com/sharing/share-offsite/?url=${ENCODED_URL}`,
  telegram: `https://t.me/share/url?url=${ENCODED_URL}&text=${ENCODED_TEXT}`,
  line: `https://social-plugins.line.me/lineit/share?url=${ENCODED_URL}&text=${ENCODED_TEXT}`,
  reddit: `https://www.reddit.com/submit?title=A%20quiet%20hour&url=${ENCODED_URL}`,
  weibo: `https://service.weibo.com/share/share.php?url=${ENCODED_URL}&title=${ENCODED_TEXT}`,
  email: `mailto:?subject=A%20quiet%20hour&body=${ENCODED_TEXT}%20${ENCODED_URL}`,
  sms: `sms:?&body=${ENCODED_TEXT}%20${ENCODED_URL}`,
};

test("every channel's address, to the letter", () => assert.deepEqual(shareTargets(WHAT), TABLE));

test("what is no address has none", () => {
  for (const channel of ["share", "copy", "wechat", "orkut", "constructor", "__proto__", ""]) assert.equal(shareLink(channel, WHAT), null);
  assert.deepEqual(CHANNELS.filter((channel) => shareLink(channel, WHAT) === null), ["share", "copy", "wechat"]);
});

test("each channel has a link of its own", () => {
  const links = shareTargets(WHAT, (channel) => `https://example.com/?utm_source=${channel}`);
  for (const [channel, address] of Object.entries(links)) {
    assert.equal(decodeURIComponent(address).split(`utm_source=${channel}`).length, 2, address);
  }
});

const LINK_ALONE = {
  "nothing but the link": [{ url: URL_A }, {
    whatsapp: `https://wa.me/?text=${ENCODED_URL}`,
    x: `https://x.com/intent/post?url=${ENCODED_URL}`,
    reddit: `https://www.reddit.com/submit?url=${ENCODED_URL}`,
    email: `mailto:?body=${ENCODED_URL}`,
    sms: `sms:?&body=${ENCODED_URL}`,
  }],
  "a message that a title has to stand for": [{ url: "u:v", text: "One\n two" }, { reddit: "https://www.reddit.com/submit?title=One%20two&url=u%3Av" }],
  "hashtags": [{ url: "u:v", hashtags: ["#calm", "quiet hour", "", "a,b"] }, { x: "https://x.com/intent/post?url=u%3Av&hashtags=calm%2Cquiethour%2Cab" }],
  "a text for each channel": [{ url: "u:v", text: { x: "Short", default: "Long" } }, {
    x: "https://x.com/intent/post?url=u%3Av&text=Short",
    telegram: "https://t.me/share/url?url=u%3Av&text=Long",
  }],
  "a text for other channels": [{ url: "u:v", text: { x: "Short" } }, { telegram: "https://t.me/share/url?url=u%3Av" }],
  "lines in a mail (RFC 6068, section 5: %0D%0A) and elsewhere": [{ url: "u:v", title: "a\r\nBcc: b@example.com", text: "1\n2\r\n3\r4" }, {
    email: "mailto:?subject=a%20Bcc%3A%20b%40example.com&body=1%0D%0A2%0D%0A3%0D%0A4%0D%0Au%3Av",
    sms: "sms:?&body=1%0A2%0D%0A3%0D4%0Au%3Av",
  }],
  "half a surrogate pair": [{ url: "u:v", text: "\ud83c!" }, { sms: "sms:?&body=%EF%BF%BD!%20u%3Av" }],
  "a plus, an ampersand, an equals sign and a hash": [{ url: "u:v?a+b", text: "1+1=2&#" }, { email: "mailto:?body=1%2B1%3D2%26%23%20u%3Av%3Fa%2Bb" }],
  "no link": [{ text: "Hello" }, { whatsapp: "https://wa.me/?text=Hello", x: "https://x.com/intent/post?text=Hello" }],
};
for (const [what, [given, expected]] of Object.entries(LINK_ALONE)) {
  test(what, () => {
    for (const [channel, address] of Object.entries(expected)) assert.equal(shareLink(channel, given), address);
  });
}

// A template, values, and what becomes of it with the link L, where a place takes the link by itself, and what is left out.
const TEMPLATES = [
  ["Come: {link}", {}, "Come: L", "Come:", []],
  ["{link} is where", {}, "L is where", "is where", []],
  ["Come: {link} now", {}, "Come: L now", "Come: now", []],
  ["{link} and {link} again", {}, "L and again", "and again", []],
  ["Come", {}, "Come L", "Come", []],
  ["Come ", {}, "Come L", "Come ", []],
  ["Come\nin", {}, "Come\nin\nL", "Come\nin", []],
  ["", {}, "L", "", []],
  ["{name} gives {reward} with {code}", { name: "Ada", reward: "20 €", code: "2222" }, "Ada gives 20 € with 2222 L", "Ada gives 20 € with 2222", []],
  ["{name} asks you", {}, "asks you L", "asks you", ["name"]],
  ["Hello {name}, come", { name: "" }, "Hello, come L", "Hello, come", ["name"]],
  ["Hello {name} {name}!", { name: null }, "Hello! L", "Hello!", ["name"]],
  ["One\n{name} two", {}, "One\ntwo\nL", "One\ntwo", ["name"]],
  ["{a}{b}", { b: 0 }, "0 L", "0", ["a"]],
  ["{name}", { name: "{link} {code} $& $1" }, "{link} {code} $& $1 L", "{link} {code} $& $1", []],
  ["{link}", { link: "https://evil.example" }, "L", "", []],
  ["{constructor} {toString}", {}, "L", "", ["constructor", "toString"]],
  ["{ } {} { name } {{name}}", { name: "Ada" }, "{ } {} { name } {Ada} L", "{ } {} { name } {Ada}", []],
];
for (const [template, values, inside, beside, left] of TEMPLATES) {
  test(`the template ${JSON.stringify(template)}`, () => {
    const what = { url: "L", text: template, values };
    const read = (channel, name) => new URL(shareLink(channel, what)).searchParams.get(name) ?? "";
    assert.equal(read("whatsapp", "text"), inside);
    assert.equal(read("telegram", "text"), beside);
    assert.deepEqual(expand(template, values, "L").left, left);
  });
}

// Which part each place takes, by the names of its parameters.
const READS = {
  whatsapp: { both: "text" },
  x: { url: "url", text: "text" },
  facebook: { url: "u" },
  linkedin: { url: "url" },
  telegram: { url: "url", text: "text" },
  line: { url: "url", text: "text" },
  reddit: { url: "url" },
  weibo: { url: "url", text: "title" },
  email: { both: "body" },
  sms: { both: "body" },
};

test("5,000 messages and links of any characters are read back exactly, and an address is nothing but ASCII", () => {
  for (let seed = 1; seed <= 5_000; seed += 1) {
    const next = dice(seed);
    const [text, url] = [letters(next, 60), letters(next, 40) || "u"];
    const gap = !text || /\s$/.test(text) ? "" : text.includes("\n") ? "\n" : " ";
    for (const [channel, address] of Object.entries(shareTargets({ url, text }))) {
      assert.match(address, /^[a-z]+:[\w\-.~!*'()/?&=%]*$/);
      const asked = channel === "email" ? mail(address) : new URL(address).searchParams;
      const broken = (given) => (channel === "email" ? given.replace(/\r\n|\r|\n/g, "\r\n") : given).toWellFormed();
      const { url: own, text: said, both } = READS[channel];
      if (own) assert.equal(asked.get(own), broken(url), `${seed} ${channel}`);
      if (said) assert.equal(asked.get(said) ?? "", broken(text), `${seed} ${channel}`);
      if (both) assert.equal(asked.get(both), broken(text + gap + url), `${seed} ${channel}`);
    }
  }
});

// As RFC 6068, section 2, has it: no form's encoding, so that a plus is a plus.
function mail(address) {
  assert.ok(!address.includes("+"), address);
  const pairs = address.slice("mailto:?".length).split("&").map((pair) => pair.split("=").map(decodeURIComponent));
  return new Map(pairs);
}

function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const KINDS = [
  (next) => String.fromCharCode(32 + next(95)),
  (next) => " \t\r\n+&=#?%/:@\"'<>\\;,"[next(20)],
  (next) => String.fromCharCode(next(0x10000)), // halves of pairs, too
  (next) => String.fromCodePoint(0x10000 + next(0x100000)),
  () => "\r\n",
  () => "%41",
];
// Without placeholders, which have a table of their own.
function letters(next, most) {
  const text = Array.from({ length: next(most) }, () => KINDS[next(KINDS.length)](next)).join("");
  return text.replace(/[{}]/g, "");
}

test("what the event says", () => {
  assert.deepEqual(shareProperties("line", { how: "opened" }, "2222-2222"), {
    channel: "line", method: "line", content_type: "invite", item_id: "2222-2222", how: "opened",
  });
  assert.deepEqual(shareProperties("copy", { how: "copied" }), { channel: "copy", method: "copy", content_type: "invite", how: "copied" });
});
