// QR codes: drawn by the QR module, as SVG and as pixels.
import initQr, { qr_svg } from "/pkg/qr/qr.js";

/** An SVG document; `level` is how much of the code may be hidden, L to H. Rejects with a sentence where the text is too long. */
export async function qrSvg(text, level) {
  await initQr();
  return qr_svg(text, level);
}

/** The same as a PNG, so many pixels wide, on white. */
export async function qrPng(svg, width) {
  const image = new Image(width, width);
  image.src = addressOf(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height: width });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, width);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, width, width);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** An address that shows it in an image. */
export const addressOf = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;
