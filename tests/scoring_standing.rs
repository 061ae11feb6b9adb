//! What scores lead to: thresholds, stages, triggers. Each expected time and order is worked out beside it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::Input;
use serde_json::{Value, json};
use support::scored::{DAY, MINUTE, PAGE, done, scored};
use support::visit::Visit;

#[test]
fn a_threshold_is_told_when_it_is_reached_and_again_only_after_it_was_lost() {
    let mut visit = scored(&json!({
        "rules": [{ "id": "done", "event": "Done", "points": 30, "decay": { "half_life_days": 10 } }],
        "thresholds": [{ "id": "mql", "at": 50, "below": 20 }],
    }));
    done(&mut visit, json!({}));
    done(&mut visit, json!({}));
    let of_threshold = |visit: &Visit| visit.told.iter().filter(|told| *told == "threshold mql").count();
    assert_eq!(of_threshold(&visit), 1, "60");
    visit.pass(8 * DAY);
    done(&mut visit, json!({}));
    assert_eq!(of_threshold(&visit), 1, "34 + 30, and was never lost");
    visit.pass(17 * DAY);
    visit.happens(Input::Timer);
    assert_eq!(visit.score()["thresholds"], json!([]), "64 * 2^(-1.7) = 19.8");
    done(&mut visit, json!({}));
    done(&mut visit, json!({}));
    assert_eq!(of_threshold(&visit), 2);
}

#[test]
fn stages_are_entered_in_order_left_and_entered_again() {
    let mut visit = scored(&json!({
        "rules": [
            { "id": "orders", "event": "Order Completed", "points": 0 },
            { "id": "idle", "event": "*", "measure": "since", "points": 0 },
        ],
        "stages": [
            { "id": "potential", "when": { "score.rules.orders": 0 } },
            { "id": "new", "when": { "score.rules.orders": 1 } },
            { "id": "active", "when": { "score.rules.orders": { "$gte": 2 }, "score.rules.idle": { "$lt": 30 } } },
            { "id": "dormant", "when": { "score.rules.orders": { "$gte": 1 }, "score.rules.idle": { "$gte": 30 } }, "from": ["new", "active"] },
            { "id": "lost", "when": { "score.rules.idle": { "$gte": 90 } }, "from": ["dormant"] },
        ],
    }));
    let order = |visit: &mut Visit| visit.happens(Input::Track("Order Completed", "{}", None));
    order(&mut visit);
    order(&mut visit);
    visit.pass(31 * DAY);
    visit.happens(Input::Timer);
    visit.pass(60 * DAY);
    visit.happens(Input::Timer);
    order(&mut visit);
    let stages: Vec<&str> = visit.told.iter().filter_map(|told| told.strip_prefix("stage ")).collect();
    assert_eq!(stages, ["potential", "new", "active", "dormant", "lost", "active"]);
    assert_eq!(visit.score()["stage"], "active");
}

/// The triggers that fired after events `[name, minutes from the start]`, each with its minute.
fn fired(trigger: Value, events: &[(&str, f64)], until: f64) -> Vec<f64> {
    let mut trigger = trigger;
    trigger["id"] = json!("due");
    let mut visit = scored(&json!({ "triggers": [trigger] }));
    let start = visit.now;
    let mut seen = Vec::new();
    let mut happen = |visit: &mut Visit, input: Option<(&str, f64)>, at: f64| {
        let goal = start.plus((at * MINUTE as f64) as i64);
        // Minute by minute, as timers would.
        while visit.now < goal {
            visit.now = visit.now.plus(MINUTE / 2).min(goal);
            let before = visit.told.len();
            visit.happens(Input::Timer);
            if visit.told[before..].iter().any(|told| told == "trigger due") {
                seen.push((visit.now.since(start)) as f64 / MINUTE as f64);
            }
        }
        if let Some((name, _)) = input {
            let before = visit.told.len();
            visit.happens(Input::Track(name, "{}", None));
            if visit.told[before..].iter().any(|told| told == "trigger due") {
                seen.push(at);
            }
        }
    };
    for event in events {
        happen(&mut visit, Some(*event), event.1);
    }
    happen(&mut visit, None, until);
    seen
}

