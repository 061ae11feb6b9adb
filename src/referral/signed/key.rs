//! Public keys, as pages and servers are given them.

use super::token::{decode, encode};
use crate::{base::json::Writer, error::Error};
use alloc::string::String;
use ed25519_dalek::{Signature, VerifyingKey};

/// An Ed25519 public key and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// What tokens call it by. A program changes keys by giving the new one another name, and both to the page for as
    /// long as links of the old one are about.
    pub kid: String,
    point: VerifyingKey,
}

impl Key {
    /// The key of a JWK: `kid`, and `x`, 32 bytes in base64url.
    ///
    /// # Errors
    /// `wrong-type` where `x` is no Ed25519 public key. The eight points of small order are none: a signature could
    /// be made for any text.
    pub fn new(kid: &str, x: &str) -> Result<Key, Error> {
        let wrong = |message| Error::new("wrong-type", ".x", message);
        let point = decode(x).and_then(|bytes| VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok());
        let point = point.ok_or_else(|| wrong("An Ed25519 public key is 32 bytes in base64url, a point of its curve."))?;
        if point.is_weak() {
            return Err(wrong("With this key anybody could sign: it is a point of small order."));
        }
        Ok(Key { kid: kid.into(), point })
    }

    pub(super) fn of(kid: &str, point: VerifyingKey) -> Key {
        Key { kid: kid.into(), point }
    }

    /// The key as a JWK (RFC 8037): what belongs among the program's `keys`.
    pub fn jwk(&self) -> String {
        let x = encode(self.point.as_bytes());
        let members = [("kty", "OKP"), ("crv", "Ed25519"), ("use", "sig"), ("kid", &self.kid), ("x", &x)];
        let mut out = Writer::begin('{');
        for (name, value) in members {
            out.member(name, value);
        }
        out.end('}')
    }

    /// Whether `signature` belongs to `message`. Strictly, as RFC 8032 demands: S is below the group's order, so that
    /// nobody can make a second signature out of one, and R is no point of small order.
    pub fn fits(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.point.verify_strict(message, &signature).is_ok())
    }
}
