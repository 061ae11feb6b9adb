//! Variations that an address asks for.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::Document,
    experiment::{Sink, Source},
};
use serde_json::json;
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
