//! Codes: what they are made of, that mistakes are noticed and typed ones repaired. Derived ones are in tests/referral_derived.rs.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::referral::code::{
    Alphabet, Codes,
    check::{Sum, exists},
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use support::{
    codes::{codes, made, read},
    host::Native,
    statistics::assert_uniform,
};

const PRESETS: [&str; 4] = ["safe", "crockford", "lower", "numeric"];
fn closing(size: u32, digits: &[u8]) -> u8 {
    Sum::of(size, digits).closing()
}

fn holds(size: u32, digits: &[u8]) -> bool {
    Sum::of(size, digits).is_zero()
}

const ALL: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.~";

mod alphabets {
    use super::*;

    #[test]
    fn the_presets_are_what_they_are_said_to_be() {
        let letters = |name| Alphabet::named(name, true).unwrap().letters();
        assert_eq!(letters("safe"), "23456789ABCDEFGHJKMNPQRSTUVWXYZ");
        assert_eq!(letters("crockford"), "0123456789ABCDEFGHJKMNPQRSTVWXYZ"); // crockford.com/base32.html
        assert_eq!(letters("lower"), letters("safe").to_lowercase());
        assert_eq!(letters("numeric"), "0123456789");
        assert_eq!(letters(ALL), ALL);
        for name in ["safe", "crockford"] {
            assert_eq!(Alphabet::named(name, false).unwrap().letters(), "256789BCDFGHJKMNPQRSTWXZ");
        }
        assert_eq!(Alphabet::named("numeric", false).unwrap().letters(), "0123456789");
        assert!(Alphabet::named("AEIO", false).is_none());
    }

    #[test]
    fn what_is_no_alphabet_is_none() {
        let longer = [ALL, "!"].concat();
        for letters in ["", "A", "AA", "ABA", "AB-", "AB_", "A B", "ABÄ", "AB/", "AB+", &longer] {
            assert!(Alphabet::named(letters, true).is_none(), "{letters:?}");
        }
    }
}

mod checks {
    use super::*;

    /// Every wrong digit and every swap of neighbours, in every code of `digits`.
    fn assert_noticed(size: u32, digits: &[u8]) {
        let mut digits = digits.to_vec();
        digits.push(closing(size, &digits));
        assert!(holds(size, &digits), "{size}: {digits:?}");
        for place in 0..digits.len() {
            let right = digits[place];
            for wrong in (0..size as u8).filter(|wrong| *wrong != right) {
                digits[place] = wrong;
                assert!(!holds(size, &digits), "{size}: {digits:?}, place {place}");
            }
            digits[place] = right;
            if place > 0 && digits[place - 1] != right {
                digits.swap(place - 1, place);
                assert!(!holds(size, &digits), "{size}: {digits:?}, swapped at {place}");
                digits.swap(place - 1, place);
            }
        }
    }

    /// A check depends on the sum so far, of which there are as many as digits: two digits before the mistake reach all of them, and
    /// whatever follows is a bijection of the sum. So all codes of three digits prove it for every length.
    #[test]
    fn every_mistake_in_short_codes_is_noticed_whatever_the_size() {
        for size in (3..=64).filter(|size| exists(*size)) {
            for number in 0..size * size {
                assert_noticed(size, &[(number / size) as u8, (number % size) as u8]);
            }
        }
        assert_eq!(
            (3..=64).filter(|size| !exists(*size)).collect::<Vec<_>>(),
            [6, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58, 62]
        );
    }

    /// That a sum before the mistake and one after it lose nothing: a digit permutes the sums, and a sum permutes the digits.
    #[test]
    fn longer_codes_lose_nothing_of_the_sum() {
        for size in (3..=64).filter(|size| exists(*size)) {
            for digit in 0..size as u8 {
                let after: HashSet<u8> = (0..size as u8).map(|sum| closing(size, &[sum, digit])).collect();
                assert_eq!(after.len(), size as usize, "{size}, {digit}");
            }
        }
    }

    #[test]
    fn every_mistake_in_ten_thousand_codes_of_every_preset_is_noticed() {
        for name in PRESETS {
            let codes = codes(json!({ "alphabet": name }));
            let alphabet = codes.alphabet().letters();
            for code in made(&codes, 10_000) {
                let digits: Vec<u8> =
                    code.bytes().map(|letter| alphabet.bytes().position(|other| other == letter).unwrap() as u8).collect();
                assert_eq!(closing(alphabet.len() as u32, &digits[..7]), digits[7]);
                assert_noticed(alphabet.len() as u32, &digits[..7]);
            }
        }
    }

