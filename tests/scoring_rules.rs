//! Lead scores case by case. Each expected number is worked out beside it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{Input, SCORED_PREFIX, VISITOR_KEY};
use serde_json::{Value, json};
use support::scored::{HOUR, PAGE, done, scored};
use support::visit::Visit;

/// A visitor of a site with one rule about the event `Done`, which has no bounds.
fn ruled(rule: Value) -> Visit {
    let mut rule = rule;
    rule["id"] = json!("rule");
    if rule.get("attributes").is_none() && rule.get("event").is_none() {
        rule["event"] = json!("Done");
    }
    scored(&json!({ "minimum": -10_000, "maximum": 10_000, "rules": [rule] }))
}

fn total(visit: &Visit) -> f64 {
    visit.score()["total"].as_f64().unwrap()
}

/// What the rule comes to after one `Done` at each of these hours, asked at the last of them.
fn after(rule: Value, hours: &[f64]) -> f64 {
    let mut visit = ruled(rule);
    let start = visit.now;
    let (ask, events) = hours.split_last().unwrap();
    for hour in events {
        visit.now = start.plus((hour * HOUR as f64) as i64);
        done(&mut visit, json!({}));
    }
    visit.now = start.plus((ask * HOUR as f64) as i64);
    total(&visit)
}

#[test]
fn points_fade_in_each_of_the_ways() {
    let days = |days: f64| days * 24.0;
    for (decay, ages) in [
        // 16 * 2^(-age / 7)
        (json!({ "half_life_days": 7 }), vec![(0.0, 16.0), (7.0, 8.0), (14.0, 4.0), (21.0, 2.0), (3.5, 11.314), (700.0, 0.0)]),
        // 9 points over 90 days are 8.7 after 3 of them (MadKudu's example): 16 * (1 - age / 90)
        (json!({ "lifespan_days": 90 }), vec![(0.0, 16.0), (3.0, 15.467), (45.0, 8.0), (90.0, 0.0), (91.0, 0.0)]),
        // A quarter is lost every 30 days.
        (
            json!({ "step_days": 30, "step_loss": 0.25 }),
            vec![(0.0, 16.0), (29.9, 16.0), (30.0, 12.0), (60.0, 8.0), (119.0, 4.0), (120.0, 0.0)],
        ),
        (json!(null), vec![(0.0, 16.0), (3_000.0, 16.0)]),
    ] {
        for (age, points) in ages {
            assert_eq!(after(json!({ "points": 16, "decay": decay }), &[0.0, days(age)]), points, "{decay} after {age} days");
        }
    }
    assert_eq!(after(json!({ "points": 9, "decay": { "lifespan_days": 90 } }), &[0.0, days(3.0)]), 8.7, "MadKudu's example");
}

#[test]
fn windows_cooldowns_and_frequencies_choose_what_counts() {
    for (rule, hours, points) in [
        (json!({ "window_days": 2 }), vec![0.0, 24.0, 47.0, 48.0], 3.0),
        (json!({ "window_days": 2 }), vec![0.0, 24.0, 47.0, 48.1], 2.0),
        (json!({ "cooldown_minutes": 60 }), vec![0.0, 0.5, 1.0, 1.5, 2.0], 2.0),
        // The one at 0.5 does not count, though the one at 0 has left the window: else the score would rise by itself.
        (json!({ "cooldown_minutes": 60, "window_days": 1 }), vec![0.0, 0.5, 24.2], 0.0),
        (json!({ "at_least": 3 }), vec![0.0, 1.0, 2.0], 0.0),
        (json!({ "at_least": 3 }), vec![0.0, 1.0, 2.0, 2.0], 3.0),
        (json!({ "at_least": 3, "once": true }), vec![0.0, 1.0, 2.0, 2.0], 1.0),
        (json!({ "once": true, "decay": { "half_life_days": 1 } }), vec![0.0, 24.0, 48.0], 0.5),
        (json!({ "measure": "first", "decay": { "half_life_days": 1 } }), vec![0.0, 24.0, 48.0], 0.25),
        (json!({ "measure": "first", "window_days": 1 }), vec![0.0, 24.0, 25.0], 0.0),
    ] {
        let mut with_points = rule.clone();
        with_points["points"] = json!(1);
        assert_eq!(after(with_points, &hours), points, "{rule} {hours:?}");
    }
}

