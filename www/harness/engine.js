// The core: WebAssembly, or the same as plain JavaScript where a policy or a browser refuses that. It is there once for
// all visitors, whoever asks first.
import { apart, begin, build, imports } from "./privateer.js";
import { quietly } from "./quietly.js";

let memory = null; // the core's, once it runs
let core; // what it hands out
const parts = {}; // what its other parts do, once they are there
let view = new Uint8Array();

// Resolves when the core runs. Without bytes of its own, the file beside this script is fetched. Some servers compile
// nothing, but run what is handed over compiled.
export async function ready(wasm) {
  if (memory) return;
  if (!compiled(wasm) && refused()) return run((await plain(new URL("privateer_plain.js", import.meta.url))).instantiate);
  instantiate(compiled(wasm) ? wasm : await (wasm ? WebAssembly.compile(wasm) : download(new URL("privateer_bg.wasm", import.meta.url))));
}

// Runs the module at once, and answers with its memory.
export function instantiate(wasm) {
  return run((given) => instance(wasm, given));
}

const compiled = (wasm) => globalThis.WebAssembly && wasm instanceof WebAssembly.Module;
const instance = (wasm, given) => new WebAssembly.Instance(compiled(wasm) ? wasm : new WebAssembly.Module(wasm), given);

// Whoever was faster keeps theirs: visitors live in it.
const run = (start) => (memory ??= Object.values((core = begin(start(withEntries(imports()))))).find(({ buffer }) => buffer));

// What the core calls of its other parts does nothing before they are there. Plain JavaScript is whole.
function withEntries(given) {
  for (const part of Object.keys(apart)) for (const name of apart[part]) given.a[name] = (...values) => parts[part]?.[name](...values);
  return given;
}

export const SCORING = () => new URL("scoring.wasm", import.meta.url);
export const REWARDS = () => new URL("rewards.wasm", import.meta.url);
export const REFERRAL = () => new URL("referral.wasm", import.meta.url);

// Resolves when a part is there. It lives in the memory of the core, which is on its way; its file may be refused before the core is there.
export async function readyFor(part, address, running = ready()) {
  const arriving = parts[part] || refused() ? null : download(Object.assign(address(), { search: build }));
  const [wasm] = await Promise.all([arriving, running]);
  if (wasm) addPart(part, wasm);
}

export const addPart = (part, wasm) => (parts[part] ??= instance(wasm, { a: core }).exports);

// Asked with a module that has nothing in it, so that a file that is missing or broken is told apart. Under a policy Safari
// compiles and refuses to instantiate; the others do not even compile.
export const refused = () =>
  quietly(() => !new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))), true);

export const runs = () => memory !== null;

// The core's memory as bytes. When it grows it is another buffer, and the view of the old one is empty.
export function bytes() {
  if (view.length === 0) view = new Uint8Array(memory.buffer);
  return view;
}

// What takes the place of a module. It is loaded by its address, as the module is: a bundler that makes one file of
// everything would give it to every page.
export const plain = ({ href }) => import(href);

// Compiled while it arrives; where the server gives it another type, which browsers refuse then, once it is there.
async function download(address) {
  const arriving = fetch(address);
  try {
    return await WebAssembly.compileStreaming(arriving);
  } catch (error) {
    const response = await arriving;
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    if (response.bodyUsed) throw error;
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
