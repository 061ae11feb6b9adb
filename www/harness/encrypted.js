// Encrypted payloads. What decrypts them is loaded by pages that have one.
import { parse, stringify } from "./json.js";

const ENCRYPTED = /"encrypted(Features|Experiments|SavedGroups|ContextualBandits)"/;

// The payload as it was before; empty where the key is not the right one, of which `warn` is told.
export async function decrypted(payload, key, warn) {
  if (!ENCRYPTED.test(payload)) return payload;
  try {
    const { decryptPayload } = await import("./decrypt.js");
    return await decryptPayload(payload, key);
  } catch (error) {
    warn(error.message);
    return "";
  }
}

// The same for a payload within a site definition.
export async function decryptedInline(definition, warn) {
  if (!ENCRYPTED.test(definition)) return definition;
  const site = parse(definition);
  const { payload, decryptionKey } = site.experiments;
  site.experiments.payload = parse((await decrypted(stringify(payload), decryptionKey, warn)) || "{}");
  return stringify(site);
}
