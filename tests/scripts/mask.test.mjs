// What reaches a person or pays is hidden; what only looks like a number stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mask, maskCards, maskUrl } from "../../www/harness/mask.js";

const hides = (text, hidden) => test(`${text} becomes ${hidden}`, () => assert.equal(mask(text), hidden));

// Card numbers: the test numbers that payment providers publish (Stripe, Adyen, Worldpay), none of them in use.
const CARDS = [
  "4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "4000056655665556", "5555555555554444", "2223003122003222",
  "5105105105105100", "378282246310005", "3782 822463 10005", "371449635398431", "6011111111111117", "3056930009020004",
  "36227206271667", "3566002020360505", "6200000000000005", "4222222222222", "6304000000000000",
];
for (const card of CARDS) hides(card, "[card]");
hides("pay 4242 4242 4242 4242 12/29 now", "pay [card] 12/29 now");

// Numbers that national regulators keep for films and examples (Ofcom, Bundesnetzagentur, Arcep, ACMA, NANPA), and their ways of writing.
const PHONES = [
  "+44 20 7946 0958", "020 7946 0958", "07700 900123", "+49 30 23125 000", "+49 (0)30 23125-000", "030 23125 000", "(030) 23125-000", "0171/3920000",
  "+33 1 99 00 12 34", "01 99 00 12 34", "01.99.00.12.34", "(02) 5550 1234", "0491 570 006", "+61 491 570 006",
  "(212) 555-0123", "212-555-0123", "212.555.0123", "1-212-555-0123", "+1 212 555 0123", "+12125550123", "+491713920000", "06-12345678",
];
for (const phone of PHONES) hides(phone, "[phone]");
hides("tel:02071838750", "tel:[phone]");
hides("Call 030 23125 000 or +44 20 7946 0958.", "Call [phone] or [phone].");

const EMAILS = ["robin@example.com", "robin.o'neil+news@mail.example.co.uk".replace("'", ""), "R_0b-in@sub.example.museum", "robin%40example.com", "björn@exämple.de"];
for (const email of EMAILS) hides(email, "[email]");
hides("Write to robin@example.com, or to <kim@example.org>.", "Write to [email], or to <[email]>.");
hides("mailto:robin@example.com?subject=Hello", "mailto:[email]?subject=Hello");

const PLAIN = [
  "logo@2x.png", "icon@1.5x.webp", "react@18.2.0", "@privateer/core", "@robin", "a@b", "5 @ 3.50",
  "2024-01-15", "2024-01-15T10:30:00+02:00", "2024-01-15 10:30:00.123", "20240115103000", "15.01.2024", "01/02/2024", "01/02/2024 10:30", "01.02.2024 10:30", "+002024-01-15",
  "1700000000", "1700000000000", "1700000000.123", "€1,234,567.89", "1.234.567,89 €", "1 234 567,89", "$ 4 000 000", "-1234567", "0.12345678", "+12.5 %",
  "192.168.100.200", "10.0.19041.1234", "v1.2.3-rc.4", "978-3-16-148410-0", "123-4567890-1234567", "12345678", "123456789012", "52.520008, 13.404954",
  "f47ac10b-58cc-4372-a567-0e02b2c3d479", "01234567-89ab-7cde-8f01-23456789abcd", "45678901-1234-4234-8234-123456789012", "0123456789", "09:30-17:45",
  "4242 4242 4242 4241", "1234 5678 9012 3456",
];
for (const text of PLAIN) test(`${text} stays`, () => assert.equal(mask(text), text));

const TURNS = 20_000;