    /// The same through what people type: all mistakes of one code in a hundred.
    #[test]
    fn a_mistyped_code_is_none() {
        for name in PRESETS {
            let codes = codes(json!({ "alphabet": name }));
            let alphabet = codes.alphabet().letters();
            for code in made(&codes, 100) {
                for (place, letter) in (0..8).flat_map(|place| alphabet.bytes().map(move |letter| (place, letter))) {
                    let mut typed = code.clone().into_bytes();
                    typed[place] = letter;
                    let typed = String::from_utf8(typed).unwrap();
                    assert_eq!(codes.normalise(&typed).is_some(), typed == code, "{typed} for {code}");
                }
            }
        }
    }

    /// Codes of 8 characters out of 31 are what they were when their check was first defined, by weights of 1, 3, 9, …: Σ dᵢ·3ⁱ = 0.
    #[test]
    fn codes_of_thirty_one_characters_stay_valid() {
        for code in made(&Codes::usual(), 1_000) {
            let letters = Codes::usual().alphabet().letters();
            let sum = code
                .chars()
                .fold((0, 1), |(sum, weight), letter| (sum + letters.find(letter).unwrap() as u64 * weight, weight * 3));
            assert_eq!(sum.0 % 31, 0, "{code}");
        }
    }

    /// Wikipedia, "Damm algorithm": 572 has the check digit 4. And the table is totally anti-symmetric, as the test above shows.
    #[test]
    fn ten_digits_are_checked_by_damms_table() {
        assert_eq!(closing(10, &[5, 7, 2]), 4);
        assert_eq!((0..10).map(|digit| closing(10, &[digit])).collect::<Vec<_>>(), [0, 3, 1, 7, 5, 9, 8, 6, 4, 2]);
    }
}

mod random {
    use super::*;

    fn digits(codes: &Codes, count: usize) -> Vec<Vec<usize>> {
        let alphabet = codes.alphabet().letters();
        let place = |letter: char| alphabet.find(letter).unwrap();
        made(codes, count).iter().map(|code| code.chars().map(place).collect()).collect()
    }

    /// Chi-square of each place and of each pair of neighbours, beyond what happens once in a million: a byte taken modulo 31
    /// instead would make eight characters a ninth more likely, and chi-square of a place 1,100 instead of 30.
    #[test]
    fn every_character_and_every_pair_is_equally_likely() {
        for (name, length) in [("safe", 8), ("crockford", 6), ("numeric", 6), ("ABC", 5)] {
            let codes = codes(json!({ "alphabet": name, "length": length }));
            let size = codes.alphabet().size() as usize;
            let all = digits(&codes, 100_000);
            for place in 0..length {
                let mut counts = vec![0; size];
                all.iter().for_each(|code| counts[code[place]] += 1);
                assert_uniform(&counts, &format!("{name}, place {place}"));
            }
            for place in 1..length {
                let mut counts = vec![0; size * size];
                all.iter().for_each(|code| counts[code[place - 1] * size + code[place]] += 1);
                assert_uniform(&counts, &format!("{name}, places {} and {place}", place - 1));
            }
        }
    }

    #[test]
    fn every_new_code_is_one_whatever_its_length() {
        for (name, length) in PRESETS.into_iter().flat_map(|name| (4..=20).map(move |length| (name, length))) {
            for check in [true, false] {
                let codes = codes(json!({ "alphabet": name, "length": length, "check": check }));
                for code in made(&codes, 50) {
                    assert_eq!((code.len(), codes.normalise(&code)), (length, Some(code.clone())));
                }
            }
        }
    }

    #[test]
    fn one_code_is_made_as_many_are() {
        let codes = Codes::usual();
        let one = codes.random(&Native::seeded(5), "");
        assert!(codes.is_code(&one) && one != codes.random(&Native::seeded(6), ""));
        assert_eq!(Codes::default().random(&Native::seeded(5), ""), "");
        assert_eq!(Codes::default().normalise(""), None);
    }
}

mod typed {
    use super::*;

