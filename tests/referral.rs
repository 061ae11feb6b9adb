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
