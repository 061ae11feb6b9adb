// How a page comes to be without WebAssembly, as changes to the site.
import { CONTENT_SECURITY_POLICY } from "../../../scripts/serve/server.mjs";

export const STRICTER = CONTENT_SECURITY_POLICY.replace(" 'wasm-unsafe-eval'", "");

export const REFUSALS = {
  "the policy forbids WebAssembly": { policy: STRICTER },
  "the browser has no WebAssembly": { first: "delete window.WebAssembly;" },
};
