/** Does some work while there is no WebAssembly, as hardened browsers have none. */
export async function withoutWebAssembly(work) {
  const property = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly");
  delete globalThis.WebAssembly;
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", property);
  }
}