#[test]
fn days_are_counted_since_and_in_a_row() {
    // The tests begin on a Sunday: 2026-03-01T09:05Z.
    let day = |day: f64| day * 24.0;
    for (rule, days, points) in [
        (json!({ "measure": "since", "points": -1 }), vec![0.0, 9.6], -9.0),
        (json!({ "measure": "since", "points": -10, "at_least": 14, "once": true }), vec![0.0, 13.9], 0.0),
        (json!({ "measure": "since", "points": -10, "at_least": 14, "once": true }), vec![0.0, 14.0], -10.0),
        (json!({ "measure": "streak", "points": 1 }), vec![0.0, 1.0, 2.0, 2.0], 3.0),
        (json!({ "measure": "streak", "points": 1 }), vec![0.0, 1.0, 2.0, 3.0], 3.0),
        (json!({ "measure": "streak", "points": 1 }), vec![0.0, 1.0, 2.0, 4.0], 0.0),
        (json!({ "measure": "streak", "points": 1 }), vec![0.0, 2.0, 3.0, 3.1], 2.0),
        (json!({ "measure": "streak", "points": 1 }), vec![0.0, 3.0, 3.1], 1.0),
        // Friday and Monday follow one another.
        (json!({ "measure": "streak", "points": 1, "weekdays": true }), vec![5.0, 8.0, 8.1], 2.0),
        (json!({ "measure": "streak", "points": 1, "weekdays": true }), vec![5.0, 6.0, 7.0, 8.0, 8.1], 2.0),
    ] {
        let hours: Vec<f64> = days.iter().map(|at| day(*at)).collect();
        assert_eq!(after(rule.clone(), &hours), points, "{rule} {days:?}");
    }
}

#[test]
fn properties_are_summed_and_told_apart() {
    let mut visit = ruled(json!({ "measure": "sum", "of": "order.total", "points": 0.1 }));
    for properties in [
        json!({ "order": { "total": 40 } }),
        json!({ "order": { "total": "40" } }),
        json!({}),
        json!({ "order": { "total": 2.5 } }),
    ] {
        done(&mut visit, properties);
    }
    assert_eq!((total(&visit), &visit.score()["reasons"][0]["count"]), (4.25, &json!(42.5)));
    let mut visit = ruled(json!({ "measure": "distinct", "of": "feature", "points": 5 }));
    for feature in ["boards", "search", "boards", "export"] {
        done(&mut visit, json!({ "feature": feature }));
    }
    done(&mut visit, json!({}));
    assert_eq!(total(&visit), 15.0);
}

#[test]
fn caps_hold_an_event_a_day_a_rule_after_it_faded() {
    // 2 events of 30 points each; an event counts 20 at most, a day 35, the rule 50.
    let rule = json!({ "points": 30, "maximum_each": 20, "maximum_a_day": 35, "maximum": 50 });
    assert_eq!(after(rule.clone(), &[0.0, 1.0, 1.0]), 35.0);
    assert_eq!(after(rule.clone(), &[0.0, 1.0, 24.0, 24.0]), 50.0, "35 + 20, held by the rule");
    // Faded to 15 each first, so the event's cap holds nothing, and the day's no more.
    let mut fading = rule;
    fading["decay"] = json!({ "half_life_days": 1 });
    assert_eq!(after(fading, &[0.0, 0.0, 24.0]), 30.0);
}

