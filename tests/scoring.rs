//! Lead scores: points with reasons that sum to them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::Input;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::visit::Visit;

const PAGE: &str = "https://example.com/";

fn scored(scoring: Value) -> Visit {
    Visit::begin(&json!({ "scoring": scoring, "tracking": { "pageviews": false } }), PAGE, 1)
}

fn track(visit: &mut Visit, event: &str, properties: Value) {
    visit.happens(Input::Track(event, &properties.to_string(), None));
}

/// `[rule, points, count]` of each reason.
fn lines(visit: &Visit) -> Value {
    visit.score()["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| json!([reason["rule"], reason["points"], reason["count"]]))
        .collect()
}

#[test]
fn events_and_attributes_add_points() {
    let mut visit = scored(json!({ "maximum": 1000, "rules": [
        { "id": "plan", "label": "Looked at a plan", "event": "Plan Chosen", "points": 15 },
        { "id": "crew", "event": "Plan Chosen", "where": { "plan": "crew", "seats": { "$gte": 5 } }, "points": 10 },
        { "id": "pages", "event": "page", "points": 1 },
        { "id": "known", "event": "identify", "where": { "plan": { "$exists": true } }, "points": 3 },
        { "id": "large", "attributes": { "company.size": { "$gt": 100 } }, "points": 40 },
        { "id": "alone", "attributes": { "company.size": 1 }, "points": -10 },
    ] }));
    track(&mut visit, "Plan Chosen", json!({ "plan": "crew", "seats": 5 }));
    track(&mut visit, "Plan Chosen", json!({ "plan": "crew", "seats": 4 }));
    track(&mut visit, "plan chosen", json!({}));
    visit.happens(Input::View(None, "{}"));
    visit.happens(Input::Identify("robin", &json!({ "plan": "crew" }).to_string()));
    visit.happens(Input::Attributes(&json!({ "company": { "size": 101 } }).to_string()));
    assert_eq!(lines(&visit), json!([["large", 40, 1], ["plan", 30, 2], ["crew", 10, 1], ["known", 3, 1], ["pages", 1, 1]]));
    assert_eq!(visit.score()["total"], 84);
    assert_eq!(visit.score()["reasons"][1]["label"], "Looked at a plan");
    assert_eq!(visit.score()["reasons"][2]["label"], "crew", "without a label the id stands for it");
    visit.happens(Input::Attributes(&json!({ "company": { "size": 1 } }).to_string()));
    assert_eq!(visit.score()["total"], 84 - 40 - 10, "attributes count as they are now");
}

#[test]
fn a_rule_adds_or_takes_away_no_more_than_its_maximum() {
    let mut visit = scored(json!({ "minimum": -1000, "maximum": 1000, "rules": [
        { "id": "up", "event": "Done", "points": 7, "maximum": 20 },
        { "id": "down", "event": "Done", "points": -7, "maximum": 20 },
        { "id": "too", "event": "Done", "points": -4, "maximum": -6 },
    ] }));
    (0..5).for_each(|_| track(&mut visit, "Done", json!({})));
    assert_eq!(lines(&visit), json!([["up", 20, 5], ["down", -20, 5], ["too", -6, 5]]));
}

#[test]
fn the_total_is_held_between_the_bounds_by_a_line_of_its_own() {
    for (points, total, last) in
        [(60, 50, json!(["cap", -70, 1])), (-60, -5, json!(["floor", 115, 1])), (25, 50, json!(["up", 25, 1]))]
    {
        let rules =
            json!([{ "id": "up", "event": "Done", "points": points }, { "id": "again", "event": "Done", "points": points }]);
        let mut visit = scored(json!({ "minimum": -5, "maximum": 50, "rules": rules }));
        track(&mut visit, "Done", json!({}));
        assert_eq!(visit.score()["total"], total);
        let lines = lines(&visit);
        assert!(lines.as_array().unwrap().contains(&last), "{lines}");
    }
}

#[test]
fn by_default_a_score_lies_between_0_and_100() {
    let mut visit = scored(
        json!({ "rules": [{ "id": "down", "event": "Down", "points": -60 }, { "id": "up", "event": "Up", "points": 150 }] }),
    );
    track(&mut visit, "Down", json!({}));
    assert_eq!((visit.score()["total"].as_f64(), lines(&visit)), (Some(0.0), json!([["down", -60, 1], ["floor", 60, 1]])));
    track(&mut visit, "Up", json!({}));
    assert_eq!(visit.score()["total"], 90);
    track(&mut visit, "Up", json!({}));
    assert_eq!(visit.score()["total"], 100);
}

#[test]
fn a_site_that_scores_nobody_says_so() {
    let visit = Visit::begin(&json!({}), PAGE, 1);
    for visit in [visit, scored(json!({})), scored(json!({ "rules": [{ "id": "broken" }] }))] {
        assert_eq!((&visit.score()["total"], &visit.score()["reasons"]), (&json!(null), &json!([])));
    }
    let visit = scored(json!({ "rules": [{ "id": "done", "event": "Done", "points": 1 }] }));
    assert_eq!(visit.score()["total"], 0, "scored, and nothing was done yet");
}

#[test]
fn a_rule_with_a_mistake_is_left_out_and_told() {
    let good = json!({ "id": "good", "event": "Done", "points": 1 });
    for (rule, code, path) in [
        (json!(7), "wrong-type", ".id"),
        (json!({ "event": "Done", "points": 5 }), "wrong-type", ".id"),
        (json!({ "id": "good", "event": "Done", "points": 5 }), "duplicate-id", ".id"),
        (json!({ "id": "bad", "event": "Done" }), "wrong-type", ".points"),
        (json!({ "id": "bad", "event": "Done", "points": "5" }), "wrong-type", ".points"),
        (json!({ "id": "bad", "points": 5 }), "ambiguous-rule", ""),
        (json!({ "id": "bad", "event": "Done", "attributes": {}, "points": 5 }), "ambiguous-rule", ""),
        (json!({ "id": "bad", "event": "Done", "where": [], "points": 5 }), "malformed-condition", ".where"),
        (json!({ "id": "bad", "attributes": { "$or": [null] }, "points": 5 }), "malformed-condition", ".attributes.$or[0]"),
    ] {
        let mut visit = scored(json!({ "rules": [good, rule, { "id": "last", "event": "Done", "points": 2 }] }));
        track(&mut visit, "Done", json!({}));
        assert_eq!(lines(&visit), json!([["last", 2, 1], ["good", 1, 1]]), "{rule}");
        let problems = visit.problems();
        assert_eq!(
            (&problems[0]["code"], &problems[0]["path"]),
            (&json!(code), &json!(format!("$.scoring.rules[1]{path}"))),
            "{rule}"
        );
        assert_eq!(problems.as_array().unwrap().len(), 1);
    }
}

/// A rule with any points, counted any number of times.
fn any_rule() -> impl Strategy<Value = Value> {
    let points = prop_oneof![(-50..50i32).prop_map(f64::from), -100.0..100.0f64];
    let event = prop::sample::select(vec!["A", "B", "C"]);
    (points, event, prop::option::of(0.0..200.0f64))
        .prop_map(|(points, event, maximum)| json!({ "event": event, "points": points, "maximum": maximum }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reasons_sum_to_the_total_exactly_and_order_does_not_matter(
        rules in prop::collection::vec(any_rule(), 1..8),
        events in prop::collection::vec(prop::sample::select(vec!["A", "B", "C"]), 0..20),
        bounds in (-50.0..50.0f64, 0.0..150.0f64),
    ) {
        let rules: Vec<Value> = rules.into_iter().enumerate().map(|(index, mut rule)| {
            rule["id"] = json!(format!("rule {index}"));
            rule
        }).collect();
        let (least, most) = (bounds.0, bounds.0 + bounds.1);
        let score_of = |events: &[&str]| {
            let mut visit = scored(json!({ "minimum": least, "maximum": most, "rules": rules }));
            events.iter().for_each(|event| track(&mut visit, event, json!({})));
            visit.score()
        };
        let score = score_of(&events);
        let thousandths = |points: &Value| (points.as_f64().unwrap() * 1_000.0).round();
        let points: Vec<f64> = score["reasons"].as_array().unwrap().iter().map(|reason| thousandths(&reason["points"])).collect();
        let total = thousandths(&score["total"]);
        prop_assert_eq!(points.iter().fold(0.0, |sum, points| sum + points), total, "to the last thousandth");
        prop_assert!((least * 1_000.0 - 0.5..=most * 1_000.0 + 0.5).contains(&total));
        prop_assert!(points.iter().all(|points| *points != 0.0), "no empty lines");
        let own = points.len() - usize::from(score["reasons"].as_array().unwrap().last().is_some_and(|reason| reason["rule"] == "cap" || reason["rule"] == "floor"));
        prop_assert!(points[..own].is_sorted_by(|left, right| left.abs() >= right.abs()), "largest first");
        let mut sorted = events.clone();
        sorted.sort_unstable();
        // The last event is another one then.
        let without_events = |mut score: Value| {
            for reason in score["reasons"].as_array_mut().unwrap() {
                reason.as_object_mut().unwrap().retain(|name, _| name != "messageId" && name != "timestamp");
            }
            score
        };
        prop_assert_eq!(without_events(score_of(&sorted)), without_events(score));
    }
}
