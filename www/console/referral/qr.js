// QR codes: drawn by the QR module, with somebody's logo in the middle if they have one.
import initQr, { qr_svg } from "/pkg/qr/qr.js";

/** An SVG document; see `QrOptions`. Rejects with a sentence where the text is too long. */
export async function qrSvg(text, options) {
  await initQr();
  return qr_svg(text, options);
}

/** The document with a picture in the room that was kept for it: half a module is left around it, as qr_png.js leaves it. */
export function withLogo(svg, address) {
  const [, units] = /viewBox="0 0 (\d+)/.exec(svg);
  const wide = Number(/data-logo="(\d+)"/.exec(svg)?.[1] ?? 0);
  if (wide < 3) return svg;
  const from = (units - wide) / 2 + 0.5;
  return svg.replace(/<\/svg>\s*$/, `<image x="${from}" y="${from}" width="${wide - 1}" height="${wide - 1}" href="${address}"/></svg>`);
}

/** An address that shows a document in an image. */
export const addressOf = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** A picture of somebody's own: its address, and itself. Rejects where the file is none. */
export async function pictureOf(file) {
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  const image = new Image();
  image.src = address;
  await image.decode();
  return { address, image };
}
