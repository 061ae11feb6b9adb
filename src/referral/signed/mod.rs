//! Signed links: a code that only the program's own server can have put into an address.
//!
//! What travels is a compact JWT (RFC 7519) signed with EdDSA over Ed25519 (RFC 8037), in a query parameter of its own.
//! A page holds public keys only and checks tokens with them (`www/harness/signed.js`); servers sign and check with
//! the feature `sign`. Both sides follow the same rules, in the same words: `tests/data/signed_links.json`.
//!
//! | header | `{"alg":"EdDSA","typ":"JWT","kid":"2026"}` |
//! |---|---|
//! | `aud` | the program's id; a list of them is taken too |
//! | `sub` | the advocate's code |
//! | `jti` | the nonce: what tells this link from every other one |
//! | `exp` | when it ends, in seconds since 1970 |
//! | `iat`, `nbf` | when it was made, and from when on it holds; either may be absent |

#[cfg(feature = "sign")]
mod key;
#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "sign")]
mod token;
#[cfg(feature = "sign")]
mod verify;

#[cfg(feature = "sign")]
pub use key::Key;
#[cfg(feature = "sign")]
pub use sign::{Claims, Signer};
#[cfg(feature = "sign")]
pub use verify::{Verified, verify};

use crate::base::{
    json::{Json, Section, print_integer},
    url,
};
use alloc::string::String;

/// The query parameter that carries a token, where the program names none.
pub const PARAMETER: &str = "ref_token";

/// Characters of a public key: 32 bytes in base64url.
const KEY_LENGTH: usize = 43;

/// What a program says of signed links; without keys there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signed {
    /// The query parameter that carries a token; empty before a section was read.
    pub parameter: String,
    /// Whether a code counts only when a token carries it.
    pub required: bool,
    /// How many of the keys are Ed25519 public keys: what the page checks with.
    pub keys: usize,
}

impl Signed {
    /// Reads the section `signed` of a referral program.
    ///
    /// A key with a secret in it is left out and named (`secret-key`): whoever reads the page could sign with it.
    pub fn read(&mut self, mut section: Section<'_, '_>) {
        self.parameter = super::link::parameter(&mut section).unwrap_or(PARAMETER).into();
        if section.get("secret").is_some() {
            section.problem("secret-key", "secret", SECRET);
        }
        for (index, key) in section.items("keys").enumerate() {
            match fault(key) {
                Some([code, field, message]) => {
                    section.problem(code, &["keys[", &print_integer(index as i64), "]", field].concat(), message);
                }
                None => self.keys += 1,
            }
        }
        self.required = section.flag("required", false);
        if self.required && self.keys == 0 {
            section.problem("missing-field", "keys", "Signed links are required, so a public key is too.");
        }
    }

    /// Whether tokens are looked for at all.
    pub fn is_some(&self) -> bool {
        self.keys > 0
    }
}

const SECRET: &str = "A secret in a page is no secret. Sign on a server, and give the page the public half, x.";

/// What is wrong with a key (a JWK of RFC 8037): a code, the field, a sentence.
fn fault(key: Json<'_>) -> Option<[&'static str; 3]> {
    let is = |name, wanted| key.get(name).is_none_or(|value: Json<'_>| value.string() == Some(wanted));
    let field = ["d", "k"].into_iter().find(|name| key.get(name).is_some());
    if let Some(field) = field {
        return Some(["secret-key", if field == "d" { ".d" } else { ".k" }, SECRET]);
    }
    if !is("kty", "OKP") || !is("crv", "Ed25519") {
        return Some(["unknown-word", ".crv", "Only keys of Ed25519 are known here: kty OKP, crv Ed25519."]);
    }
    if key.get_filled("kid").is_none() {
        return Some(["missing-field", ".kid", "A key needs a name, kid, that tokens call it by."]);
    }
    let fits = key.get_string("x").is_some_and(|x| x.len() == KEY_LENGTH && x.bytes().all(is_base64url));
    (!fits).then_some(["wrong-type", ".x", "A public key is 43 characters of base64url."])
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// `address` with `token` in the parameter of that name; everything else in it stays as it is.
///
/// ```
/// # use privateer::referral::signed::{PARAMETER, link};
/// assert_eq!(link("https://example.com/?a=1#b", PARAMETER, "x.y.z"), "https://example.com/?a=1&ref_token=x.y.z#b");
/// ```
pub fn link(address: &str, parameter: &str, token: &str) -> String {
    url::with_parameter(address, parameter, token)
}
