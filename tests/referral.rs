//! Codes that notice typing mistakes, and the program that hands them out.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    client::{Asked, Input},
    referral::code::{ALPHABET, normalise, random},
};
use proptest::prelude::*;
use serde_json::json;
use support::{host::Native, statistics::assert_uniform, visit::Visit};

mod codes {
    use super::*;

    fn codes(count: usize, length: usize) -> Vec<String> {
        let host = Native::seeded(1);
        (0..count).map(|_| random(&host, length)).collect()
    }

    #[test]
    fn every_character_is_equally_likely_at_every_place() {
        let codes = codes(20_000, 8);
        for place in 0..8 {
            let mut counts = vec![0; ALPHABET.len()];
            for code in &codes {
                counts[ALPHABET.iter().position(|letter| *letter == code.as_bytes()[place]).unwrap()] += 1;
            }
            assert_uniform(&counts, &format!("place {place}"));
        }
    }

    #[test]
    fn every_new_code_is_one() {
        for length in 4..=20 {
            for code in codes(200, length) {
                assert_eq!((code.len(), normalise(&code)), (length, Some(code.clone())));
            }
        }
    }

    #[test]
    fn every_wrong_character_is_noticed() {
        for code in codes(500, 8) {
            for place in 0..8 {
                for letter in ALPHABET.iter().filter(|letter| **letter != code.as_bytes()[place]) {
                    let mut typed = code.clone().into_bytes();
                    typed[place] = *letter;
                    assert_eq!(normalise(&String::from_utf8(typed).unwrap()), None, "{code}, place {place}");
                }
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_is_noticed() {
        for length in [8, 20] {
            for code in codes(500, length) {
                for place in 1..length {
                    let mut typed = code.clone().into_bytes();
                    typed.swap(place - 1, place);
                    let typed = String::from_utf8(typed).unwrap();
                    assert_eq!(normalise(&typed).is_some(), typed == code, "{code}, place {place}");
                }
            }
        }
    }

    #[test]
    fn what_is_mistaken_for_another_is_in_no_code() {
        assert_eq!(ALPHABET.len(), 31, "a prime");
        assert!(!ALPHABET.iter().any(|letter| b"01ILOilo".contains(letter)));
    }

    #[test]
    fn a_typed_code_is_read_kindly() {
        let code = &codes(1, 8)[0];
        for typed in [
            code.to_lowercase(),
            format!(" {} ", code),
            format!("{}-{}", &code[..4], &code[4..]),
            format!("{} {}", &code[..3], &code[3..]),
        ] {
            assert_eq!(normalise(&typed).as_ref(), Some(code), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        // Digits are all 0 in the first five, so only their length decides.
        for (typed, is_code) in
            [("222", false), ("2222", true), (&"2".repeat(20)[..], true), (&"2".repeat(21)[..], false), ("", false)]
        {
            assert_eq!(normalise(typed).is_some(), is_code, "{typed}");
        }
        for typed in ["2222O222", "2222é222", "2222_222", "22222222\n", "２２２２２２２２", "producthunt"] {
            assert_eq!(normalise(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_a_read_code_changes_nothing(typed in "[2-9A-HJ-Za-z -]{0,24}|\\PC*") {
            if let Some(code) = normalise(&typed) {
                prop_assert_eq!(normalise(&code), Some(code.clone()));
            }
        }
    }
}

mod programs {
    use super::*;

    fn visit(program: serde_json::Value, url: &str) -> Visit {
        Visit::begin(&json!({ "referral": program }), url, 2)
    }

    #[test]
    fn a_code_is_read_under_the_parameter_or_an_alias() {
        let program = json!({ "parameter": "via", "aliases": ["ref", "r"] });
        for (query, incoming) in [
            ("?via=2222", Some("2222")),
            ("?r=2222-2222", Some("22222222")),
            ("?ref=producthunt&r=2222", Some("2222")),
            ("?via=2223", None),
            ("?code=2222", None),
        ] {
            let visit = visit(program.clone(), &format!("https://example.com/{query}"));
            assert_eq!(visit.referral()["incoming"], json!(incoming), "{query}");
        }
    }

    #[test]
    fn a_link_carries_the_visitors_own_code_and_no_other() {
        let visit = visit(json!({ "parameter": "via", "length": 6 }), "https://example.com/a?via=2222&x=1#top");
        let code = visit.referral()["code"].as_str().unwrap().to_owned();
        assert_eq!(code.len(), 6);
        assert_eq!(visit.referral()["link"], format!("https://example.com/a?via={code}&x=1#top"));
        assert_eq!(visit.client.referral(Asked::Link, "/pricing"), format!("/pricing?via={code}"));
    }

    #[test]
    fn without_a_program_there_are_no_codes() {
        let visit = Visit::begin(&json!({}), "https://example.com/?ref=2222", 3);
        assert_eq!(visit.referral(), json!({ "code": null, "link": null, "incoming": null }));
        assert_eq!(visit.client.referral(Asked::Link, "/a?b"), "/a?b");
    }

    /// A page view is one way to arrive; a site that records none still has friends arriving.
    #[test]
    fn a_friend_arrives_also_where_page_views_are_not_recorded() {
        let site = json!({ "referral": {}, "tracking": { "pageviews": false }, "delivery": { "url": "/collect" } });
        let mut visit = Visit::begin(&site, "https://example.com/?ref=2222&utm_source=friend", 4);
        assert_eq!(visit.referral()["incoming"], "2222");
        visit.happens(Input::Track("Done", "{}", None));
        visit.deliver_all();
        assert_eq!(visit.named("Done")[0]["context"]["campaign"]["source"], "friend");
        assert!(visit.named("page").is_empty());
    }
}
