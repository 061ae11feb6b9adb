//! Where ids fall on the line, to the place: beyond ASCII, and where one part of the line ends and the next begins.
//! What weights, ranges and namespaces mean otherwise is in `buckets.rs`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::hash::{Seeded, place},
    experiment::Decision,
};
use serde_json::{Value, json};
use support::engine::Engine;

/// The key of the one feature of [`Engine::of`], which seeds an experiment without a seed of its own.
const SEED: &str = "experiment";

mod surrogates {
    use super::*;

    /// A letter beyond the basic plane, alone, among others, joined to others, and with letters of other lengths.
    const IDS: [&str; 5] = ["😀", "a😀b", "👨‍👩‍👧", "𝒳-42", "ユーザー🗾"];

    /// Places by `hash(seed, id, version)` of GrowthBook's SDK 1.8.0 for JavaScript, Node 20, for each of [`IDS`]:
    /// `node -p 'require("./node_modules/@growthbook/growthbook/dist/cjs/util.js").hash("price", "😀", 2)'`.
    const REFERENCE: [(&str, u8, [f64; 5]); 4] = [
        ("price", 1, [0.325, 0.054, 0.301, 0.895, 0.987]),
        ("price", 2, [0.1993, 0.311, 0.1225, 0.677, 0.5766]),
        ("😀", 1, [0.925, 0.996, 0.173, 0.091, 0.735]),
        ("😀", 2, [0.0499, 0.84, 0.7083, 0.5789, 0.9319]),
    ];

    /// Visitors keep their places when a page moves from one SDK to the other, whatever their ids are written in.
    #[test]
    fn ids_beyond_the_basic_plane_fall_where_the_javascript_sdk_has_them() {
        for (seed, version, expected) in REFERENCE {
            assert_eq!(IDS.map(|id| place(id, seed, f64::from(version)).unwrap()), expected, "{seed}, version {version}");
        }
    }

    /// FNV-1a as Fowler, Noll and Vo define it, over units of 16 bits instead of bytes.
    fn fnv(units: impl Iterator<Item = u16>) -> u32 {
        units.fold(2_166_136_261, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(16_777_619))
    }

    /// Over all astral planes: the hash takes the two surrogates of a letter, one after the other.
    #[test]
    fn letters_are_hashed_by_their_surrogates() {
        for letter in (0x1_0000..=0x10_ffff).step_by(4_099).filter_map(char::from_u32) {
            let id = format!("user-{letter}-é");
            let first = fnv([&id, "s"].concat().encode_utf16()) % 1_000;
            let second = fnv(fnv(["s", &id].concat().encode_utf16()).to_string().encode_utf16()) % 10_000;
            assert_eq!(place(&id, "s", 1.0), Some(f64::from(first) / 1_000.0), "{id}");
            assert_eq!(place(&id, "s", 2.0), Some(f64::from(second) / 10_000.0), "{id}");
        }
    }