#[test]
fn triggers_count_wait_and_do_not_nag() {
    let day = 1_440.0;
    let views: Vec<(&str, f64)> = [0.0, 0.2, 1.0, 2.0, 3.0, 4.0, 5.0].map(|at| ("Seen", at)).to_vec();
    for (trigger, events, until, expected) in [
        // A reload within half a minute does not count; each firing uses its events up.
        (json!({ "event": "Seen", "at_least": 3 }), views.clone(), 6.0, vec![2.0, 5.0]),
        (json!({ "event": "Seen", "at_least": 3, "apart_minutes": 0 }), views.clone(), 6.0, vec![1.0, 4.0]),
        (json!({ "event": "Seen", "at_least": 3, "once": true }), views.clone(), 6.0, vec![2.0]),
        (json!({ "event": "Seen", "cooldown_hours": 0.05 }), views.clone(), 6.0, vec![0.0, 3.0, 6.0]),
        (json!({ "event": "Seen", "most_a_day": 2 }), views.clone(), 6.0, vec![0.0, 0.2]),
        (
            json!({ "event": "Seen", "at_least": 3, "window_days": 1 }),
            vec![("Seen", 0.0), ("Seen", day), ("Seen", day + 1.0)],
            day + 2.0,
            vec![],
        ),
        // A cart left for 30 minutes; paying, or filling it again, calls it off or puts it off.
        (json!({ "event": "Added", "unless": { "event": "Paid" }, "after_minutes": 30 }), vec![("Added", 0.0)], 40.0, vec![30.0]),
        (
            json!({ "event": "Added", "unless": { "event": "Paid" }, "after_minutes": 30 }),
            vec![("Added", 0.0), ("Paid", 20.0)],
            60.0,
            vec![],
        ),
        (
            json!({ "event": "Added", "unless": { "event": "Paid" }, "after_minutes": 30 }),
            vec![("Added", 0.0), ("Added", 20.0)],
            60.0,
            vec![50.0],
        ),
        // One after another.
        (
            json!({ "event": "A", "then": [{ "event": "B" }, { "event": "C" }] }),
            vec![("C", 0.0), ("B", 1.0), ("A", 2.0), ("C", 3.0), ("B", 4.0), ("C", 5.0)],
            6.0,
            vec![5.0],
        ),
        // Back after 14 days.
        (
            json!({ "event": "Seen", "silent_days": 14 }),
            vec![("Seen", 0.0), ("Seen", day * 13.0), ("Seen", day * 27.0), ("Seen", day * 27.0 + 1.0)],
            day * 27.0 + 2.0,
            vec![day * 27.0],
        ),
        // It is five past nine when the tests begin.
        (json!({ "event": "Seen", "quiet_from": 7, "quiet_to": 10 }), vec![("Seen", 1.0)], 70.0, vec![55.0]),
        (json!({ "event": "Seen", "quiet_from": 22, "quiet_to": 9.5 }), vec![("Seen", 1.0)], 70.0, vec![25.0]),
        // Not within a minute of an error, unless it may.
        (json!({ "event": "Seen" }), vec![("Error Occurred", 0.0), ("Seen", 0.5)], 3.0, vec![1.0]),
        (json!({ "event": "Seen", "intrudes": true }), vec![("Error Occurred", 0.0), ("Seen", 0.5)], 3.0, vec![0.5]),
    ] {
        assert_eq!(fired(trigger.clone(), &events, until), expected, "{trigger} {events:?}");
    }
}

#[test]
fn a_trigger_waits_until_the_visitor_has_written() {
    let mut visit = scored(&json!({ "triggers": [{ "id": "due", "event": "Seen" }] }));
    visit.happens(Input::Typing);
    visit.happens(Input::Track("Seen", "{}", None));
    assert_eq!(visit.told.iter().filter(|told| told.starts_with("trigger")).count(), 0);
    visit.pass(6_000);
    assert_eq!(visit.told.iter().filter(|told| *told == "trigger due").count(), 1, "woken by itself");
}

/// Attributes are told after a page began: what was reached by them is neither lost nor told again.
#[test]
fn a_page_load_neither_loses_nor_repeats_what_was_reached() {
    let mut visit = scored(&json!({
        "rules": [{ "id": "done", "event": "Done", "points": 20 }, { "id": "large", "attributes": { "size": 9 }, "points": 40 }],
        "thresholds": [{ "id": "mql", "at": 60, "below": 40 }],
        "stages": [{ "id": "visitor", "when": {} }, { "id": "lead", "when": { "score.total": { "$gte": 60 } } }],
    }));
    visit.happens(Input::Attributes(r#"{"size":9}"#));
    done(&mut visit, json!({}));
    let news = |visit: &Visit| visit.told.iter().filter(|told| !told.starts_with("score")).cloned().collect::<Vec<_>>();
    assert_eq!(news(&visit), ["stage visitor", "threshold mql", "stage lead"]);
    for _ in 0..3 {
        visit.reload(PAGE);
        visit.happens(Input::View(None, "{}"));
        assert_eq!([&visit.score()["stage"], &visit.score()["thresholds"]], [&json!("lead"), &json!(["mql"])]);
        visit.happens(Input::Attributes(r#"{"size":9}"#));
    }
    assert_eq!(news(&visit).len(), 3);
    // Without them for longer than a page takes to begin, it is lost.
    visit.reload(PAGE);
    visit.pass(11_000);
    visit.happens(Input::View(None, "{}"));
    assert_eq!([&visit.score()["stage"], &visit.score()["thresholds"]], [&json!("visitor"), &json!([])]);
}

#[test]
fn programs_and_who_refused_reach_nothing() {
    let site = json!({ "scoring": { "rules": [{ "id": "any", "attributes": {}, "points": 50 }], "thresholds": [{ "id": "t", "at": 10 }], "stages": [{ "id": "s", "when": {} }] }, "consent": { "initial": "denied" } });
    let mut visit = Visit::begin(&site, PAGE, 1);
    visit.happens(Input::Attributes("{}"));
    assert!(visit.told.iter().all(|told| told.starts_with("score")), "{:?}", visit.told);
    visit.happens(Input::Consent(r#"{"analytics":"granted"}"#));
    assert_eq!(visit.told.iter().filter(|told| *told == "threshold t").count(), 1);
}

#[test]
fn in_one_millisecond_the_order_of_events_holds() {
    assert_eq!(fired(json!({ "event": "A", "then": [{ "event": "B" }] }), &[("A", 1.0), ("B", 1.0)], 2.0), [1.0]);
    assert_eq!(fired(json!({ "event": "A", "then": [{ "event": "B" }] }), &[("B", 1.0), ("A", 1.0)], 2.0), [0.0; 0]);
}
