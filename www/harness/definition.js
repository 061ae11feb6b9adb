// The site definition: given as an object, or to be fetched.
import { stringify } from "./json.js";

export const readDefinition = async (site, timeout) => (typeof site === "string" ? fetched(site, timeout) : stringify(site));

async function fetched(url, timeout) {
  const response = await fetch(url, timeout ? { signal: AbortSignal.timeout(timeout) } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