#[test]
fn groups_and_axes_and_the_total_have_bounds_of_their_own() {
    let mut visit = scored(&json!({
        "maximum": 90, "groups": { "web": { "maximum": 25 } }, "axes": { "engagement": { "maximum": 60 } },
        "rules": [
            { "id": "a", "event": "Done", "points": 20, "group": "web" }, { "id": "b", "event": "Done", "points": 20, "group": "web" },
            { "id": "c", "event": "Done", "points": 70 }, { "id": "d", "attributes": { "size": 9 }, "points": 50 },
            { "id": "e", "event": "Done", "axis": "value", "points": 1_000 },
        ],
    }));
    visit.happens(Input::Attributes(r#"{"size":9}"#));
    done(&mut visit, json!({}));
    let score = visit.score();
    let lines: Vec<Value> = score["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!([line["rule"], line["label"], line["axis"], line["points"]]))
        .collect();
    // 20 + 20 are 25 of the group; 25 + 70 are 60 of the axis; 60 + 50 are 90 of the total. Value is apart.
    assert_eq!(
        json!(lines),
        json!([
            ["e", "e", "value", 1000],
            ["c", "c", "engagement", 70],
            ["d", "d", "fit", 50],
            ["a", "a", "engagement", 20],
            ["b", "b", "engagement", 20],
            ["cap", "web", "engagement", -15],
            ["cap", "engagement", "engagement", -35],
            ["cap", "total", "total", -20],
        ])
    );
    assert_eq!([&score["fit"], &score["engagement"], &score["value"], &score["total"]], [50, 60, 1000, 90]);
}

#[test]
fn a_grade_needs_both_axes_and_no_disqualifier() {
    let model = json!({
        "grid": { "fit": [70, 40, 10], "engagement": [50, 20, 5] },
        "rules": [
            { "id": "fit", "attributes": { "plan": "large" }, "points": 45 }, { "id": "small", "attributes": { "plan": "small" }, "points": 5 },
            { "id": "rival", "attributes": { "email": { "$regex": "@rival\\.example$" } }, "disqualifies": true },
            { "id": "done", "event": "Done", "points": 25 },
        ],
        "thresholds": [{ "id": "sql", "at": 60, "below": 50 }],
    });
    let mut visit = scored(&model);
    done(&mut visit, json!({}));
    assert_eq!([&visit.score()["grade"], &visit.score()["fit"]], [&json!(null), &json!(null)], "nothing is known of the fit");
    visit.happens(Input::Attributes(r#"{"plan":"large"}"#));
    assert_eq!(visit.score()["grade"], "B2");
    assert_eq!(visit.score()["thresholds"], json!(["sql"]));
    assert_eq!(visit.score()["missing"], json!(["email"]));
    visit.happens(Input::Attributes(r#"{"plan":"small"}"#));
    assert_eq!(visit.score()["grade"], "D2");
    visit.happens(Input::Attributes(r#"{"plan":"large","email":"kit@rival.example"}"#));
    let score = visit.score();
    assert_eq!([&score["grade"], &score["disqualified"], &score["thresholds"]], [&json!(null), &json!(["rival"]), &json!([])]);
    assert_eq!(score["total"], 70, "the score itself stays");
}

#[test]
fn what_would_raise_the_score_most_is_said_within_its_bounds() {
    let mut visit = scored(&json!({ "maximum": 100, "rules": [
        { "id": "big", "event": "Big", "points": 60 }, { "id": "full", "event": "Done", "points": 10, "maximum": 10 },
        { "id": "fit", "attributes": { "size": 9 }, "points": 30 }, { "id": "third", "event": "Done", "points": 20, "at_least": 2, "once": true },
        { "id": "bad", "event": "Bad", "points": -5 },
    ] }));
    done(&mut visit, json!({}));
    let next = |visit: &Visit| {
        visit.score()["next"].as_array().unwrap().iter().map(|next| json!([next["rule"], next["points"]])).collect::<Vec<_>>()
    };
    // Another `Done` adds nothing to `full`, and 20 to `third`; of `Big` all 60 fit below 100.
    assert_eq!(next(&visit), [json!(["big", 60]), json!(["fit", 30]), json!(["third", 20])]);
    visit.happens(Input::Track("Big", "{}", None));
    assert_eq!(next(&visit), [json!(["big", 30]), json!(["fit", 30]), json!(["third", 20])], "70 of 100 are there");
}

#[test]
fn scored_events_are_stored_with_consent_alone_and_go_with_the_visitor() {
    let site = json!({ "scoring": { "events": 3, "rules": [{ "id": "done", "event": "Done", "points": 5 }] }, "tracking": { "pageviews": false }, "consent": { "initial": "pending" } });
    let scored = |visit: &Visit| visit.stored.keys().filter(|key| key.starts_with(SCORED_PREFIX)).count();
    let mut visit = Visit::begin(&site, PAGE, 1);
    done(&mut visit, json!({}));
    assert_eq!((scored(&visit), total(&visit)), (0, 5.0));
    visit.happens(Input::Consent(r#"{"analytics":"granted"}"#));
    assert_eq!(scored(&visit), 1);
    (0..5).for_each(|_| done(&mut visit, json!({})));
    assert_eq!((scored(&visit), total(&visit)), (3, 15.0), "the last three");
    visit.reload(PAGE);
    assert_eq!((scored(&visit), total(&visit)), (3, 15.0));
    visit.stored.remove(VISITOR_KEY);
    visit.reload(PAGE);
    assert_eq!((scored(&visit), total(&visit)), (0, 0.0), "somebody else is not scored by them");
    done(&mut visit, json!({}));
    visit.happens(Input::Consent(r#"{"analytics":"denied"}"#));
    assert_eq!(scored(&visit), 0);
}

#[test]
fn hostile_models_are_told_and_the_rest_works() {
    for (model, code, path) in [
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "measure": "median" }] }),
            "unknown-word",
            "$.scoring.rules[0].measure",
        ),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "measure": "sum" }] }),
            "wrong-type",
            "$.scoring.rules[0].of",
        ),
        (json!({ "rules": [{ "id": "x", "event": "Done", "points": 1e300 }] }), "out-of-range", "$.scoring.rules[0].points"),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "window_days": -1 }] }),
            "out-of-range",
            "$.scoring.rules[0].window_days",
        ),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "decay": { "half_life_days": 0 } }] }),
            "wrong-type",
            "$.scoring.rules[0].decay",
        ),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "decay": { "half_life_days": 1, "lifespan_days": 1 } }] }),
            "wrong-type",
            "$.scoring.rules[0].decay",
        ),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "axis": "total" }] }),
            "unknown-word",
            "$.scoring.rules[0].axis",
        ),
        (
            json!({ "rules": [{ "id": "x", "event": "Done", "points": 1, "group": "g" }, { "id": "y", "attributes": {}, "points": 1, "group": "g" }] }),
            "mixed-group",
            "$.scoring.rules[1].group",
        ),
        (json!({ "rules": [{ "id": "x", "event": "Trigger Fired", "points": 1 }] }), "circular", "$.scoring.rules[0].event"),
        (
            json!({ "triggers": [{ "id": "x", "event": "A", "unless": { "event": "Lifecycle Stage Entered" } }] }),
            "circular",
            "$.scoring.triggers[0].unless.event",
        ),
        (
            json!({ "rules": [{ "id": "x", "attributes": { "$or": [{ "score.total": 1 }] }, "points": 1 }] }),
            "circular",
            "$.scoring.rules[0].attributes",
        ),
        (
            json!({ "rules": [{ "id": "x", "attributes": {}, "of": "score.fit", "points": 1 }] }),
            "circular",
            "$.scoring.rules[0].attributes",
        ),
        (json!({ "thresholds": [{ "id": "x" }] }), "wrong-type", "$.scoring.thresholds[0].at"),
        (json!({ "thresholds": [{ "id": "x", "at": 5, "below": 6 }] }), "out-of-range", "$.scoring.thresholds[0].below"),
        (json!({ "stages": [{ "id": "x" }] }), "wrong-type", "$.scoring.stages[0].when"),
        (json!({ "stages": [{ "id": "x", "when": { "$and": 1 } }] }), "malformed-condition", "$.scoring.stages[0].when.$and"),
        (json!({ "triggers": [{ "id": "x" }] }), "wrong-type", "$.scoring.triggers[0].event"),
        (json!({ "triggers": [{ "id": "x", "event": "A", "then": [{}] }] }), "wrong-type", "$.scoring.triggers[0].then.event"),
        (json!({ "rules": 7 }), "wrong-type", "$.scoring.rules"),
        (json!({ "events": 1e9 }), "out-of-range", "$.scoring.events"),
    ] {
        let mut model = model;
        if let Some(rules) = model.get_mut("rules").and_then(Value::as_array_mut) {
            rules.push(json!({ "id": "good", "event": "Done", "points": 2 }));
        }
        let mut visit = scored(&model);
        done(&mut visit, json!({}));
        let problems = visit.problems();
        assert_eq!((&problems[0]["code"], &problems[0]["path"]), (&json!(code), &json!(path)), "{model}");
        if model["rules"].is_array() {
            assert!(visit.score()["reasons"].to_string().contains("good"), "{model}");
        }
    }
}

