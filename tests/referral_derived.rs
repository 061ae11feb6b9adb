//! Derived codes: no two advocates have the same one, and it never changes. And how long codes have to be.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::referral::code::{Codes, Key, blocked::BlockList};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use support::{codes::codes as codes_of, host::Native, statistics::assert_uniform};

const PRESETS: [&str; 4] = ["safe", "crockford", "lower", "numeric"];
const ALL: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.~";

/// All ids of small spaces, with so many blocked words that every fifth code or so is drawn again: no clash, and each code tells its id.
#[test]
fn no_two_advocates_have_the_same_code() {
    for (alphabet, length, check) in [
        ("safe", 5, true),
        ("numeric", 6, true),
        ("crockford", 4, false),
        ("ABC", 9, true),
        ("ABCDEF", 7, false),
        ("safe", 4, true),
    ] {
        for words in ["", "AAB BCA CAB 234 567 890 1A1 4AB"] {
            let codes = codes_of(json!({ "alphabet": alphabet, "length": length, "check": check }));
            let (key, list) = (Key::new("neighbours", ""), BlockList::new(words));
            let mut seen = HashSet::new();
            for id in 0..codes.capacity() {
                let Ok(code) = codes.sequential(key, id, &list) else {
                    assert!(alphabet == "ABC" && !words.is_empty(), "out of three characters a few ids have none");
                    continue;
                };
                assert_eq!(codes.id_of(key, &code), Some(id.to_string()), "{code}");
                assert!(seen.insert(code), "{alphabet}, {length}, {id}");
            }
            let size = u64::from(codes.alphabet().size());
            assert_eq!(codes.capacity(), size.pow((length - 1 - usize::from(check)) as u32));
            assert_eq!(codes.sequential(key, codes.capacity(), "").unwrap_err().code, "out-of-range");
        }
    }
}

#[test]
fn uuids_have_codes_and_codes_their_uuids() {
    let host = Native::seeded(7);
    for (alphabet, length) in [("safe", 28), ("crockford", 28), ("numeric", 42), (ALL, 24)] {
        let codes = codes_of(json!({ "alphabet": alphabet }));
        let key = Key::new("neighbours", "secret");
        let list = BlockList::new("ass tit 777");
        let mut ids: Vec<u128> = (0..500).map(|_| u128::from(host.next()) << 64 | u128::from(host.next())).collect();
        ids.extend([0, 1, u128::MAX, u128::MAX - 1, 1 << 64, (1 << 64) - 1]);
        for id in ids {
            let hex = format!("{id:032x}");
            let id = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
            let code = codes.derive(key, &id, &list).unwrap();
            assert_eq!((code.len(), codes.normalise(&code)), (length, Some(code.clone())), "{alphabet}");
            assert_eq!(codes.id_of(key, &code), Some(id.clone()));
            assert_eq!(codes.derive(key, &id.to_uppercase(), &list), Ok(code));
        }
    }
}

#[test]
fn other_programs_and_secrets_give_other_codes() {
    let codes = Codes::usual();
    let made: HashSet<String> = [("a", ""), ("b", ""), ("a", "x"), ("a", "y"), ("ax", ""), ("", "ax"), ("", "")]
        .iter()
        .map(|(program, secret)| codes.derive(Key::new(program, secret), "4711", "").unwrap())
        .collect();
    assert_eq!(made.len(), 7);
    assert_eq!(codes.derive(Key::new("a", ""), "4711", ""), codes.derived("a", "4711", ""));
}

#[test]
fn ids_that_could_clash_are_refused() {
    let codes = Codes::usual();
    for id in [
        "",
        "ada",
        "ada@example.com",
        "007",
        "00",
        "-1",
        "1.0",
        "1e3",
        " 1",
        "１",
        "18446744073709551616",
        "0190163d-8694-739b-aea5-966c26f8ad9",
        "0190163d-8694-739b-aea5-966c26f8ad911",
        "0190163d86940739b0aea50966c26f8ad91a",
        "g190163d-8694-739b-aea5-966c26f8ad91",
    ] {
        assert_eq!(codes.derived("p", id, "").map_err(|error| error.code), Err("unplaceable-id"), "{id:?}");
    }
    assert_eq!(codes.derived("p", "887503681", "").unwrap_err().code, "out-of-range"); // 31⁶
    assert!(codes.derived("p", "887503680", "").is_ok() && codes.derived("p", "0", "").is_ok());
    let long = codes_of(json!({ "length": 20 }));
    assert_eq!(long.derived("p", "18446744073709551615", "").unwrap().len(), 20);
    let error = codes.derived("p", "x", "").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unplaceable-id: A code can be derived from a whole number or a UUID only: of other texts two might get the same code. Give such a number, or let a server make the codes."
    );
}

