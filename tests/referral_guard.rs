//! Where links may lead: to the page's own host and to named ones, and never by a trick.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::{Document, Section},
    referral::Program,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::host::Native;
use url::Url;

fn program(section: Value) -> Program {
    let mut problems = Vec::new();
    let document = Document::read(&json!({ "referral": section }).to_string(), u32::MAX, &Native::seeded(1)).unwrap();
    let mut program = Program::default();
    program.read(Section::of(document.root(), "$.referral", &mut problems));
    assert_eq!(problems, [], "a program without mistakes");
    program
}

const PAGE: &str = "https://shop.example/a/b?c";
const FOREIGN: &str = "foreign-host";
const NO_WEB: &str = "no-web-address";

fn guarded(target: &str) -> Result<String, &'static str> {
    let program = program(json!({ "hosts": ["partner.example", "*.bücher.example", "port.example:8443"] }));
    program.guard(target, PAGE, &Native::seeded(1)).map_err(|error| error.code)
}

/// Expected values: where browsers go from the page, by the URL standard, worked by hand.
#[test]
fn a_target_leads_to_named_hosts() {
    for (target, whole) in [
        ("d", "https://shop.example/a/d"),
        ("/d?e#f", "https://shop.example/d?e#f"),
        ("?e", "https://shop.example/a/b?e"),
        ("", "https://shop.example/a/b?c"),
        ("//shop.example/d", "https://shop.example/d"),
        ("https:d", "https://shop.example/a/d"),
        ("http://SHOP.example/", "http://shop.example/"),
        ("https://partner.example:443/d", "https://partner.example/d"),
        ("https://a.bücher.example/", "https://a.xn--bcher-kva.example/"),
        ("https://b.a.xn--bcher-kva.example/", "https://b.a.xn--bcher-kva.example/"),
        ("https://port.example:8443/", "https://port.example:8443/"),
        ("/%5Cevil.example", "https://shop.example/%5Cevil.example"),
        ("/@evil.example", "https://shop.example/@evil.example"),
        ("./javascript:alert(1)", "https://shop.example/a/javascript:alert(1)"),
        ("/a//evil.example", "https://shop.example/a//evil.example"),
    ] {
        assert_eq!(guarded(target).as_deref(), Ok(whole), "{target}");
    }
}

#[test]
fn tricks_lead_nowhere() {
    for (target, code) in [
        ("https://evil.example/", FOREIGN),
        ("//evil.example", FOREIGN),
        ("///evil.example", NO_WEB), // not for the crate `url`; browsers go to evil.example, which is foreign
        ("////evil.example/%2f..", NO_WEB),
        ("https:evil", "ok"), // relative to the page, by the standard
        ("http:evil.example", FOREIGN),
        ("https:/evil.example", "ok"),
        ("http:/evil.example", FOREIGN),
        ("https://shop.example.evil.example/", FOREIGN),
        ("https://evilpartner.example/", FOREIGN),
        ("https://a.partner.example/", FOREIGN),
        ("https://bücher.example/", FOREIGN),
        ("https://evilbücher.example/", FOREIGN),
        ("https://partner.example:8443/", FOREIGN),
        ("https://port.example/", FOREIGN),
        ("https://shop.example:444/", FOREIGN),
        ("https://shop.example./", FOREIGN),
        ("https://ѕhop.example/", FOREIGN), // its first letter is Cyrillic
        ("https://evil.example?shop.example", FOREIGN),
        ("https://evil.example#@shop.example", FOREIGN),
        ("https://evil.example／@shop.example/", NO_WEB), // not a valid host: the mark is a slash in full width
        ("https://me@shop.example/", NO_WEB),
        ("https://me:pass@shop.example/", NO_WEB),
        ("https://shop.example@evil.example/", NO_WEB),
        ("\\\\evil.example", NO_WEB),
        ("/\\evil.example", NO_WEB),
        ("https:\\\\evil.example", NO_WEB),
        ("/\t/evil.example", NO_WEB),
        ("/\n/evil.example", NO_WEB),
        ("\u{0}//evil.example", NO_WEB),
        ("java\nscript:alert(1)", NO_WEB),
        ("javascript:alert(1)", NO_WEB),
        (" JavaScript:alert(1)", NO_WEB),
        ("javascript://shop.example/%0aalert(1)", NO_WEB),
        ("data:text/html,x", NO_WEB),
        ("blob:https://shop.example/1", NO_WEB),
        ("httpsx://shop.example/", NO_WEB),
        ("ftp://shop.example/", NO_WEB),
        ("mailto:a@shop.example", NO_WEB),
        ("https://", NO_WEB),
        ("https://[::1", NO_WEB),
    ] {
        assert_eq!(guarded(target).err().unwrap_or("ok"), code, "{target:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is let through, a browser goes there and to no other host.
    #[test]
    fn what_is_let_through_is_where_the_browser_goes(target in "([hHs/:@?#. \\\\\t\n%25]|https:|//|shop\\.example|partner\\.example|evil\\.example|bücher\\.example|javascript:|\\*\\.){0,8}|\\PC{0,20}") {
        if let Ok(whole) = guarded(&target) {
            let there = Url::parse(PAGE).unwrap().join(&target).unwrap();
            prop_assert_eq!(there.as_str(), &whole);
            let host = there.host_str().unwrap();
            prop_assert!(matches!(host, "shop.example" | "partner.example") || host.ends_with(".xn--bcher-kva.example"), "{}", host);
            prop_assert!(["http", "https"].contains(&there.scheme()) && there.username().is_empty() && there.password().is_none());
        }
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    let refused = program(json!({})).guard("//evil.example", PAGE, &Native::seeded(1)).unwrap_err();
    assert_eq!(refused.to_string(), "foreign-host: This leads to a host that referral.hosts does not name.");
}