test("no time, price, id or UUID is taken for a person's", () => {
  const random = generator(7);
  const below = (limit) => Math.floor(random() * limit);
  const digits = (count, first = below(9) + 1) => `${first}${Array.from({ length: count - 1 }, () => below(10)).join("")}`;
  const hex = (count) => Array.from({ length: count }, () => below(16).toString(16)).join("");
  const when = () => new Date(below(4_000_000_000) * 1000 + below(1000));
  const makers = {
    "a time in ISO 8601": () => when().toISOString(),
    "a date": () => when().toISOString().slice(0, 10),
    "a time with an offset": () => when().toISOString().replace("Z", `${below(2) ? "+" : "-"}0${below(10)}:30`),
    "a date with dots": () => when().toISOString().slice(0, 10).split("-").reverse().join("."),
    "a date with slashes and a time": () => `${when().toISOString().slice(0, 10).split("-").reverse().join("/")} ${when().toISOString().slice(11, 19)}`,
    "seconds since 1970": () => String(Math.floor(when() / 1000)),
    "milliseconds since 1970": () => String(1_000_000_000_000 + below(1_000_000_000_000)),
    "a price": () => `${(below(1e9) / 100).toLocaleString("en")} USD`,
    "a price elsewhere": () => `${(below(1e9) / 100).toLocaleString("de")} €`,
    "a price in France": () => `${(below(1e9) / 100).toLocaleString("fr")} €`,
    "a share": () => String(random()),
    "an id of up to 12 digits": () => digits(below(12) + 1),
    "an id of 13 to 19 digits that no card begins with": () => digits(13 + below(7), [1, 7, 8, 9][below(4)]),
    "an id with letters": () => `ord_${hex(8)}${digits(8)}`,
    "a UUID": () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[below(4)]}${hex(3)}-${hex(12)}`,
    "a UUID of digits": () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
    "an address of a computer": () => [0, 0, 0, 0].map(() => below(256)).join("."),
    "a version": () => `${below(30)}.${below(100)}.${below(20_000)}`,
    "a size": () => `${below(4000)}x${below(4000)}`,
  };
  for (const [what, make] of Object.entries(makers)) {
    for (let turn = 0; turn < TURNS / 10; turn += 1) {
      const text = make();
      for (const around of [text, `x ${text} y`, `(${text})`, `id=${text}`]) assert.equal(mask(around), around, what);
    }
  }
});

test("hiding twice hides no more than once, whatever the text", () => {
  const random = generator(11);
  const pieces = [...CARDS, ...PHONES, ...EMAILS, ...PLAIN, " ", ".", "-", "+", "(", ")", "/", "@", "0", "49", "4242", "=", "&", "?", "#", "%", "%40", "ä", "😀", "tel:"];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const text = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pieces[Math.floor(random() * pieces.length)]).join(random() < 0.5 ? " " : "");
    const once = mask(text);
    assert.equal(mask(once), once, text);
    const address = maskUrl(text);
    assert.equal(maskUrl(address), address, text);
  }
});

test("a card among words is found wherever it stands", () => {
  const random = generator(13);
  for (let turn = 0; turn < TURNS / 10; turn += 1) {
    const card = luhn("4", 16, random);
    const grouped = card.replace(/(\d{4})(?=\d)/g, `$1${["", " ", "-"][turn % 3]}`);
    assert.equal(mask(`before ${grouped}, after`), "before [card], after", grouped);
  }
});

test("a long text without anything in it is read in time", () => {
  for (const piece of ["a", "a.", "4 ", "0 ", "+1", "(", "@", "a@", "1-", "4242 "]) {
    const text = piece.repeat(20_000);
    const begun = performance.now();
    mask(text);
    maskUrl(text);
    assert.ok(performance.now() - begun < 1_000, `${piece}: ${performance.now() - begun} ms`);
  }
});

const ADDRESSES = {
  "https://example.com/?token=abc&plan=crew": "https://example.com/?token=&plan=crew",
  "https://example.com/?access_token=a&api_key=b&apikey=c&key=d&reset-token=e&PHPSESSID=f&authToken=g": "https://example.com/?access_token=&api_key=&apikey=&key=&reset-token=&PHPSESSID=&authToken=",
  "https://example.com/?user_email=x&Phone=1&password=p&sid=1": "https://example.com/?user_email=&Phone=&password=&sid=",
  "https://example.com/?author=jane&keyword=shoes&monkey=1&tell=2&coderef=7": "https://example.com/?author=jane&keyword=shoes&monkey=1&tell=2&coderef=7",
  "https://example.com/?code=SPRING&plan=1": "https://example.com/?code=SPRING&plan=1",
  "https://example.com/back?code=abc&state=xyz": "https://example.com/back?code=&state=",
  "https://example.com/?q=robin%40example.com&r=a+b": "https://example.com/?q=[email]&r=a+b",
  "https://example.com/?q=mail+robin@example.com+now": "https://example.com/?q=mail%20[email]%20now",
  "https://example.com/user/robin@example.com/edit": "https://example.com/user/[email]/edit",
  "https://robin:secret@example.com/x": "https://example.com/x",
  "https://example.com/#access_token=abc&n=1": "https://example.com/#access_token=&n=1",
  "https://example.com/#robin@example.com": "https://example.com/#[email]",
  "/relative?token=1#plans": "/relative?token=#plans",
  "https://example.com/?next=%2Freset%3Ftoken%3Dabc%26a%3D1": "https://example.com/?next=%2Freset%3Ftoken%3D%26a%3D1",
  "https://example.com/?next=%2Freset%3Fa%3D1": "https://example.com/?next=%2Freset%3Fa%3D1",
  "https://example.com/?utm_token=1&utm_source=robin@example.com&gclid=EAIaIQ&yclid=4242424242424242&msclkid=1": "https://example.com/?utm_token=1&utm_source=[email]&gclid=&yclid=&msclkid=",
  "https://example.com/a%2": "https://example.com/a%2",
  "mailto:robin@example.com?subject=Hi": "mailto:[email]?subject=Hi",
  "tel:+442079460958": "tel:[phone]",
  "": "",
};
for (const [address, told] of Object.entries(ADDRESSES)) test(`the address ${address} is told as ${told}`, () => assert.equal(maskUrl(address), told));

test("a site denies parameters of its own", () => {
  assert.equal(maskUrl("/?member=7&ref=a&ref_email=x", ["member"]), "/?member=&ref=a&ref_email=");
});

test("ids of clicks are told where they may be, but those that name a person, and those that the site denies", () => {
  assert.equal(maskUrl("/?gclid=1&yclid=4242424242424242&mkt_tok=a&mc_eid=b&_kx=c&msclkid=2", ["msclkid"], true), "/?gclid=1&yclid=4242424242424242&mkt_tok=&mc_eid=&_kx=&msclkid=");
});

test("cards alone are hidden of what somebody says of themselves", () => {
  assert.equal(maskCards("4111 1111 1111 1111, robin@example.com, +442079460958"), "[card], robin@example.com, +442079460958");
});

test("what is left alone keeps every byte", () => {
  for (const address of ["/?a=%7B%22b%22%3A1%7D&c=%zz&d=+e&=f&g&&h=", "https://例え.jp/ü?x=ü#ü", "/a;b=c/d=e"]) assert.equal(maskUrl(address), address);
});

// Numbers from 0 to 1 that follow from a seed: mulberry32, a public-domain generator.
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// A number that passes Luhn's check, by trying its last digit.
function luhn(first, length, random) {
  const body = first + Array.from({ length: length - 2 }, () => Math.floor(random() * 10)).join("");
  const sum = [...`${body}0`].reverse().map(Number).map((digit, place) => (place % 2 ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit)).reduce((one, other) => one + other, 0);
  return body + ((10 - (sum % 10)) % 10);
}
