//! The ways of parting a customer's life, lived through: every stage is reached, and whoever was lost comes back.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.
#![cfg(feature = "insights")]

mod support;

use privateer::{client::Input, growth::LIFECYCLES};
use serde_json::{Value, json};
use support::visit::Visit;

const DAY: i64 = 24 * 60 * 60_000;

/// A life by one of the ways: days to wait, then an event; the stages that were entered.
fn stages(name: &str, life: &[(i64, &str)]) -> Vec<String> {
    let (_, model) = LIFECYCLES.iter().find(|(other, _)| *other == name).unwrap();
    let model: Value = serde_json::from_str(model).unwrap();
    let mut visit = Visit::begin(&json!({ "scoring": model, "tracking": { "pageviews": false } }), "https://example.com/", 1);
    assert_eq!(visit.problems(), json!([]));
    for (number, (days, event)) in life.iter().enumerate() {
        visit.pass(days * DAY);
        visit.happens(Input::Timer);
        if !event.is_empty() {
            visit.happens(Input::Track(event, &json!({ "feature": format!("feature {number}") }).to_string(), None));
        }
    }
    visit.told.iter().filter_map(|told| told.strip_prefix("stage ").map(String::from)).collect()
}

const ORDER: &str = "Order Completed";

#[test]
fn by_growth() {
    let life = [(0, "Product Viewed"), (1, ORDER), (5, "Feature Used"), (5, ORDER), (5, ORDER), (5, ORDER), (61, ""), (0, ORDER)];
    assert_eq!(stages("growth", &life), ["prospect", "introduction", "growth", "maturity", "decline", "maturity"]);
}

#[test]
fn by_the_loop() {
    let uses = |count: usize| vec![(1, "Core Action Completed"); count];
    let mut life = vec![(0, "Signed Up")];
    life.extend(uses(10));
    life.extend([(0, ORDER), (0, "Invite Shared")]);
    assert_eq!(stages("loop", &life), ["acquire", "activate", "retain", "monetise", "refer"]);
}

#[test]
fn by_the_journey() {
    let life = [(0, "Product Viewed"), (1, "Product Viewed"), (1, ORDER), (9, ORDER), (9, ORDER), (91, ""), (0, ORDER)];
    assert_eq!(stages("journey", &life), ["awareness", "consideration", "purchase", "loyalty", "churn", "loyalty"]);
}

#[test]
fn by_activity() {
    let life = [(0, "Product Viewed"), (1, ORDER), (9, ORDER), (31, ""), (60, ""), (0, ORDER)];
    assert_eq!(stages("activity", &life), ["potential", "new", "active", "dormant", "lost", "active"]);
}
