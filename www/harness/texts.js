// Texts in the module's memory, as UTF-8.
import { bytes } from "./engine.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
// Up to here, letter by letter is faster than the browser's own coders, in Chromium above all (measured).
const WRITTEN = 512;
const READ = 64;
const [QUOTE, BACKSLASH, N, T, F] = [..."\"\\ntf"].map((letter) => letter.charCodeAt(0));

export const encode = (text) => encoder.encode(text);

// Writes a text between two places; where it ends, or behind the second place when it does not fit.
export function write(text, from, to) {
  if (from + text.length > to) return to + 1;
  const memory = bytes();
  if (text.length <= WRITTEN && letters(memory, text, from)) return from + text.length;
  const { read, written } = encoder.encodeInto(text, memory.subarray(from, to));
  return read < text.length ? to + 1 : from + written;
}

// Writes an ASCII text; whether it is one.
function letters(memory, text, from) {
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code > 127) return false;
    memory[from + place] = code;
  }
  return true;
}

export const read = (at, length) => decoder.decode(bytes().subarray(at, at + length));

// The value of a JSON text. Most values are words or short plain strings, and need no parser.
export function readJson(at, length) {
  const memory = bytes();
  const first = memory[at];
  if (first === T) return true;
  if (first === F) return false;
  if (first === N) return null;
  return (first === QUOTE && length <= READ ? plain(memory, at + 1, at + length - 1) : null) ?? JSON.parse(read(at, length));
}

// The letters between two places; null where one is not plain.
function plain(memory, from, to) {
  let text = "";
  for (let place = from; place < to; place += 1) {
    const code = memory[place];
    if (code > 126 || code === BACKSLASH) return null;
    text += String.fromCharCode(code);
  }
  return text;
}