#[test]
fn attributes_may_say_how_much() {
    let mut visit = ruled(json!({ "attributes": { "seats": { "$gte": 10 } }, "of": "seats", "points": 0.5, "maximum": 40 }));
    for (seats, points) in [(json!(9), 0.0), (json!(10), 5.0), (json!(31), 15.5), (json!(1_000), 40.0), (json!("50"), 0.0)] {
        visit.happens(Input::Attributes(&json!({ "seats": seats }).to_string()));
        assert_eq!(visit.score()["fit"].as_f64().unwrap(), points, "{seats}");
    }
    visit.happens(Input::Attributes(r#"{"seats":12}"#));
    assert_eq!(visit.score()["reasons"][0]["count"], 12);
}

#[test]
fn one_order_is_not_forgotten_for_many_views() {
    let mut visit = scored(&json!({ "events": 50, "rules": [
        { "id": "orders", "event": "Order Completed", "points": 5 }, { "id": "any", "event": "*", "measure": "since", "points": 0 },
    ] }));
    visit.happens(Input::Track("Order Completed", "{}", None));
    (0..300).for_each(|_| done(&mut visit, json!({})));
    assert_eq!((total(&visit), visit.score()["events"].as_i64()), (5.0, Some(50)));
}

#[test]
fn a_number_that_nobody_knows_is_missing() {
    let mut visit = ruled(json!({ "attributes": {}, "of": "employees", "points": 1 }));
    assert_eq!([&visit.score()["fit"], &visit.score()["missing"]], [&json!(null), &json!(["employees"])]);
    visit.happens(Input::Attributes(r#"{"employees":7}"#));
    assert_eq!([&visit.score()["fit"], &visit.score()["missing"]], [&json!(7), &json!([])]);
}
