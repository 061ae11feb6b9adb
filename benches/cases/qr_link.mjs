// A link of seventy characters as a QR code at level M, drawn as an SVG document. Of npm qrcode the modules alone are timed, too, without
// the drawing.
import { readFileSync } from "node:fs";
import qrcode from "qrcode";
import { initSync, qr_svg } from "../../pkg/qr/qr.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { nanoseconds } from "../support/rounds.mjs";

const LINK = "https://www.example.com/some/landing-page?ref=ABC234XY&utm_source=what";
const LEVEL = "M";

/** Microseconds for one code. */
export async function values() {
  initSync({ module: readFileSync(inRoot("pkg", "qr", "qr_bg.wasm")) });
  proved();
  const found = nanoseconds({
    privateer: repeated(() => qr_svg(LINK, { level: LEVEL })),
    "qrcode, drawn as SVG": repeated(theirSvg),
    "qrcode, its modules alone": repeated(() => qrcode.create(LINK, { errorCorrectionLevel: LEVEL })),
  });
  return Object.fromEntries(Object.entries(found).map(([name, ns]) => [name, ns / 1000]));
}

const repeated = (work) => (times) => {
  let last;
  for (let turn = 0; turn < times; turn += 1) last = work();
  return last;
};

// It calls back before it returns.
function theirSvg() {
  let svg;
  qrcode.toString(LINK, { type: "svg", errorCorrectionLevel: LEVEL }, (_, drawn) => (svg = drawn));
  return svg;
}

/** Both draw the whole code, in the same version: 37 modules and the quiet zone. */
function proved() {
  const right = [qr_svg(LINK, { level: LEVEL }), theirSvg()].every((svg) => svg.includes('viewBox="0 0 45 45"'));
  if (!right || LINK.length !== 70) throw new Error("They draw something else.");
}
