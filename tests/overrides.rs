//! Variations that an address asks for.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::Document,
    experiment::{Sink, Source, Sticky},
};
use serde_json::{Value, json};
use support::{
    engine::{Engine, TOLD},
    host::Native,
};

/// The first of a name decides, also one that is no number; as GrowthBook's SDK 1.8.0 reads addresses.
#[test]
fn the_address_may_ask_for_a_variation() {
    let mut engine = Engine::of(json!({ "key": "price", "variations": ["a", "b", "c"], "coverage": 0 }));
    for (query, value) in [
        ("?price=2", json!("c")),
        ("?x=1&price=0#price=1", json!("a")),
        ("?price=3", json!("default")),
        ("?price=-1", json!("default")),
        ("?price=b", json!("default")),
        ("?price=x&price=1", json!("default")),
        ("?price=1&price=0", json!("b")),
        ("?other=1", json!("default")),
        ("", json!("default")),
    ] {
        engine.engine.settings.set_url(&["https://example.com/", query].concat());
        assert_eq!(engine.value("experiment", &json!({ "id": "a" })), value, "{query}");
    }
}

#[test]
fn what_is_asked_for_counts_for_nothing() {
    let mut engine = Engine::of(json!({ "key": "price", "variations": ["a", "b"] })).engine;
    engine.attributes.set(TOLD, Document::read(r#"{"id":"a"}"#, u32::MAX, &*Native::shared(0)).unwrap());
    engine.settings.set_url("https://example.com/?price=1");
    let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
    assert_eq!(engine.decide("experiment", &mut sink).source, Source::Experiment);
    assert!(!sink.due && sink.placed.is_some_and(|placed| placed.is_empty()));
}

/// Patterns are also searched in the address without its origin, which `href.substring(origin.length)` is in browsers: an
/// empty query and an empty fragment keep their marks.
#[test]
fn a_pattern_may_begin_where_the_path_does() {
    let runs = |pattern: &str, address: &str| {
        let pages = json!([{ "type": "regex", "pattern": pattern, "include": true }]);
        let experiment = json!({ "key": "a", "hashVersion": 2, "variations": [{}, { "css": "a{}" }], "urlPatterns": pages });
        let mut engine = Engine::new(&json!({ "experiments": [experiment] }));
        engine.engine.settings.set_url(address);
        engine.ask("", r#"{"id":"u1"}"#, |_| ());
        engine.engine.run_automatic(&mut Sink::default()).placed.len() == 1
    };
    for pattern in ["^/a\\?b=1#c$", "^https://example\\.com:81/a"] {
        assert!(runs(pattern, "https://example.com:81/a?b=1#c"), "{pattern}");
    }
    assert!(runs("^/a\\?#$", "https://example.com/a?#"));
    assert!(!runs("^/a$", "https://example.com/a?"));
}

#[test]
fn nothing_runs_after_an_experiment_with_redirects_that_the_visitor_is_in() {
    let pages = json!([{ "type": "simple", "pattern": "https://example.com/", "include": true }]);
    let redirecting = |weights: Value| {
        json!({ "key": "a", "hashVersion": 2, "weights": weights, "urlPatterns": pages,
            "variations": [{}, { "urlRedirect": "https://example.com/new" }] })
    };
    let changing = json!({ "key": "b", "hashVersion": 2, "variations": [{}, { "css": "a{}" }], "urlPatterns": pages });
    let keys = |weights: Value, id: &str| {
        let mut engine = Engine::new(&json!({ "experiments": [redirecting(weights), changing] }));
        engine.engine.settings.set_url("https://example.com/");
        engine.ask("", &json!({ "id": id }).to_string(), |_| ());
        let mut sink = Sink::default();
        let found = engine.engine.run_automatic(&mut sink);
        (found.placed.iter().map(|placed| placed.experiment.key.clone()).collect::<Vec<_>>(), found.redirect.clone())
    };
    assert_eq!(keys(json!([1, 0]), "u1"), (vec!["a".to_owned()], None), "in its control too");
    assert_eq!(keys(json!([0, 1]), "u1"), (vec!["a".to_owned()], Some("https://example.com/new".to_owned())));
    assert_eq!(keys(json!([1, 0]), ""), (vec![], None));
}

#[test]
fn whoever_saw_an_older_version_than_the_least_is_blocked() {
    let rule = json!({ "key": "k", "hashVersion": 2, "variations": [0, 1], "bucketVersion": 2000, "minBucketVersion": 2000,
        "meta": [{ "key": "a" }, { "key": "b" }] });
    let placed = |kept: &str| {
        let mut engine = Engine::of(rule.clone());
        let mut sticky = Sticky::new(Native::shared(0));
        sticky.add(&json!({ "attributeName": "id", "attributeValue": "u1", "assignments": { kept: "b" } }).to_string());
        engine.engine.sticky = Some(sticky);
        engine.variation("u1")
    };
    assert_eq!([placed("k__1500"), placed("k__0"), placed("k__1999")], [None; 3]);
    assert_eq!(placed("k__2000"), Some(1), "kept");
    let by_the_hash = placed("other__0");
    assert!(by_the_hash.is_some());
    assert_eq!([placed("k__2001"), placed("k__01"), placed("k__x"), placed("kk__1")], [by_the_hash; 4], "none of these is older");
}