    /// By hand: what the alphabet lacks and looks like one that it has is that one; what it has is itself.
    #[test]
    fn a_typed_code_is_repaired() {
        let plain = |alphabet| codes(json!({ "alphabet": alphabet, "check": false, "length": 6 }));
        for (alphabet, typed, meant) in [
            ("safe", "ab2-3cd", Some("AB23CD")),
            ("safe", " A B\t2\u{a0}3\u{2003}C\u{2009}D\n", Some("AB23CD")),
            ("safe", "AB2\u{2010}3\u{2013}C\u{2014}D\u{2212}", Some("AB23CD")),
            ("safe", "\u{feff}AB2\u{200b}3\u{ad}CD", Some("AB23CD")),
            ("safe", "ＡＢ２３ｃｄ", Some("AB23CD")),
            ("safe", "AB２－３cd", Some("AB23CD")),
            ("safe", "AB23C0", None),
            ("safe", "AB23CO", None),
            ("safe", "AB23CI", None),
            ("safe", "AB23C_", None),
            ("safe", "AB23C", None),
            ("safe", "AB23CDE", None),
            ("safe", "ÄB23CD", None),
            ("crockford", "oil0O1", Some("011001")),
            ("crockford", "abcdeu", None),
            ("lower", "AB-23-CD", Some("ab23cd")),
            ("numeric", "O1l I23", Some("011123")),
            ("numeric", "12345S", None),
            ("AaBb01", "aAbBOl", Some("aAbB01")),
            ("OIL234", "01l0iI", Some("OILOII")),
            ("A.~B", "a.~b.a", Some("A.~B.A")),
        ] {
            assert_eq!(plain(alphabet).normalise(typed).as_deref(), meant, "{alphabet}: {typed:?}");
            assert_eq!(plain(alphabet).is_code(typed), meant.is_some(), "{alphabet}: {typed:?}");
        }
    }

    #[test]
    fn a_prefix_has_to_be_there_but_for_its_hyphen() {
        let codes = codes(json!({ "prefix": "LIO-7" }));
        let code = made(&codes, 1).remove(0);
        let own = code.strip_prefix("LIO-7").unwrap();
        for start in ["LIO-7", "lio7", "L I O 7 - ", "1i0\u{2013}7", "ＬＩＯ７"] {
            assert_eq!(codes.normalise(&[start, own].concat()).as_ref(), Some(&code), "{start}");
        }
        for start in ["", "LIO-", "XLIO-7", "LIO-8"] {
            assert_eq!(codes.normalise(&[start, own].concat()), None, "{start}");
        }
        assert_eq!(Codes::usual().normalise(own).as_deref(), Some(own), "the check is of the code without the prefix");
    }

    #[test]
    fn codes_of_other_lengths_stay_valid_with_a_check_character() {
        for (length, is_code) in
            [(1, false), (3, false), (4, true), (20, true), (21, false), (27, false), (28, true), (29, false)]
        {
            let typed = "2".repeat(length); // all digits are 0, and so is the check
            assert_eq!(Codes::usual().is_code(&typed), is_code, "{length}");
            assert_eq!(codes(json!({ "check": false })).is_code(&typed), length == 27 /* of a UUID */, "{length}");
        }
    }

