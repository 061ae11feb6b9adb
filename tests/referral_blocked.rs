//! Blocked words: no code has one, however it is disguised.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::referral::code::{
    Codes,
    blocked::{BlockList, Words},
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use support::{codes::codes, host::Native};

/// What scripts/build/blocked_words.mjs makes; a test of Node's says that it is the same.
const LIST: &str = include_str!("data/referral/blocked_words.txt");
const SIGNS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.~-";

/// What each letter may be written as.
fn disguises(letter: char) -> &'static str {
    match letter {
        'o' => "oO0qQ",
        'i' => "iI1lL",
        'z' => "zZ2",
        'e' => "eE3",
        'a' => "aA4",
        's' => "sS5",
        'g' => "gG69",
        't' => "tT7",
        'b' => "bB8",
        'u' => "uUvV",
        _ => "",
    }
}

fn words() -> Vec<&'static str> {
    LIST.split_ascii_whitespace().collect()
}

#[test]
fn the_list_is_of_folded_stems_none_of_which_contains_another_one() {
    let words = words();
    assert!(words.len() > 900 && words.is_sorted(), "{}", words.len());
    for word in &words {
        assert!(
            (3..=6).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_lowercase() && !b"qlvw".contains(&letter)),
            "{word}"
        );
        assert_eq!(words.iter().filter(|other| word.contains(*other)).count(), 1, "{word}");
    }
    assert_eq!(BlockList::new(LIST).len(), words.len());
}

/// Every word of the list, in disguises that a seed chooses: case, digits, w for two u, separators, and embedded in whatever.
#[test]
fn no_word_escapes_by_case_digits_or_embedding() {
    let host = Native::seeded(3);
    let list = BlockList::new(LIST);
    let pick = |from: &str| from.chars().nth(host.next() as usize % from.len()).unwrap();
    for word in words() {
        for _ in 0..40 {
            let mut code: String = (0..host.next() % 6).map(|_| pick(SIGNS)).collect();
            for letter in word.replace("uu", if host.next().is_multiple_of(2) { "w" } else { "uu" }).chars() {
                let own = [letter, letter.to_ascii_uppercase()].iter().collect::<String>();
                code.push(pick(if disguises(letter).is_empty() { &own } else { disguises(letter) }));
                if host.next().is_multiple_of(4) {
                    code.push(pick("-.~ "));
                }
            }
            code.extend((0..host.next() % 6).map(|_| pick(SIGNS)));
            assert!(list.occur_in(code.as_bytes(), 0), "{word} in {code}");
        }
        assert!(LIST.occur_in(word.as_bytes(), 0), "{word}");
    }
}

#[test]
fn no_code_has_a_blocked_word() {
    let list = BlockList::new(LIST);
    let folded = |code: &str| {
        let letter = |letter: char| {
            "oizeasgtbu".chars().find(|plain| disguises(*plain).contains(letter)).unwrap_or(letter.to_ascii_lowercase())
        };
        code.replace('W', "UU").chars().map(letter).collect::<String>()
    };
    for section in
        [json!({}), json!({ "alphabet": "crockford" }), json!({ "alphabet": "numeric" }), json!({ "blocked": ["q8x"] })]
    {
        let codes = codes(section.clone());
        let made = codes.many(1_500, &Native::seeded(4), &list);
        let (key, own) = (privateer::referral::code::Key::new("neighbours", ""), section.get("blocked").is_some());
        let derived: Vec<String> = (0..1_500).map(|id| codes.sequential(key, id, &list).unwrap()).collect();
        assert_eq!(derived.iter().collect::<HashSet<_>>().len(), 1_500);
        for code in made.lines().chain(derived.iter().map(String::as_str)) {
            // Another search than the one that is tested: by the standard library, in a text that is folded here.
            let plain = folded(code);
            assert!(!words().iter().any(|word| plain.contains(word)), "{code}");
            assert!(!own || !plain.contains("obx"), "{code}");
        }
    }
}

/// One in 24 codes of the safe alphabet, so few that hardly any randomness is lost.
#[test]
fn few_codes_are_refused() {
    let list = BlockList::new(LIST);
    let made = Codes::usual().many(20_000, &Native::seeded(5), &BlockList::new(""));
    let refused = made.lines().filter(|code| list.occur_in(code.as_bytes(), 0)).count();
    assert!((600..1_100).contains(&refused), "{refused} of 20,000");
}

/// "ESSEX" is a fine prefix.
#[test]
fn a_word_in_the_prefix_alone_is_no_reason() {
    let codes = codes(json!({ "prefix": "ESSEX-" }));
    // A longer word may begin in the prefix with a shorter one, and is found all the same.
    assert!(BlockList::new("sex sexy").occur_in(b"ESSEXY22", 5) && "sex sexy".occur_in(b"ESSEXY22", 5));
    for list in ["sex", "sexy", "sex2"] {
        let code = codes.random(&Native::seeded(6), list);
        assert!(code.starts_with("ESSEX-") && code.len() == 14, "{code}");
        assert!(!BlockList::new(list).occur_in(code.as_bytes(), 6));
    }
    for (code, from, found) in [
        ("SEX", 0, true),
        ("SEX", 2, true),
        ("SEX", 3, false),
        ("ESSEX-2", 6, false),
        ("SE-X", 3, true),
        ("WORD", 0, true),
        ("XWORD", 1, true),
    ] {
        for list in ["sex uuord", "5ex vvord", "sex word"] {
            assert_eq!(BlockList::new(list).occur_in(code.as_bytes(), from), found, "{code}, {from}, {list}");
            assert_eq!(list.occur_in(code.as_bytes(), from), found, "{code}, {from}, {list}");
        }
    }
}

#[test]
fn words_that_leave_no_code_leave_none() {
    let codes = codes(json!({ "alphabet": "ABC", "length": 5 }));
    let all = "AAA AAB AAC ABA ABB ABC ACA ACB ACC BAA BAB BAC BBA BBB BBC BCA BCB BCC CAA CAB CAC CBA CBB CBC CCA CCB CCC";
    assert_eq!(codes.random(&Native::seeded(7), all), "");
    assert_eq!(codes.derived("neighbours", "1", all).unwrap_err().code, "blocked-words");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a page asks, word by word, and what a server asks, by an ordered list, is the same.
    #[test]
    fn both_searches_find_the_same(words in "([A-Ca-cvVwW34]{1,5}|[A-Z]{11,15})( [A-CuU4-8]{2,4}){0,6}", code in "[A-CUVW3-8-]{0,20}|[A-Z]{9,18}", from in 0usize..8) {
        let list = BlockList::new(&words);
        prop_assert_eq!(list.occur_in(code.as_bytes(), from), words.occur_in(code.as_bytes(), from));
        for word in words.split(' ') {
            let own = ["X", word, "X"].concat();
            prop_assert_eq!(list.occur_in(own.as_bytes(), 0), words.occur_in(own.as_bytes(), 0));
        }
    }
}
