// The WebAssembly module. It is there once for all visitors, whoever asks first.
import { initSync } from "./privateer.js";

let memory = null; // the module's, once it runs
let view = new Uint8Array();

// Resolves when the module runs. Without bytes of its own, the file beside this script is fetched.
export async function ready(wasm) {
  if (memory) return;
  instantiate(wasm instanceof WebAssembly.Module ? wasm : await (wasm ? WebAssembly.compile(wasm) : download()));
}

// Runs the module at once, and answers with its memory. Whoever was faster keeps theirs: visitors live in it.
export function instantiate(wasm) {
  memory ??= Object.values(initSync({ module: wasm })).find((each) => each instanceof WebAssembly.Memory);
  return memory;
}

export const runs = () => memory !== null;

// The module's memory as bytes. When it grows it is another buffer, and the view of the old one is empty.
export function bytes() {
  if (view.length === 0) view = new Uint8Array(memory.buffer);
  return view;
}

// Compiled while it arrives; where the server gives it another type, which browsers refuse then, once it is there.
async function download() {
  const arriving = fetch(new URL("privateer_bg.wasm", import.meta.url));
  try {
    return await WebAssembly.compileStreaming(arriving);
  } catch (error) {
    const response = await arriving;
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    if (response.bodyUsed) throw error;
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
