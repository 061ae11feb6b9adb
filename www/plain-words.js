// What browsers say when something fails, in words for people.

/** One sentence with its full stop. What is not recognised stays as it is. */
export function plainWords(error) {
  const text = String(error?.message ?? error).replace(/^Privateer is not running: /, "");
  // Every browser words this its own way; all of them name WebAssembly and the policy or its keyword.
  const isForbidden = /WebAssembly/.test(text) && /security policy|unsafe-eval|\bCSP\b/i.test(text);
  return sentence(isForbidden ? "The security policy of this site forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'" : text);
}

function sentence(text) {
  return text.replace(/\.*$/, ".");
}
