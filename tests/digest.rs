//! 100,000 decisions made natively: the same digest as in Node, in every browser and as GrowthBook's SDK 1.8.0 has it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::{Document, Json},
    condition::LAYERS,
    experiment::{Decision, Engine, Sink},
};
use serde_json::Value;
use support::host::Native;

const PAYLOAD: &str = include_str!("data/experiments/payload-100.json");
const USERS: &str = include_str!("data/experiments/users.json");
const DIGEST: &str = include_str!("data/experiments/digest.txt"); // computed by tests/experiments/digest.test.mjs
const FEATURES: usize = 100;

#[test]
fn every_feature_for_every_user() {
    let host = Native::shared(0);
    let mut engine = Engine::new(host.clone());
    engine.load_text(PAYLOAD.into(), "$");
    let users: Vec<Value> = serde_json::from_str(USERS).unwrap();
    assert_eq!(users.len(), 1_000);
    let mut digest = Digest::new();
    for user in users {
        engine.attributes.set(LAYERS - 1, Document::read(&user.to_string(), u32::MAX, &*host).unwrap());
        for feature in 0..FEATURES {
            let decision = engine.decide(&format!("feature-{feature}"), &mut Sink::default());
            digest.add(&line(&decision));
        }
    }
    assert_eq!(format!("{:016x}", digest.0), DIGEST.trim());
}

/// `value|source|rule|variation|bucket`, as tests/experiments/digest.mjs writes it. A value is the payload's own text.
fn line(decision: &Decision<'_>) -> String {
    let value = decision.value.map_or("null", Json::text);
    let (variation, bucket) = match &decision.placed {
        Some(placed) => (placed.run.index.to_string(), placed.run.place.map(|place| place.to_string())),
        None => Default::default(),
    };
    format!("{value}|{}|{}|{variation}|{}\n", decision.source.word(), decision.rule, bucket.unwrap_or_default())
}

/// FNV-1a of 64 bits, by Fowler, Noll and Vo.
struct Digest(u64);

impl Digest {
    fn new() -> Digest {
        Digest(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[test]
fn the_hash_is_fnv_1a() {
    // From the table of test vectors of draft-eastlake-fnv, FNV-1a of 64 bits.
    for (text, expected) in [("", 0xcbf2_9ce4_8422_2325_u64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)] {
        let mut digest = Digest::new();
        digest.add(text);
        assert_eq!(digest.0, expected);
    }
}
