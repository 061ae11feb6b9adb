/** What a code is to be like. Without options it is the smallest of the usual level. */
export interface QrOptions {
  /**
   * How much of it may be dirty or covered: `"L"` 7 %, `"M"` 15 %, `"Q"` 25 %, `"H"` 30 %. Without one, M, or L for a text that only fits
   * so. With a logo it is H, whatever stands here.
   */
  level?: "L" | "M" | "Q" | "H";
  /** The smallest version, 1 to 40, so that codes of different texts have one size. A text that needs more gets a larger one. */
  version?: number;
  /**
   * Keeps a square in the middle free for a logo: so many percent of the code's width without its quiet zone, 1 to 25, or `true` for 25. What
   * it covers is restored by error correction, with room to spare in every version. The document's `data-logo` tells how wide the square
   * is, in the units of its `viewBox`.
   */
  logo?: number | boolean;
  /**
   * `true` puts scheme and host of a link in capitals, which mean the same and take less room. `"path"` does so with the path, too: right
   * where the server reads it in capitals as in small letters, such as `/r/CODE`. The query and what follows never change.
   */
  upper?: boolean | "path";
}

/** Why there is no code. `message` says it in a sentence, `path` names the argument. */
export interface QrError extends Error {
  code: "qr-too-long" | "qr-level" | "qr-version" | "qr-logo";
  path: "text" | "level" | "version" | "logo";
}

/**
 * Draws `text`, usually a link, as a QR code and returns an SVG document.
 *
 * The code is black on white with a quiet zone of 4 modules, whatever the page's colours are, and has no size of its own: it fills
 * the width it is given. Digits, and capitals with digits, are packed tighter than other ASCII characters wherever they stand. Other text is written as
 * UTF-8, without an ECI header. The same text gives the same code on every machine.
 *
 * Throws a {@link QrError}: `"qr-too-long"` when no code is large enough (beyond 2,953, 2,331, 1,663 and 1,273 bytes at the four
 * levels), `"qr-level"`, `"qr-version"` and `"qr-logo"` for an option out of its range.
 *
 * ```js
 * await init();
 * document.querySelector("#code").innerHTML = qr_svg("https://example.com/r/ABC234XY", { upper: "path", logo: 20 });
 * ```
 */
export function qr_svg(text: string, options?: QrOptions | QrOptions["level"]): string;

/** What the module can be loaded from. */
export type InitInput = string | URL | Response | BufferSource | WebAssembly.Module;

/** Loads the encoder once: `qr_bg.wasm` from beside the script, unless it is given. */
export default function init(module?: InitInput | Promise<InitInput> | { module_or_path: InitInput | Promise<InitInput> }): Promise<unknown>;

/** The same at once, of bytes or a compiled module. */
export function initSync(module: { module: BufferSource | WebAssembly.Module } | BufferSource | WebAssembly.Module): unknown;
