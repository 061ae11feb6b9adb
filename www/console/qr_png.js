// A QR code as a PNG file, for those who print or paste it.

/**
 * Paints what the encoder drew, each module as a square of whole pixels, so that no edge is blurred.
 *
 * @param {string} svg a code as SVG text, with its quiet zone
 * @param {{ side?: number, logo?: CanvasImageSource }} [options] how many pixels wide it is to be at least, 1,024 without; a picture for the
 *   room in the middle
 * @returns {Promise<Blob>} of type image/png
 */
export async function qrPng(svg, { side = 1024, logo } = {}) {
  const [, units] = /viewBox="0 0 (\d+)/.exec(svg);
  const scale = Math.max(1, Math.ceil(side / units));
  const canvas = Object.assign(document.createElement("canvas"), { width: units * scale, height: units * scale });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(await painted(svg, canvas.width), 0, 0, canvas.width, canvas.width);
  if (logo) drawLogo(context, logo, svg, units, scale);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png"));
}

// Without a size of its own, some browsers draw nothing.
async function painted(svg, side) {
  const image = new Image(side, side);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace("<svg ", `<svg width="${side}" height="${side}" `))}`;
  await image.decode();
  return image;
}

/** Half a module is left around it, so that it does not touch what belongs to the code. */
function drawLogo(context, logo, svg, units, scale) {
  const wide = Number(/data-logo="(\d+)"/.exec(svg)?.[1] ?? 0);
  if (wide < 3) return;
  const from = ((units - wide) / 2 + 0.5) * scale;
  context.imageSmoothingEnabled = true;
  context.drawImage(logo, from, from, (wide - 1) * scale, (wide - 1) * scale);
}
