//! Making tokens, on a server.

use super::{
    Key,
    token::{ALGORITHM, CODE, LIFE, LONG, LONGEST, LONGEST_LIFE, NONCE, PROGRAM, Refusal, encode, refused},
};
use crate::{
    base::{Time, json::Writer, time::SECOND},
    error::Error,
};
use alloc::string::String;
use ed25519_dalek::{Signer as _, SigningKey, pkcs8::DecodePrivateKey};

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claims<'a> {
    /// The program's id.
    pub program: &'a str,
    /// The advocate's code.
    pub code: &'a str,
    /// What tells this link from every other one: 16 random bytes, or the id under which the server keeps it.
    pub nonce: &'a str,
    /// When the token was made. Times are cut to whole seconds.
    pub issued: Time,
    /// When it ends, 400 days after `issued` at the latest.
    pub expires: Time,
    /// When it begins to hold, if that is later.
    pub not_before: Option<Time>,
}

/// A secret key and its name. It belongs on a server: whoever has it can invite in anybody's name.
pub struct Signer {
    kid: String,
    key: SigningKey,
}

impl Signer {
    /// The signer of a seed, which is what RFC 8032 calls the secret key: 32 random bytes.
    ///
    /// ```
    /// use privateer::{base::Time, referral::signed::{Claims, Signer, verify}};
    /// let signer = Signer::from_seed("2026", &[7; 32]);
    /// let (issued, expires) = (Time(1_767_225_600_000), Time(1_769_817_600_000));
    /// let claims = Claims { program: "neighbours", code: "2222-2222", nonce: "n1", issued, expires, not_before: None };
    /// let token = signer.sign(&claims)?;
    /// assert_eq!(verify(&token, &[signer.public_key()], "neighbours", issued)?.code, "2222-2222");
    /// assert_eq!(verify(&token, &[signer.public_key()], "others", issued).map_err(|error| error.code), Err("program"));
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn from_seed(kid: &str, seed: &[u8; 32]) -> Signer {
        Signer { kid: kid.into(), key: SigningKey::from_bytes(seed) }
    }

    /// The signer of a file in PEM (PKCS #8), as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// # Errors
    /// `wrong-type` where it is none, or of another algorithm.
    pub fn from_pem(kid: &str, pem: &str) -> Result<Signer, Error> {
        let key = SigningKey::from_pkcs8_pem(pem);
        let message = "A secret key is a PKCS #8 file in PEM, of the algorithm Ed25519.";
        key.map(|key| Signer { kid: kid.into(), key }).map_err(|_| Error::new("wrong-type", "", message))
    }

    /// The token that says so. The same claims give the same token.
    ///
    /// # Errors
    /// What would be refused everywhere is not signed, with the code of that refusal: `program`, `nonce` or
    /// `malformed` where a text is empty, where the token holds for more than 400 days or where it is longer than
    /// 2,048 characters.
    pub fn sign(&self, claims: &Claims<'_>) -> Result<String, Error> {
        fault(claims).map_or(Ok(()), |refusal| Err(refused(refusal)))?;
        let mut token = [encode(self.header().as_bytes()), encode(payload(claims).as_bytes())].join(".");
        let signature = self.signature(token.as_bytes());
        token.push('.');
        token.push_str(&encode(&signature));
        if token.len() > LONGEST { Err(refused(LONG)) } else { Ok(token) }
    }

    /// The signature of any bytes (RFC 8032, section 5.1.6). The same bytes have the same one.
    pub fn signature(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The half that everybody may know.
    pub fn public_key(&self) -> Key {
        Key::of(&self.kid, self.key.verifying_key())
    }

    /// The same as a JWK: `{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"2026","x":"…"}`.
    pub fn public_jwk(&self) -> String {
        self.public_key().jwk()
    }

    fn header(&self) -> String {
        let mut out = Writer::begin('{');
        out.member("alg", ALGORITHM).member("typ", "JWT").member("kid", &self.kid);
        out.end('}')
    }
}

fn payload(claims: &Claims<'_>) -> String {
    let seconds = |time: Time| time.0.div_euclid(SECOND);
    let mut out = Writer::begin('{');
    out.member("aud", claims.program).member("sub", claims.code);
    out.count("exp", seconds(claims.expires)).count("iat", seconds(claims.issued));
    if let Some(time) = claims.not_before {
        out.count("nbf", seconds(time));
    }
    out.member("jti", claims.nonce);
    out.end('}')
}

fn fault(claims: &Claims<'_>) -> Option<Refusal> {
    let empty = [(claims.program, PROGRAM), (claims.code, CODE), (claims.nonce, NONCE)];
    let found = empty.into_iter().find(|(text, _)| text.is_empty());
    let lasts = claims.expires.since(claims.issued);
    found.map(|(_, refusal)| refusal).or_else(|| (lasts > LONGEST_LIFE).then_some(LIFE))
}