    /// Written as themselves or escaped, the letters are the same visitor.
    #[test]
    fn an_escaped_id_is_the_same_visitor() {
        let mut engine = Engine::of(json!({ "variations": vec![0; 50], "hashVersion": 2 }));
        for id in IDS {
            let escaped: String = id.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let variation = |decision: Decision<'_>| decision.placed.map(|placed| placed.run.index);
            let asked = engine.ask(SEED, &format!(r#"{{"id":"{escaped}"}}"#), variation);
            let expected = (place(id, SEED, 2.0).unwrap() * 50.0) as usize;
            assert_eq!((asked, engine.variation(id)), (Some(expected), Some(expected)), "{id}");
        }
    }
}

mod seams {
    use super::*;

    /// The first of `user-0`, `user-1`, … at exactly that place.
    fn user_at(place: f64, seed: &str, version: u8) -> String {
        let hash = Seeded::new(seed, f64::from(version)).unwrap();
        (0..).map(|number| format!("user-{number}")).find(|user| hash.place(user) == place).unwrap()
    }

    fn variation_at(place: f64, version: u8, rule: &Value) -> Option<usize> {
        let mut rule = rule.clone();
        rule["hashVersion"] = json!(version);
        Engine::of(rule).variation(&user_at(place, SEED, version))
    }

    /// The first and the last place that each version has: places are whole numbers below 1,000 and 10,000, divided.
    #[test]
    fn the_first_and_the_last_place_belong_to_the_first_and_the_last_variation() {
        for (version, last) in [(1, 0.999), (2, 0.9999)] {
            let at = |place, rule: Value| variation_at(place, version, &rule);
            assert_eq!(at(0.0, json!({ "variations": [0, 1] })), Some(0));
            assert_eq!(at(last, json!({ "variations": [0, 1] })), Some(1));
            assert_eq!(at(0.0, json!({ "variations": [0, 1], "coverage": 0 })), None);
            assert_eq!(at(0.0, json!({ "variations": [0, 1], "weights": [0, 1] })), Some(1), "a part without length");
            assert_eq!(at(last, json!({ "variations": [0, 1], "weights": [1, 0] })), Some(0));
            let parted = json!({ "variations": [0, 1], "ranges": [[0, last], [last, 1]] });
            assert_eq!((at(0.0, parted.clone()), at(last, parted)), (Some(0), Some(1)));
            assert_eq!(at(last, json!({ "variations": [0, 1], "ranges": [[0, last], [0, last]] })), None);
        }
    }

    /// Where weights meet, the place belongs to the later variation. Seams are sums of doubles, in order, as in the
    /// JavaScript SDKs: 0.1 + 0.2 is 0.30000000000000004, so place 0.3 is still before it, and 0.7 + 0.1 is
    /// 0.7999999999999999, so place 0.8 is already behind it. Places are those of both versions.
    #[test]
    fn a_seam_belongs_to_the_later_variation() {
        for (weights, place, expected) in [
            (json!([0.5, 0.5]), 0.499, 0),
            (json!([0.5, 0.5]), 0.5, 1),
            (json!([0.25, 0.25, 0.25, 0.25]), 0.749, 2),
            (json!([0.25, 0.25, 0.25, 0.25]), 0.75, 3),
            (json!([0.1, 0.2, 0.7]), 0.1, 1),
            (json!([0.1, 0.2, 0.7]), 0.3, 1),
            (json!([0.1, 0.2, 0.7]), 0.301, 2),
            (json!([0.7, 0.1, 0.2]), 0.799, 1),
            (json!([0.7, 0.1, 0.2]), 0.8, 2),
        ] {
            let rule = json!({ "variations": vec![0; weights.as_array().unwrap().len()], "weights": weights });
            for version in [1, 2] {
                assert_eq!(variation_at(place, version, &rule), Some(expected), "{weights} at {place}, version {version}");
            }
        }
    }

    /// With half of the coverage, each of two variations takes the first half of its part: [0, 0.25) and [0.5, 0.75).
    #[test]
    fn coverage_ends_before_its_end() {
        let rule = json!({ "variations": [0, 1], "coverage": 0.5 });
        for (place, expected) in
            [(0.2499, Some(0)), (0.25, None), (0.4999, None), (0.5, Some(1)), (0.7499, Some(1)), (0.75, None)]
        {
            assert_eq!(variation_at(place, 2, &rule), expected, "{place}");
        }
    }

    /// A rollout reaches the places below its coverage: specification 0.12.0. (Version 0.8.0 had "up to".)
    #[test]
    fn a_rollout_ends_before_its_coverage() {
        for (coverage, place, inside) in [(0.0, 0.0, false), (0.5, 0.4999, true), (0.5, 0.5, false), (1.0, 0.9999, true)] {
            let mut engine = Engine::of(json!({ "force": "in", "coverage": coverage, "hashVersion": 2 }));
            let value = engine.value(SEED, &json!({ "id": user_at(place, SEED, 2) }));
            assert_eq!(value == "in", inside, "{coverage} at {place}");
        }
    }

    /// A namespace is a part of a line of its own, by version 1, seeded with two underscores and its id.
    #[test]
    fn a_namespace_begins_at_its_start_and_ends_before_its_end() {
        for (place, inside) in [(0.0, false), (0.399, false), (0.4, true), (0.699, true), (0.7, false), (0.999, false)] {
            let mut engine = Engine::of(json!({ "variations": [0, 1], "namespace": ["checkout", 0.4, 0.7] }));
            assert_eq!(engine.variation(&user_at(place, "__checkout", 1)).is_some(), inside, "{place}");
        }
    }
}
