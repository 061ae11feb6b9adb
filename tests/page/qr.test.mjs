// The invitation's QR code, drawn by the browser and read by an independent decoder (npm jsqr).
import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, decodedBits, svgAddress } from "./support/decoded.mjs";
import { call } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";

const TEXTS = {
  "the visitor's own link": null,
  "one letter": "a",
  "letters of many scripts": "Grüße · 你好 · مرحبا · 🏴",
  "a long address": `https://example.com/?${"parameter=value&".repeat(20)}end`,
};

for (const [what, text] of Object.entries(TEXTS)) {
  test(`a decoder reads ${what}`, async (t) => {
    const page = await (await startSite(t)).open();
    const expected = text ?? (await call(page, "referral")).link;
    const svg = await call(page, "qr", expected);
    assert.match(svg, /^<svg[\s>]/);
    const found = await decoded(page, svgAddress(svg));
    assert.equal(found && Buffer.from(found.binaryData).toString("utf8"), expected);
  });
}

test("a text that no QR code can hold is refused in words", async (t) => {
  const page = await (await startSite(t)).open();
  // ISO/IEC 18004, table 7: a version 40 code of the lowest level holds 2,953 bytes.
  assert.match(await call(page, "qr", "x".repeat(2_953)), /^<svg/);
  const refusal = await page.evaluate(async () => (await window.privateer).qr("x".repeat(2_954)).then(() => null, (error) => error.message));
  assert.match(refusal, /too long/);
});

test("what is wrong with the options is said in words, and the page goes on", async (t) => {
  const page = await (await startSite(t)).open();
  const refusal = (options) => page.evaluate(async (given) => (await window.privateer).qr("a", given).then(() => null, ({ code, path }) => [code, path]), options);
  assert.deepEqual(await refusal({ level: "X" }), ["qr-level", "level"]);
  assert.deepEqual(await refusal({ version: 41 }), ["qr-version", "version"]);
  assert.deepEqual(await refusal({ logo: 26 }), ["qr-logo", "logo"]);
  assert.deepEqual(await refusal({ logo: 25, version: 40, level: "L", upper: "path" }), null);
});

test("a code is a PNG of whole pixels, and is read with a logo on it", async (t) => {
  const page = await (await startSite(t)).open();
  const link = "https://example.com/r/ABC234XY";
  const { type, width, bits } = await page.evaluate(async (text) => {
    const { qrPng } = await import("/console/qr_png.js");
    const svg = await (await window.privateer).qr(text, { upper: "path", logo: true });
    const logo = Object.assign(document.createElement("canvas"), { width: 10, height: 10 });
    logo.getContext("2d").fillRect(0, 0, 10, 10);
    const png = await qrPng(svg, { side: 400, logo });
    const image = await createImageBitmap(png);
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    const { data } = canvas.getContext("2d").getImageData(0, 0, image.width, image.height);
    return { type: png.type, width: image.width, bits: Array.from({ length: data.length / 4 }, (_, place) => (data[place * 4] < 128 ? "1" : "0")).join("") };
  }, link);
  assert.equal(type, "image/png");
  // Version 3 holds 35 capitals at level H: 29 modules and the quiet zone, 37 units; 11 pixels each are the first 400 or more.
  assert.equal(width, 407);
  assert.equal(bits[(4 * 407 + 4) * 11], "1", "the corner of the first finder");
  assert.match(bits.slice(0, 407 * 44), /^0+$/, "the quiet zone");
  const found = decodedBits(bits, width);
  assert.equal(found && Buffer.from(found.binaryData).toString("utf8"), link.toUpperCase());
});
