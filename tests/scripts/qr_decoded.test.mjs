// QR codes as an independent decoder reads them: zxing-cpp (npm zxing-wasm), and jsQR (npm jsqr) for a part of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import jsQR from "jsqr";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { initSync, qr_svg } from "../../pkg/qr/qr.js";
import { inRoot } from "../../scripts/shared/paths.mjs";

const LEVELS = ["L", "M", "Q", "H"];
const LARGEST_LOGO = 25;

initSync({ module: readFileSync(inRoot("pkg", "qr", "qr_bg.wasm")) });
const wasmBinary = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });

test("2,000 links over all versions and levels are read", async () => {
  const versions = new Set();
  for (let number = 0; number < 2_000; number += 1) {
    const [level, version] = [LEVELS[number % 4], 1 + (number % 40)];
    const text = link(number, version);
    const svg = qr_svg(text, { level, version });
    versions.add(versionOf(svg));
    assert.equal(await read(svg), text, `${number}: ${level} from version ${version}`);
  }
  assert.equal(versions.size, 39, "2 to 40: the shortest of them is longer than what version 1 holds");
});

test("links in capitals, in the smallest code of the usual level, are read by both", async () => {
  for (let number = 0; number < 200; number += 1) {
    const svg = qr_svg(link(number, 1), { upper: true });
    const expected = link(number, 1).replace(/^https:\/\/[a-z.]+/, (host) => host.toUpperCase());
    assert.equal(await read(svg), expected);
    assert.equal(readByAnother(svg), expected);
  }
});

test("in every version a code is read whose logo is white, black or a pattern", async () => {
  for (let version = 1; version <= 40; version += 1) {
    for (const logo of [10, LARGEST_LOGO, true]) {
      const text = link(version, 1).slice(0, 7 + 2 * version);
      const svg = qr_svg(text, { version, logo });
      for (const painted of [() => 255, () => 0, (x, y) => (x * 7 + y * 13) % 5 < 2 ? 0 : 255]) {
        assert.equal(await read(svg, painted), text, `version ${version}, logo ${logo}`);
      }
    }
  }
});

test("a logo that is wider is refused, and so are other wrong options, in words", () => {
  const table = [
    [{ logo: 26 }, "qr-logo"], [{ logo: -1 }, "qr-logo"], [{ logo: 2.5 }, "qr-logo"], [{ version: 0.5 }, "qr-version"], [{ version: 41 }, "qr-version"],
    [{ version: "many" }, "qr-version"], [{ level: "l" }, "qr-level"], [{ level: "" }, "qr-level"], [{ level: "LM" }, "qr-level"], ["X", "qr-level"], [{ level: 1 }, "qr-level"],
  ];
  for (const [options, code] of table) {
    assert.throws(() => qr_svg("a", options), (error) => error.code === code && error.path === code.slice(3) && /^[A-Z].+\.$/.test(error.message), JSON.stringify(options));
  }
  assert.throws(() => qr_svg("x".repeat(100_000)), { code: "qr-too-long", path: "text" });
  assert.equal(qr_svg("a", "H"), qr_svg("a", { level: "H" }));
  assert.equal(qr_svg("a", { logo: true }), qr_svg("a", { logo: LARGEST_LOGO }));
});

/** A link of digits, capitals, small letters and, every third one, other scripts; long enough for about this version. */
function link(number, version) {
  let state = number * 2_654_435_761 + 1;
  const chance = (many) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * many);
  };
  const parts = [() => String(chance(1e9)), () => "ABCDEFGH2345"[chance(12)].repeat(1 + chance(9)), () => "grid/leaf-"[chance(10)], () => (number % 3 ? "&" : ["ü", "你", "م", "🏴"][chance(4)])];
  let text = "https://example.com/r/";
  const length = 20 + chance((version * version) / 2);
  while (text.length < length) text += parts[chance(4)]();
  return text;
}

const versionOf = (svg) => (/viewBox="0 0 (\d+)/.exec(svg)[1] - 8 - 17) / 4;

async function read(svg, painted) {
  const [found] = await readBarcodes(pixels(svg, painted), { formats: ["QRCode"], tryHarder: false, maxNumberOfSymbols: 1 });
  return found?.text;
}

function readByAnother(svg) {
  const { data, width, height } = pixels(svg);
  const found = jsQR(data, width, height);
  return found && Buffer.from(found.binaryData).toString("utf8");
}

/** Three pixels a module, as RGBA; the logo's square as it is painted. */
function pixels(svg, painted) {
  const scale = 3;
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)[1]) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  const put = (x, y, width, grey) => {
    for (let row = y * scale; row < (y + 1) * scale; row += 1) {
      for (let column = x * scale; column < (x + width) * scale; column += 1) data.fill(grey, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  };
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)(?!v)/g)) put(+x, +y, +width, 0);
  const logo = Number(/data-logo="(\d+)"/.exec(svg)?.[1] ?? 0);
  const first = (side / scale - logo) / 2;
  if (painted) for (let y = 0; y < logo; y += 1) for (let x = 0; x < logo; x += 1) put(first + x, first + y, 1, painted(x, y));
  return { data, width: side, height: side, colorSpace: "srgb" };
}