/// Ids in order give codes without any: each place of the codes of consecutive ids is uniform, and so is the difference of neighbours' digits.
#[test]
fn consecutive_ids_do_not_show() {
    let codes = Codes::usual();
    let letters = codes.alphabet().letters();
    let key = Key::new("neighbours", "");
    let of = |id| codes.sequential(key, id, "").unwrap().chars().map(|letter| letters.find(letter).unwrap()).collect::<Vec<_>>();
    let all: Vec<Vec<usize>> = (0..20_000).map(of).collect();
    for place in 0..8 {
        let (mut counts, mut steps) = (vec![0; 31], vec![0; 31]);
        all.iter().for_each(|code| counts[code[place]] += 1);
        all.windows(2).for_each(|pair| steps[(31 + pair[1][place] - pair[0][place]) % 31] += 1);
        if place > 0 {
            assert_uniform(&counts, &format!("place {place}"));
        }
        assert_uniform(&steps, &format!("steps at place {place}"));
    }
}

/// Links that were given out go on working: what an id gave once it gives for ever.
#[test]
fn derived_codes_never_change() {
    let codes = Codes::usual();
    let found: HashMap<&str, String> = ["0", "1", "4711", "887503680", "0190163d-8694-739b-aea5-966c26f8ad91"]
        .map(|id| (id, codes.derived("neighbours", id, "").unwrap()))
        .into();
    let pinned: Value = serde_json::from_str(include_str!("data/referral/derived.json")).unwrap();
    assert_eq!(json!(found), pinned["codes"]);
}

mod lengths {
    use super::*;

    /// The least d with 31ᵈ > 500·k(k-1), and a check character: by hand, 31⁵ = 28,629,151, 31⁹ = 2.64·10¹³, 31¹³ = 2.44·10¹⁹.
    #[test]
    fn the_length_follows_from_what_is_expected() {
        for (section, length) in [
            (json!({ "expected": 1 }), 4),
            (json!({ "expected": 239 }), 6), // 500·239·238 = 28,441,000
            (json!({ "expected": 240 }), 7), // 500·240·239 = 28,680,000
            (json!({ "expected": 100_000 }), 10),
            (json!({ "expected": 100_000, "check": false }), 9),
            (json!({ "expected": 100_000_000 }), 14),
            (json!({ "expected": 100_000_000, "alphabet": "numeric" }), 20),
            (json!({ "expected": 28_629_151, "kind": "derived" }), 7), // 31⁵, the first digit and the check
            (json!({ "expected": 28_629_152, "kind": "derived" }), 8),
            (json!({ "expected": 100_000, "length": 12 }), 12),
            (json!({}), 8),
        ] {
            assert_eq!(codes_of(section.clone()).length(), length, "{section}");
        }
    }

    #[test]
    fn all_that_are_expected_have_a_code_when_they_are_derived() {
        for (name, expected) in
            PRESETS.into_iter().flat_map(|name| [1, 2, 31, 32, 961, 962, 1_000_000, 100_000_000].map(|expected| (name, expected)))
        {
            let codes = codes_of(json!({ "alphabet": name, "kind": "derived", "expected": expected }));
            assert!(codes.capacity() >= expected, "{name}, {expected}");
        }
    }

    #[cfg(feature = "insights")]
    #[test]
    fn random_codes_of_the_chosen_length_clash_less_than_once_in_a_thousand() {
        for expected in [2, 10, 239, 240, 5_000, 123_456, 100_000_000] {
            let codes = codes_of(json!({ "expected": expected }));
            assert!(codes.clash_odds(f64::from(expected)) < 0.001, "{expected}");
            let shorter = codes_of(json!({ "length": codes.length().max(5) - 1 }));
            assert!(codes.length() == 4 || shorter.clash_odds(f64::from(expected)) > 0.000_99, "{expected}");
        }
    }

    /// tests/data/referral/birthdays.json: exact values to 17 digits, by the Python program in it.
    #[cfg(feature = "insights")]
    #[test]
    fn clash_odds_are_the_exact_birthday_values() {
        let file: Value = serde_json::from_str(include_str!("data/referral/birthdays.json")).unwrap();
        let cases = file["cases"].as_array().unwrap();
        assert!(cases.len() > 40);
        for case in cases {
            let [space, count, odds] = ["space", "codes", "odds"].map(|name| case[name].as_f64().unwrap());
            let found = privateer::referral::code::clash_odds(space, count);
            assert!((found / odds - 1.0).abs() < 1e-11, "{space}, {count}: {found:e}, not {odds:e}");
        }
        for (space, count, odds) in [(365.0, 366.0, 1.0), (365.0, 1.0, 0.0), (365.0, 0.0, 0.0), (1e4, 1e5, 1.0)] {
            assert_eq!(privateer::referral::code::clash_odds(space, count), odds);
        }
    }
}
