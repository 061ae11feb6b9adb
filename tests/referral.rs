//! Programs: a code for every visitor, links that carry it, and who arrives with one.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{Asked, Input};
use serde_json::json;
use support::visit::Visit;

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
        let visit = visit(json!({ "parameter": "via", "codes": { "length": 6 } }), "https://example.com/a?via=2222&x=1#top");
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

mod advocates {
    use super::*;
    use privateer::{base::Time, client::Client};
    use serde_json::Value;
    use support::{
        host::Native,
        visit::{BROWSER, START, page},
    };

    /// A browser of its own, whose page has the list of blocked words, unless `words` is empty.
    struct Browser(Client);

    impl Browser {
        fn new(codes: Value, words: &str, seed: u64) -> Browser {
            Browser::of(json!({ "program": "neighbours", "codes": codes }), words, seed)
        }

        fn of(program: Value, words: &str, seed: u64) -> Browser {
            let site = json!({ "referral": program }).to_string();
            let mut arrival: Value = serde_json::from_str(&page("https://example.com/", BROWSER, 1)).unwrap();
            arrival["arrival"]["blocked"] = words.into();
            let (client, _) = Client::begin(&site, &arrival.to_string(), &[], Native::shared(seed), START);
            Browser(client)
        }

        fn identify(&mut self, user: &str, traits: &Value) -> Value {
            self.0.step(Input::Identify(user, &traits.to_string()), Time(START.0 + 1));
            self.code()
        }

        fn standing(&self) -> Value {
            serde_json::from_str(&self.0.referral_json()).unwrap()
        }

        fn code(&self) -> Value {
            self.standing()["code"].clone()
        }

        fn link(&self) -> String {
            self.standing()["link"].as_str().unwrap().to_owned()
        }

        /// Whether links carry a token, and whether the visitor may invite.
        fn passes(&self) -> (bool, bool) {
            (self.link().contains("ref_token"), self.standing()["invites"] == true)
        }
    }

    #[test]
    fn a_derived_code_is_the_users_on_every_device_and_nobodys_before_they_say_who_they_are() {
        let browser = |seed| Browser::new(json!({ "kind": "derived" }), "badword", seed);
        let (mut phone, mut laptop) = (browser(1), browser(2));
        assert_eq!(phone.code(), Value::Null);
        let code = phone.identify("41", &json!({}));
        assert_eq!(code.as_str().unwrap().len(), 8);
        assert_eq!(laptop.identify("41", &json!({})), code);
        assert_ne!(laptop.identify("42", &json!({})), code, "somebody else signs in");
        assert_eq!(laptop.identify("41", &json!({})), code);
        assert_eq!(
            browser(3).identify("ada", &json!({})),
            Value::Null,
            "what is no number and no UUID cannot be told apart for sure"
        );
    }

    #[test]
    fn without_the_words_no_code_is_derived_for_it_might_be_another_one_elsewhere() {
        assert_eq!(Browser::new(json!({ "kind": "derived" }), "", 4).identify("41", &json!({})), Value::Null);
    }

    #[test]
    fn a_server_gives_codes_as_a_trait() {
        let mut browser = Browser::new(json!({ "kind": "server" }), "", 5);
        assert_eq!(browser.code(), Value::Null);
        assert_eq!(browser.identify("41", &json!({ "referral_code": "nonsense" })), Value::Null);
        assert_eq!(browser.identify("41", &json!({ "referral_code": " 2222-2222" })), "22222222");
    }

    #[test]
    fn what_a_server_gave_one_user_is_not_the_next_ones() {
        let mut browser = Browser::new(json!({ "kind": "server" }), "", 5);
        assert_eq!(browser.identify("41", &json!({ "referral_code": "22222222", "plan": "crew" })), "22222222");
        assert_eq!(browser.identify("41", &json!({ "plan": "solo" })), "22222222", "the same user told more");
        assert_eq!(browser.identify("42", &json!({})), Value::Null, "somebody else signs in");
        assert_eq!(browser.identify("41", &json!({ "referral_code": "22222222" })), "22222222");
        let mut random = Browser::new(json!({}), "badword", 6);
        let code = random.code();
        assert_eq!(random.identify("41", &json!({})), code, "a random code is the browser's");
        assert_eq!(random.identify("42", &json!({})), code);
        assert_eq!(random.identify("42", &json!({ "referral_code": "22222222" })), "22222222");
        assert_eq!(random.identify("42", &json!({ "plan": "solo" })), "22222222");
        let next = random.identify("43", &json!({}));
        assert!(next.is_string() && next != "22222222", "{next}: but one that the server told is the user's");
        assert_eq!(random.identify("44", &json!({})), next);
    }

    #[test]
    fn a_token_goes_with_the_code_that_it_was_made_for_and_with_no_other() {
        let signed = json!({ "keys": [{ "kid": "1", "x": "A".repeat(43) }], "required": true });
        let mut browser = Browser::of(json!({ "signed": signed, "codes": { "kind": "derived" } }), "badword", 7);
        let derived = browser.identify("41", &json!({ "referral_token": "a.b.c" }));
        assert_eq!(browser.passes(), (false, false), "a token alone may be anybody's");
        browser.identify("41", &json!({ "referral_code": derived, "referral_token": " a.b.c\n" }));
        assert_eq!(browser.passes(), (true, true));
        assert!(browser.link().ends_with("ref_token=a.b.c"), "{}", browser.link());
        for token in [json!(null), json!(7), json!({ "a": 1 }), json!(" ")] {
            browser.identify("41", &json!({ "referral_token": token }));
            assert_eq!(browser.passes(), (false, false), "{token}");
        }
        browser.identify("41", &json!({ "referral_code": derived, "referral_token": "a.b.c" }));
        browser.identify("42", &json!({}));
        assert_eq!(browser.passes(), (false, false), "the next user has none");
    }

    /// Every word that begins with K is blocked: without the words one in six codes has one.
    #[test]
    fn codes_of_new_visitors_have_no_blocked_word() {
        let letters: Vec<char> = "23456789ABCDEFGHJKMNPQRSTUVWXYZ".chars().collect();
        let words: Vec<String> = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("K{a}{b}"))).collect();
        let begins = |words: &str| -> usize {
            let codes = (0..100).map(|seed| Browser::new(json!({}), words, seed).code().as_str().unwrap().to_owned());
            codes.filter(|code| code[..6].contains('K')).count()
        };
        assert_eq!(begins(&words.join(" ")), 0);
        assert!(begins("") > 5);
    }
}
