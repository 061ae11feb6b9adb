// Payloads that a GrowthBook server encrypted: AES-CBC with PKCS#7 padding, written "<iv>.<ciphertext>" in base64.
// A file of its own: only sites with encrypted payloads load it.

const PLAIN = {
  encryptedFeatures: "features",
  encryptedExperiments: "experiments",
  encryptedSavedGroups: "savedGroups",
  encryptedContextualBandits: "contextualBandits",
};

export async function decrypt(encrypted, key) {
  try {
    const [iv, ciphertext] = encrypted.split(".").map(bytes);
    const secret = await crypto.subtle.importKey("raw", bytes(key), "AES-CBC", false, ["decrypt"]);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, secret, ciphertext));
  } catch {
    return null;
  }
}

// What is no JSON object is handed back as it is: whoever reads it says what is wrong with it.
export async function decryptPayload(text, key) {
  const payload = objectIn(text);
  const fields = Object.keys(PLAIN).filter((field) => payload[field]);
  if (!fields.length) return text;
  const plain = await Promise.all(fields.map((field) => plainText(field, payload[field], key)));
  return splice(payload, fields, plain);
}

// Nobody but the padding says that a key is wrong, and one time in 256 it does not: then what comes out is no JSON.
async function plainText(field, encrypted, key) {
  if (!key) throw trouble("no-key", field, "is encrypted, and no decryption key was given.");
  if (!crypto.subtle) throw trouble("no-crypto", field, "is encrypted, and browsers decrypt on https pages only.");
  const text = await decrypt(encrypted, key);
  try {
    JSON.parse(text ?? "");
  } catch {
    throw trouble("wrong-key", field, "could not be decrypted: the decryption key belongs to another payload, or the payload is damaged.");
  }
  return text;
}

// Decrypted text is put in as it came, so that the order of its keys and every digit are kept.
function splice(payload, fields, plain) {
  const names = fields.map((field) => PLAIN[field]);
  const others = Object.entries(payload).filter(([name]) => !fields.includes(name) && !names.includes(name));
  const members = [...others.map(([name, value]) => [name, JSON.stringify(value)]), ...names.map((name, place) => [name, plain[place]])];
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`)}}`;
}

function objectIn(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const trouble = (code, field, sentence) => Object.assign(new Error(`${field} ${sentence}`), { code, path: `$.${field}` });
