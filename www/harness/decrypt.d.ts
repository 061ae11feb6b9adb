/**
 * Decrypts what a GrowthBook server encrypted: "<iv>.<ciphertext>" in base64, AES-CBC.
 * `null` when it cannot be decrypted, whatever the reason. The text need not be JSON.
 * @param key the key in base64: 16, 24 or 32 bytes; GrowthBook's have 16
 */
export function decrypt(encrypted: string, key: string): Promise<string | null>;

/**
 * A payload with its encrypted fields (`encryptedFeatures`, `encryptedExperiments`, `encryptedSavedGroups`,
 * `encryptedContextualBandits`) replaced by what they hold, as JSON text. Where nothing is encrypted, the text as it is.
 *
 * Rejects with a {@link DecryptionError} when the key is missing or wrong.
 */
export function decryptPayload(text: string, key?: string): Promise<string>;

/** Why a payload could not be decrypted. `message` says it in a sentence. */
export interface DecryptionError extends Error {
  /** "no-key": none was given. "wrong-key": it does not fit. "no-crypto": the page is not on https, where browsers cannot decrypt. */
  code: "no-key" | "wrong-key" | "no-crypto";
  /** The field, such as `$.encryptedFeatures`. */
  path: string;
}
