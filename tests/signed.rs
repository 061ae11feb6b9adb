//! Signed links, natively: the standards' vectors, the table that pages are held to as well, and all that is tampered with.
#![cfg(feature = "sign")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{
        Time,
        json::{Document, Section},
        url::parameter,
    },
    error::Error,
    referral::signed::{Claims, Key, PARAMETER, Signed, Signer, Verified, link, verify},
};
use serde_json::Value;
use std::fs;
use support::host::Native;

fn data(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn seed(hex: &Value) -> [u8; 32] {
    bytes(hex).try_into().unwrap()
}

fn keys(list: &Value) -> Vec<Key> {
    let text = |key: &Value, name: &str| key[name].as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(|key| Key::new(&text(key, "kid"), &text(key, "x")).unwrap()).collect()
}

/// By hand, so that it is not the product's own.
fn base64url(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = |place: usize| (0..6).fold(0, |sum, bit| sum << 1 | bit_at(bytes, place * 6 + bit));
    (0..(bytes.len() * 8).div_ceil(6)).map(|place| char::from(alphabet[bits(place)])).collect()
}

fn bit_at(bytes: &[u8], bit: usize) -> usize {
    bytes.get(bit / 8).map_or(0, |byte| usize::from(byte >> (7 - bit % 8) & 1))
}

/// What the table holds: the usual keys, program and time, the seed of the first key, and the cases.
struct Table(Value);

impl Table {
    fn read() -> Table {
        Table(data("signed_links"))
    }

    fn signer(&self) -> Signer {
        Signer::from_seed("2026", &seed(&self.0["seed"]))
    }

    fn now(&self) -> Time {
        Time(self.0["now"].as_i64().unwrap())
    }

    /// The token that both signers have to make, and what it says.
    fn first(&self) -> (&str, Claims<'_>) {
        let case = &self.0["cases"][0];
        let says = |name: &str| case["says"][name].as_str().unwrap();
        let expires = Time(case["says"]["expires"].as_i64().unwrap());
        let program = self.0["program"].as_str().unwrap();
        let claims = Claims { program, code: says("code"), nonce: says("nonce"), issued: self.now(), expires, not_before: None };
        (case["token"].as_str().unwrap(), claims)
    }

    fn verify(&self, token: &str) -> Result<Verified, Error> {
        verify(token, &keys(&self.0["keys"]), "neighbours", self.now())
    }
}

mod vectors {
    use super::*;

    /// RFC 8032, section 7.1: the signature, the public key, and what fits it.
    #[test]
    fn of_rfc_8032_fit() {
        for vector in data("ed25519")["rfc8032"].as_array().unwrap() {
            let signer = Signer::from_seed("", &seed(&vector["seed"]));
            let (mut message, mut signature) = (bytes(&vector["message"]), bytes(&vector["signature"]));
            assert_eq!(signer.signature(&message).to_vec(), signature, "{vector}");
            let key = signer.public_key();
            let x: String = serde_json::from_str::<Value>(&key.jwk()).unwrap()["x"].as_str().unwrap().into();
            assert_eq!(x, base64url(&bytes(&vector["public"])), "{vector}");
            assert!(key.fits(&message, &signature), "{vector}");
            message.push(0);
            assert!(!key.fits(&message, &signature));
            message.pop();
            signature[40] ^= 1;
            assert!(!key.fits(&message, &signature));
        }
    }

    /// RFC 8037, appendix A.4. Its payload is no JSON: after a good signature that is complained of, after a bad one the signature.
    #[test]
    fn of_rfc_8037_fit() {
        let vector = &data("ed25519")["rfc8037"];
        let keys = [Key::new("any", vector["x"].as_str().unwrap()).unwrap()];
        let jws = vector["jws"].as_str().unwrap();
        let said = verify(jws, &keys, "neighbours", Time(0)).unwrap_err();
        assert_eq!((said.code, said.message.as_str()), ("malformed", "The token's claims are no JSON object."));
        assert_eq!(verify(&jws.replace("hgyY", "hgyZ"), &keys, "neighbours", Time(0)).unwrap_err().code, "signature");
    }
}

mod checking {
    use super::*;

    #[test]
    fn answers_every_case_of_the_table() {
        let table = Table::read();
        for case in table.0["cases"].as_array().unwrap() {
            let usual = |name: &str| case.get(name).unwrap_or(&table.0[name]).clone();
            let now = Time(usual("now").as_i64().unwrap());
            let found = verify(case["token"].as_str().unwrap(), &keys(&usual("keys")), usual("program").as_str().unwrap(), now);
            let (says, refused) =
                (found.as_ref().ok().map(in_json), found.as_ref().err().map(|error| (error.code, error.message.as_str())));
            let text = |name: &str| case.get(name).map(|text| text.as_str().unwrap());
            assert_eq!(says.as_ref(), case.get("says"), "{}: {refused:?}", case["name"]);
            assert_eq!(refused, text("refused").zip(text("message")), "{}", case["name"]);
        }
    }

    fn in_json(said: &Verified) -> Value {
        let Verified { code, nonce, expires, issued, kid } = said;
        serde_json::json!({ "code": code, "nonce": nonce, "expires": expires.0, "issued": issued.map(|time| time.0), "kid": kid })
    }

    /// Characters of base64url, dots, and others: whatever stands in place of one, at every place.
    #[test]
    fn refuses_whatever_single_character_is_another_one() {
        let table = Table::read();
        let good = table.first().0;
        for place in 0..good.len() {
            for other in ["A", "B", "_", ".", "=", "é"].into_iter().filter(|other| *other != &good[place..=place]) {
                let changed = [&good[..place], other, &good[place + 1..]].concat();
                let code = table.verify(&changed).unwrap_err().code;
                assert!(["malformed", "algorithm", "unknown-key", "signature"].contains(&code), "{place} {other}: {code}");
            }
        }
    }

    #[test]
    fn refuses_what_is_cut() {
        let table = Table::read();
        let good = table.first().0;
        for length in 0..good.len() {
            assert!(table.verify(&good[..length]).is_err() && table.verify(&good[length + 1..]).is_err(), "{length}");
        }
    }
}

mod signing {
    use super::*;

    /// Ed25519 is deterministic: the table's first token is Node's, made of the same seed and claims.
    #[test]
    fn makes_the_token_that_openssl_makes() {
        let table = Table::read();
        let (token, claims) = table.first();
        assert_eq!(table.signer().sign(&claims).unwrap(), token);
    }

    #[test]
    fn what_is_signed_is_found_good_and_says_the_same() {
        let table = Table::read();
        let now = table.now();
        for (code, nonce) in [("2222-2222", "1"), ("Grüße \"\\\u{1}\n", "🏴"), ("x", &"n".repeat(1_000))] {
            let (issued, expires) = (Time(now.0 + 999), now.plus(86_400_999));
            let claims = Claims { program: "neighbours", code, nonce, issued, expires, not_before: Some(now) };
            let said = table.verify(&table.signer().sign(&claims).unwrap()).unwrap();
            // To whole seconds.
            let expected = Verified {
                code: code.into(),
                nonce: nonce.into(),
                expires: now.plus(86_400_000),
                issued: Some(now),
                kid: "2026".into(),
            };
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn what_nobody_would_take_is_not_signed() {
        let table = Table::read();
        let (_, good) = table.first();
        let long = "2".repeat(2_000);
        let faults = [
            (Claims { program: "", ..good }, "program"),
            (Claims { code: "", ..good }, "malformed"),
            (Claims { nonce: "", ..good }, "nonce"),
            (Claims { code: &long, ..good }, "malformed"),
            (Claims { expires: good.issued.plus(400 * 86_400_000 + 1), ..good }, "malformed"),
        ];
        for (claims, code) in faults {
            assert_eq!(table.signer().sign(&claims).unwrap_err().code, code, "{claims:?}");
        }
        assert!(table.signer().sign(&Claims { expires: good.issued.plus(400 * 86_400_000), ..good }).is_ok());
    }

    /// RFC 8410, section 10.3: the first private key there, and its public half in section 10.1.
    #[test]
    fn keys_come_from_files_too() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        let jwk = r#"{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"k","x":"Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE"}"#;
        assert_eq!(Signer::from_pem("k", pem).unwrap().public_jwk(), jwk);
        for wrong in ["", "no key", &pem.replace("VhC", "Vh"), &pem.replace("K2Vw", "K2Vu")] {
            assert_eq!(Signer::from_pem("k", wrong).err().map(|error| error.code), Some("wrong-type"));
        }
    }
}

mod keys {
    use super::*;

    #[test]
    fn that_are_none_are_refused() {
        let x = Table::read().0["keys"][0]["x"].as_str().unwrap().to_owned();
        let off = "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"; // y = 2 is on no point of the curve
        for wrong in ["", &x[1..], &format!("{x}="), &x.replace(&x[..1], "+"), off] {
            assert_eq!(Key::new("2026", wrong).unwrap_err().code, "wrong-type", "{wrong}");
        }
        assert!(Key::new("2026", &x).is_ok());
    }

    /// Points whose order divides 8, in their usual spelling: 1, 2, 4 (two) and 8 (four).
    #[test]
    fn of_small_order_are_refused() {
        let points = [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        ];
        for point in points {
            assert!(Key::new("2026", &base64url(&bytes(&point.into()))).is_err(), "{point}");
        }
    }

    /// The y below 34 that have no x: tests/scripts/signed.test.mjs finds the same, and Python did.
    #[test]
    fn off_the_curve_are_refused() {
        let off: Vec<u8> = (2..34)
            .filter(|y| {
                let mut bytes = [0; 32];
                bytes[0] = *y;
                Key::new("2026", &base64url(&bytes)).is_err()
            })
            .collect();
        assert_eq!(off, [2, 7, 8, 11, 12, 13, 17, 20, 22, 31]);
    }
}

mod sections {
    use super::*;

    fn read(json: &str) -> (Signed, Vec<(&'static str, String)>) {
        let document = Document::read(json, u32::MAX, &Native::seeded(1)).unwrap();
        let (mut signed, mut problems) = (Signed::default(), Vec::new());
        signed.read(Section::new(document.root(), "$.referral.signed", &mut problems));
        (signed, problems.into_iter().map(|error| (error.code, error.path)).collect())
    }

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    #[test]
    fn have_defaults() {
        let (signed, problems) = read("{}");
        assert_eq!((signed.parameter.as_str(), signed.required, signed.keys, signed.is_some()), (PARAMETER, false, 0, false));
        assert_eq!(problems, []);
    }

    #[test]
    fn are_read() {
        let key = format!(r#"{{"kid":"2026","x":"{X}"}}"#);
        let whole = format!(r#"{{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"2025","x":"{X}"}}"#);
        let (signed, problems) = read(&format!(r#"{{"parameter":"t","required":true,"keys":[{key},{whole}]}}"#));
        assert_eq!(problems, []);
        assert_eq!(signed, Signed { parameter: "t".into(), required: true, keys: 2 });
    }

    /// One mistake each: the section, the problem's code and its place below the section.
    #[test]
    fn name_what_is_wrong() {
        let key = |members: &str| format!(r#"{{"keys":[{{"kid":"a","x":"{X}"{members}}}]}}"#);
        let cases = [
            (r#"{"secret":"s"}"#.into(), "secret-key", ".secret"),
            (key(r#","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A""#), "secret-key", ".keys[0].d"),
            (key(r#","k":"c2VjcmV0""#), "secret-key", ".keys[0].k"),
            (key(r#","kty":"EC""#), "unknown-word", ".keys[0].crv"),
            (key(r#","crv":"Ed448""#), "unknown-word", ".keys[0].crv"),
            (key(r#","crv":1"#), "unknown-word", ".keys[0].crv"),
            (r#"{"keys":[{"x":"a"}]}"#.into(), "missing-field", ".keys[0].kid"),
            (r#"{"keys":[{"kid":"a"}]}"#.into(), "wrong-type", ".keys[0].x"),
            (r#"{"keys":[{"kid":"a","x":"a"}]}"#.into(), "wrong-type", ".keys[0].x"),
            (r#"{"keys":[7]}"#.into(), "missing-field", ".keys[0].kid"),
            (r#"{"keys":{}}"#.into(), "wrong-type", ".keys"),
            (r#"{"required":true}"#.into(), "missing-field", ".keys"),
            (r#"{"parameter":"a b"}"#.into(), "wrong-type", ".parameter"),
        ];
        for (json, code, place) in cases {
            let (signed, problems) = read(&json);
            assert_eq!(problems, [(code, ["$.referral.signed", place].concat())], "{json}");
            assert_eq!(signed.keys, 0, "{json}");
        }
    }
}

#[test]
fn a_token_travels_in_a_link_as_it_is() {
    let token = Table::read().first().0.to_owned();
    let address = link("https://example.com/?ref=A&x=%20#top", PARAMETER, &token);
    assert_eq!(address, format!("https://example.com/?ref=A&x=%20&ref_token={token}#top"));
    assert_eq!(parameter(&address, PARAMETER), Some(token));
}
