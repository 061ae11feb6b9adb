// What an independent decoder (npm jsqr) reads of a QR code as the browser paints it.
import jsQR from "jsqr";

const SIDE = 600;

export const svgAddress = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** The decoder's answer to the image at an address, painted on white; null where it finds no code. */
export async function decoded(page, address) {
  const bits = await page.evaluate(async (source, side) => {
    const image = new Image(side, side);
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    return Array.from({ length: side * side }, (_, place) => (data[place * 4] < 128 ? "1" : "0")).join("");
  }, address, SIDE);
  return decodedBits(bits, SIDE);
}

/** The same of pixels, 1 for black. */
export function decodedBits(bits, side) {
  const rgba = new Uint8ClampedArray(bits.length * 4);
  for (let place = 0; place < bits.length; place += 1) rgba.fill(bits[place] === "1" ? 0 : 255, place * 4, place * 4 + 3).fill(255, place * 4 + 3, place * 4 + 4);
  return jsQR(rgba, side, side);
}
