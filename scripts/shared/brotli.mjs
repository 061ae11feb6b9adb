import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

/** The size of a file, or of a buffer, as a server with brotli at its best delivers it. */
export function brotliBytes(source) {
  const bytes = typeof source === "string" ? readFileSync(source) : source;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}
