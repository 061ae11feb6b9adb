//! Checking tokens, on a server; a page does the same in `www/harness/signed.js`.

use super::{
    Key,
    token::{
        ALGORITHM, ALSO, CLAIMS, CODE, EARLY, EXPIRED, HEADER, LIFE, LONG, LONGEST, LONGEST_LIFE, NO_JWT, NONCE, OTHER_ALGORITHM,
        PROGRAM, Refusal, SIGNATURE, SKEW, TIMES, UNKNOWN_KEY, decode, refused,
    },
};
use crate::{base::Time, error::Error};
use alloc::{string::String, vec::Vec};
use serde_json::{Map, Value};

/// What a token says that was found good.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// The advocate's code.
    pub code: String,
    /// What tells this link from every other one. Whoever lets a link count once only keeps the nonces that did.
    pub nonce: String,
    /// When it ends.
    pub expires: Time,
    /// When it was made, if it says so.
    pub issued: Option<Time>,
    /// The name of the key that it was signed with.
    pub kid: String,
}

type Object = Map<String, Value>;

/// What `token` says, if one of `keys` signed it for `program` and it holds at `now`; clocks may be a minute apart.
///
/// A token without `kid` is tried with the only key there is. What it says is looked at after its signature alone, so
/// a refusal tells nothing of what somebody made up.
///
/// # Errors
/// One of these codes, and a sentence: `malformed`, `algorithm`, `unknown-key`, `signature`, `program`, `nonce`,
/// `not-yet`, `expired`.
pub fn verify(token: &str, keys: &[Key], program: &str, now: Time) -> Result<Verified, Error> {
    signed(token, keys).and_then(|(key, claims)| judge(&claims, key, program, now)).map_err(refused)
}

/// The claims, once the signature has been found good.
fn signed<'k>(token: &str, keys: &'k [Key]) -> Result<(&'k Key, Object), Refusal> {
    if token.len() > LONGEST {
        return Err(LONG);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(NO_JWT)?;
    let (header, payload) = message.split_once('.').ok_or(NO_JWT)?;
    let [header, payload, signature] = parts([header, payload, signature]).ok_or(NO_JWT)?;
    let key = key_of(&object(&header).ok_or(HEADER)?, keys)?;
    if !key.fits(message.as_bytes(), &signature) {
        return Err(SIGNATURE);
    }
    Ok((key, object(&payload).ok_or(CLAIMS)?))
}

fn parts(texts: [&str; 3]) -> Option<[Vec<u8>; 3]> {
    let [header, payload, signature] = texts.map(decode);
    Some([header?, payload?, signature?])
}

fn object(json: &[u8]) -> Option<Object> {
    serde_json::from_slice(json).ok()
}

/// Which key a header asks for. That the algorithm is ours is settled before any key is looked at: a header that
/// could choose one would turn the public key into the secret of another (RFC 8725, section 2.1).
fn key_of<'k>(header: &Object, keys: &'k [Key]) -> Result<&'k Key, Refusal> {
    let text = |name| header.get(name).and_then(Value::as_str);
    if !matches!(text("alg"), Some(ALGORITHM | ALSO)) {
        return Err(OTHER_ALGORITHM);
    }
    if header.contains_key("crit") || header.get("typ").is_some_and(|typ| typ != "JWT") {
        return Err(HEADER);
    }
    match (header.get("kid"), keys) {
        (None, [only]) => Some(only),
        _ => keys.iter().find(|key| text("kid") == Some(&key.kid)),
    }
    .ok_or(UNKNOWN_KEY)
}

fn judge(claims: &Object, key: &Key, program: &str, now: Time) -> Result<Verified, Refusal> {
    if !claims.get("aud").is_some_and(|named| names(named, program)) {
        return Err(PROGRAM);
    }
    let code = text(claims, "sub").ok_or(CODE)?;
    let nonce = text(claims, "jti").ok_or(NONCE)?;
    let [expires, issued, not_before] = ["exp", "iat", "nbf"].map(|name| time(claims, name));
    let (expires, issued, not_before) = (expires?.ok_or(TIMES)?, issued?, not_before?);
    let early = [issued, not_before].into_iter().flatten().any(|time| time.since(now) > SKEW);
    let long = expires.since(now) > LONGEST_LIFE + SKEW;
    let checks = [(long, LIFE), (early, EARLY), (now.since(expires) >= SKEW, EXPIRED)];
    match checks.into_iter().find(|(fails, _)| *fails) {
        Some((_, refusal)) => Err(refusal),
        None => Ok(Verified { code, nonce, expires, issued, kid: key.kid.clone() }),
    }
}

/// An audience is one, or a list of them (RFC 7519, section 4.1.3). A program without an id is nobody's.
fn names(audience: &Value, program: &str) -> bool {
    let named = audience == program || audience.as_array().is_some_and(|list| list.iter().any(|each| each == program));
    named && !program.is_empty()
}

fn text(claims: &Object, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(Into::into)
}

/// A NumericDate may have a fraction (RFC 7519, section 2): what is below a millisecond is cut off.
fn time(claims: &Object, name: &str) -> Result<Option<Time>, Refusal> {
    let number = |value: &Value| value.as_f64().map(|seconds| Time((seconds * 1_000.0) as i64)).ok_or(TIMES);
    claims.get(name).map(number).transpose()
}