    fn any_codes() -> impl Strategy<Value = Codes> {
        let alphabets =
            prop::sample::select(vec!["safe", "crockford", "lower", "numeric", "OIL01", "AaBbo0.~", "23456789abcdefghijk"]);
        let vanity = prop::sample::select(vec![json!([]), json!(["ANNA-2026", "OLIO"])]);
        (alphabets, prop::sample::select(vec!["", "ADA-", "l1-0"]), any::<bool>(), 4usize..10, vanity).prop_map(
            |(alphabet, prefix, check, length, vanity)| {
                read(&json!({ "alphabet": alphabet, "prefix": prefix, "check": check, "length": length, "vanity": vanity })).0
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn to_repair_what_is_repaired_changes_nothing(codes in any_codes(), seed in any::<u64>(), typed in "(ADA-?|l1-?0)?[0-9A-Za-z.~ -]{0,12}|\\PC*|anna2026|0L10|[0oO]{4,6}") {
            let made = codes.random(&Native::seeded(seed), "");
            for typed in [typed, made.to_lowercase(), made.replace('0', "o").replace('1', " l-")] {
                let once = codes.normalise(&typed);
                prop_assert_eq!(once.is_some(), codes.is_code(&typed));
                if let Some(once) = once {
                    let twice = codes.normalise(&once);
                    prop_assert_eq!(twice, Some(once));
                }
            }
        }
    }
}

mod vanity {
    use super::*;

    #[test]
    fn a_wish_with_its_check_character_is_a_code_everywhere() {
        let codes = codes(json!({ "prefix": "ADA-" }));
        let code = codes.vanity("xmas 2-5", "").unwrap();
        assert!(code.starts_with("ADA-XMAS25") && code.len() == 11, "{code}");
        assert_eq!(codes.normalise(&code.to_lowercase()), Some(code.clone()));
        for (wish, problem) in [
            ("XMASS26", "out-of-range"), // with its check character as long as codes that are made
            ("XM", "out-of-range"),
            ("XMASXMASXMASXMASXMAS", "out-of-range"),
            ("OLIVER", "foreign-character"),
            ("XMAS!", "foreign-character"),
            ("X455MAS", "out-of-range"),
            ("X455MA", "blocked-words"),
        ] {
            assert_eq!(codes.vanity(wish, "ass").map_err(|error| error.code), Err(problem), "{wish}");
        }
        assert_eq!(super::codes(json!({ "check": false })).vanity("XMAS", "").unwrap_err().code, "no-check-character");
    }

    #[test]
    fn a_listed_code_is_valid_as_it_stands_and_an_unlisted_one_is_not() {
        let codes = codes(json!({ "vanity": ["OLIVER-26", "Summer"], "prefix": "ADA-" }));
        for (typed, meant) in [
            ("OLIVER-26", Some("OLIVER-26")),
            ("o1iver 26", Some("OLIVER-26")),
            ("SUMMER", Some("Summer")),
            ("OLIVER-27", None),
            ("OLIVER", None),
            ("OLIVER-266", None),
            ("WINTER", None),
        ] {
            assert_eq!(codes.normalise(typed).as_deref(), meant, "{typed}");
        }
        for (wish, problem) in [
            ("ANNA!", "foreign-character"),
            ("AN-N", "out-of-range"),
            ("2222-2222", "duplicate-code"),
            ("kick4ss", "blocked-words"),
        ] {
            assert_eq!(Codes::usual().check_listed(wish, "ass").map_err(|error| error.code), Err(problem), "{wish}");
        }
    }
}

#[test]
fn mistakes_are_told_and_the_usual_stands_in() {
    for (section, code, member) in [
        (json!({ "kind": "magic" }), "unknown-word", "kind"),
        (json!({ "kind": 1 }), "wrong-type", "kind"),
        (json!({ "alphabet": "ABCA" }), "out-of-range", "alphabet"),
        (json!({ "alphabet": "A" }), "out-of-range", "alphabet"),
        (json!({ "alphabet": ["A"] }), "wrong-type", "alphabet"),
        (json!({ "alphabet": "ABCDEF" }), "no-check-character", "alphabet"),
        (json!({ "alphabet": "AEIO", "vowels": false }), "out-of-range", "alphabet"),
        (json!({ "vowels": "no" }), "wrong-type", "vowels"),
        (json!({ "check": 1 }), "wrong-type", "check"),
        (json!({ "length": 3 }), "out-of-range", "length"),
        (json!({ "length": 21 }), "out-of-range", "length"),
        (json!({ "length": 8, "expected": 1_000_000 }), "out-of-range", "expected"),
        (json!({ "expected": 0 }), "out-of-range", "expected"),
        (json!({ "expected": 100_000_001 }), "out-of-range", "expected"),
        (json!({ "expected": 100_000_000, "alphabet": "ABC" }), "out-of-range", "expected"),
        (json!({ "prefix": "A B" }), "out-of-range", "prefix"),
        (json!({ "prefix": 5 }), "out-of-range", "prefix"),
        (json!({ "blocked": "word" }), "wrong-type", "blocked"),
        (json!({ "blocked": ["ab"] }), "out-of-range", "blocked"),
        (json!({ "blocked": [7] }), "out-of-range", "blocked"),
        (json!({ "vanity": ["ab"] }), "out-of-range", "vanity"),
        (json!({ "vanity": ["22222222"] }), "out-of-range", "vanity"),
    ] {
        let (codes, problems) = read(&section);
        let told: Vec<_> = problems.iter().map(|error| (error.code, error.path.as_str())).collect();
        assert_eq!(told, [(code, format!("$.referral.codes.{member}").as_str())], "{section}");
        assert!(codes.is_code(&made(&codes, 1)[0]));
    }
    assert_eq!(read(&json!([])).1.len(), 1);
}
