//! What signing and checking agree on: the limits, the encoding, and the words of every refusal.

use crate::{
    base::time::{DAY, MINUTE},
    error::Error,
};
use alloc::{string::String, vec::Vec};
use base64ct::{Base64UrlUnpadded, Encoding};

/// What signs, as RFC 8037 names it.
pub const ALGORITHM: &str = "EdDSA";
/// The same by the name that RFC 9864 gave it. Taken too: newer libraries write it.
pub const ALSO: &str = "Ed25519";
/// No token is longer, in characters: addresses have to pass through mail programs and servers.
pub const LONGEST: usize = 2_048;
/// How far two clocks may be apart.
pub const SKEW: i64 = MINUTE;
/// No token holds for longer from now on. It also catches an `exp` in milliseconds.
pub const LONGEST_LIFE: i64 = 400 * DAY;

/// A code, as in `www/harness/signed.js`, and a sentence.
pub type Refusal = [&'static str; 2];

pub const LONG: Refusal = ["malformed", "The token is longer than 2,048 characters."];
pub const NO_JWT: Refusal = ["malformed", "The token is no compact JWT: three parts in base64url, with dots between them."];
pub const HEADER: Refusal = ["malformed", "The token's header is no JSON object with typ JWT and without crit."];
pub const OTHER_ALGORITHM: Refusal = ["algorithm", "The token is not signed with EdDSA, which alone is taken."];
pub const UNKNOWN_KEY: Refusal = ["unknown-key", "None of the keys given is the one that the token names by kid."];
pub const SIGNATURE: Refusal = ["signature", "The signature does not belong to this token and key."];
pub const CLAIMS: Refusal = ["malformed", "The token's claims are no JSON object."];
pub const PROGRAM: Refusal = ["program", "The token is for another program than this one: aud is its id."];
pub const CODE: Refusal = ["malformed", "The token has no code: sub is a text."];
pub const NONCE: Refusal = ["nonce", "The token has no nonce: jti is a text."];
pub const TIMES: Refusal = ["malformed", "The token needs exp, and perhaps iat and nbf: numbers of seconds since 1970."];
pub const LIFE: Refusal = ["malformed", "The token would hold for more than 400 days; exp counts seconds, not milliseconds."];
pub const EARLY: Refusal = ["not-yet", "The token does not hold yet."];
pub const EXPIRED: Refusal = ["expired", "The token has expired."];

/// A refusal as an error, which has no place in a document.
pub fn refused([code, message]: Refusal) -> Error {
    Error::new(code, "", message)
}

/// Bytes in base64url without padding (RFC 7515, section 2).
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// The bytes of a text in base64url. Strictly: no padding, no spaces, and no bits left over at the end that are not 0,
/// so that bytes have one spelling.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}
