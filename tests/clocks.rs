//! Clocks that jump, computers that sleep, and what belongs to whom in time.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{base::Time, client::Input};
use serde_json::{Value, json};
use support::visit::Visit;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn site() -> Value {
    json!({ "delivery": { "url": "/collect" }, "tracking": { "pageviews": false } })
}

fn engaged(visit: &Visit) -> Vec<i64> {
    let stored = visit.stored.values().filter_map(|value| serde_json::from_str::<Value>(value).ok());
    stored.filter_map(|message| message["properties"]["engaged_time_msec"].as_i64()).collect()
}

/// The clock runs three years ahead, the collector fails, somebody sets the clock right: the wait was never meant to
/// last three years.
#[test]
fn a_clock_that_is_set_back_does_not_hold_events_back() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 1);
    let right = visit.now;
    visit.now = right.plus(3 * 365 * DAY_MS);
    visit.track("A");
    visit.happens(Input::Flush);
    visit.answer(503);
    visit.now = right.plus(5_000);
    visit.happens(Input::Timer);
    assert_eq!(visit.under_way().len(), 1);
}

#[test]
fn a_wait_is_kept_while_the_clock_goes_on() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 2);
    visit.track("A");
    visit.happens(Input::Flush);
    visit.answer_with(503, Some(60_000));
    visit.pass(59_000);
    visit.happens(Input::Timer);
    assert_eq!(visit.under_way().len(), 0);
    visit.pass(2_000);
    assert_eq!(visit.under_way().len(), 1);
}

/// Eight hours in front of a page are a computer asleep: one look counts half an hour at most.
#[test]
fn a_night_with_the_page_in_front_is_half_an_hour() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 3);
    visit.happens(Input::Attention(true));
    visit.pass(8 * 60 * 60 * 1_000);
    visit.happens(Input::Leaving(false));
    assert_eq!(engaged(&visit), [30 * 60 * 1_000]);
}

#[test]
fn a_clock_set_back_takes_no_engaged_time_away() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 4);
    visit.happens(Input::Attention(true));
    visit.pass(10_000);
    visit.happens(Input::Attention(false));
    visit.happens(Input::Attention(true));
    visit.now = Time(visit.now.0 - DAY_MS);
    visit.happens(Input::Leaving(false));
    assert_eq!(engaged(&visit), [10_000]);
}

#[test]
fn time_before_a_new_visitor_is_not_the_new_visitors() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 5);
    visit.happens(Input::Attention(true));
    visit.pass(20_000);
    visit.happens(Input::Forget);
    visit.pass(3_000);
    visit.happens(Input::Leaving(false));
    assert_eq!(engaged(&visit), [3_000]);
}

/// Nothing is recorded on return here, so it is the return itself that sends.
#[test]
fn what_waited_goes_out_on_return() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 6);
    visit.track("A");
    visit.reload("https://example.com/");
    assert_eq!(visit.under_way().len(), 1);
}

/// What the page told is the page's; what was learned of the visitor is not.
#[test]
fn a_new_visitor_meets_the_same_page() {
    let site = json!({ "experiments": { "payload": { "features": {
        "language": { "defaultValue": "other", "rules": [{ "condition": { "language": "de" }, "force": "german" }] },
        "plan": { "defaultValue": "unknown", "rules": [{ "condition": { "plan": "crew" }, "force": "crew" }] }
    } } } });
    let mut visit = Visit::begin(&site, "https://example.com/", 7);
    visit.happens(Input::Attributes(&json!({ "language": "de" }).to_string()));
    visit.happens(Input::Identify("robin", &json!({ "plan": "crew" }).to_string()));
    let values = |visit: &mut Visit| [visit.decision("language")["value"].clone(), visit.decision("plan")["value"].clone()];
    assert_eq!(values(&mut visit), ["german", "crew"]);
    visit.happens(Input::Forget);
    assert_eq!(values(&mut visit), ["german", "unknown"]);
}
