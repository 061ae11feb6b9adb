// The core: WebAssembly, or the same as plain JavaScript where a policy or a browser refuses that. It is there once for
// all visitors, whoever asks first.
import { apart, begin, imports } from "./privateer.js";
import { quietly } from "./quietly.js";

let memory = null; // the core's, once it runs
let core; // what it hands out
let scoring; // what its second part does, once that is there
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

// What the core calls of its second part does nothing before that is there. Plain JavaScript is whole.
function withEntries(given) {
  for (const name of apart) given.a[name] = (...values) => scoring?.[name](...values);
  return given;
}

// Resolves when leads can be scored. The second part lives in the memory of the first, which is on its way.
export async function readyToScore(running = ready()) {
  const arriving = scoring || refused() ? null : download(new URL("scoring.wasm", import.meta.url));
  await running;
  if (arriving) addScoring(await arriving);
}

export const addScoring = (wasm) => (scoring ??= instance(wasm, { a: core }).exports);

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
