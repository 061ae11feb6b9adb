// QR codes: what JavaScript and qr_bg.wasm tell each other. Texts stand in the module's memory; this file alone knows where. Loaded
// when a code is first asked for.
const LEVELS = "LMQH";
const LARGEST_LOGO = 25; // percent of the width
let core;

/** What draws from now on: the exports of the module, or of the same as plain JavaScript. */
export const begin = (exports) => (core = exports);

/** Loads the module once: from beside this script unless it is given as an address, an answer, bytes, or compiled. */
export default async function init(given) {
  if (core) return core;
  const module = await (given?.module_or_path ?? given ?? new URL("qr_bg.wasm", import.meta.url));
  const answer = typeof module === "string" || module instanceof URL ? await fetch(module) : module;
  const made = await WebAssembly.instantiate(answer.arrayBuffer ? await answer.arrayBuffer() : answer);
  return begin((made.instance ?? made).exports);
}

/** The same at once, of bytes or a compiled module. */
export const initSync = (given) => (core ??= new WebAssembly.Instance(compiled(given.module ?? given)).exports);

const compiled = (module) => (module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module));

/** Draws a text; `options` may be a level. */
export function qr_svg(text, options) {
  const { level, version = 1, logo = 0, upper } = options?.big ? { level: options } : options ?? {};
  const bytes = new TextEncoder().encode(text);
  const at = core.room(bytes.length);
  new Uint8Array(core.memory.buffer).set(bytes, at);
  const place = core.draw(
    at, bytes.length, level == null ? 4 : level.length === 1 ? LEVELS.indexOf(level) : -1, whole(version), logo === true ? LARGEST_LOGO : whole(logo),
    upper === "path" ? 2 : +!!upper,
  );
  const memory = new Uint8Array(core.memory.buffer);
  const answer = new TextDecoder().decode(memory.subarray(place, memory.indexOf(0, place)));
  if (answer[0] === "<") return answer;
  const [code, path, message] = answer.split("\n");
  throw Object.assign(Error(message), { code, path });
}

const whole = (number) => (Number.isInteger(+number) ? number : -1);
