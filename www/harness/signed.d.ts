/** An Ed25519 public key, as a JWK (RFC 8037) has it. */
export interface SignedKey {
  /** The name by which tokens call it. */
  kid: string;
  /** The public key: 32 bytes in base64url. */
  x: string;
  /** Where it is given, "OKP". */
  kty?: string;
  /** Where it is given, "Ed25519". */
  crv?: string;
}

export interface VerifyOptions {
  /** Public keys. One with a secret in it (`d`, `k`) is not used, and the refusal says why. */
  keys: SignedKey[];
  /** The program's id, which the token's `aud` has to name. */
  program: string;
  /** The time, in milliseconds since 1970; now where it is missing. Clocks may be a minute apart. */
  now?: number;
  /** Nonces that were seen before; see {@link VerifiedLink.replayed}. */
  seen?: string[];
}

/** What a token says that was found good. */
export interface VerifiedLink {
  /** The advocate's code (`sub`). */
  code: string;
  /** What tells this link from every other one (`jti`). */
  nonce: string;
  /** When it ends, in milliseconds since 1970 (`exp`). */
  expires: number;
  /** When it was made (`iat`), if it says so. */
  issued: number | null;
  /** The name of the key that it was signed with. */
  kid: string;
  /**
   * Whether its nonce is among those seen. No refusal: people open a link twice. Only a server that keeps the nonces of all visitors
   * can let a link count once.
   */
  replayed: boolean;
}

/** Why a token is not believed. `message` says it in a sentence. */
export interface RefusedLink {
  /**
   * "malformed": no compact JWT of this form, longer than 2,048 characters, or good for more than 400 days.
   * "algorithm": signed with another one than EdDSA, whatever its header says.
   * "unknown-key": no key of that name, or one that must not be used.
   * "signature": it belongs to another text or key.
   * "program": for another program. "nonce": without one. "not-yet", "expired": outside its time, by more than a minute.
   * "unsupported": it was not checked, for this browser does not know Ed25519, or the page is not on https.
   */
  refused: "expired" | "malformed" | "algorithm" | "unknown-key" | "signature" | "program" | "not-yet" | "nonce" | "unsupported";
  message: string;
}

/**
 * Checks the token of a signed referral link: a compact JWT, EdDSA over Ed25519. Runs in pages (Chrome 137, Firefox 129, Safari 17 and later) and in
 * Node, by the same rules as the Rust crate with the feature `sign`. Never rejects.
 */
export function verify(token: string, options: VerifyOptions): Promise<VerifiedLink | RefusedLink>;
