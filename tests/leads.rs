//! Many leads, scored in one go.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.
#![cfg(feature = "insights")]

mod support;

use privateer::{
    base::{Time, json::Document},
    insights::{LeadScore, Leads, Question, parse_time},
    scoring::Model,
};
use serde_json::{Value, json};
use support::host::Native;

fn model(scoring: &Value) -> Model {
    let host = Native::shared(1);
    let mut model = Model::default();
    let mut problems = Vec::new();
    model.read(Document::read(&scoring.to_string(), u32::MAX, &*host).unwrap(), &mut problems);
    assert_eq!(problems, []);
    model
}

fn points() -> Model {
    model(&json!({ "maximum": 1_000, "rules": [
        { "id": "seen", "event": "Seen", "points": 10, "decay": { "half_life_days": 1 } },
        { "id": "large", "attributes": { "size": { "$gte": 50 } }, "points": 40 },
    ] }))
}

fn leads(messages: &[Value]) -> Leads {
    let mut leads = Leads::new();
    let lines: Vec<String> = messages.iter().map(Value::to_string).collect();
    leads.take_lines(&lines.join("\n"), &*Native::shared(1));
    leads
}

fn seen(id: &str, who: &str, day: u32) -> Value {
    json!({ "type": "track", "event": "Seen", "messageId": id, "anonymousId": who, "timestamp": format!("2026-03-{day:02}T00:00:00Z") })
}

fn scored(leads: &Leads, question: &Question<'_>) -> Vec<LeadScore> {
    leads.score(&points(), question, 0..usize::MAX, &Native::shared(1))
}

fn totals(scores: &[LeadScore]) -> Vec<(&str, Option<f64>)> {
    scores.iter().map(|score| (score.id.as_str(), score.total)).collect()
}

#[test]
fn each_lead_is_scored_by_what_they_did_and_are() {
    let leads = leads(&[
        seen("1", "ann", 1),
        seen("3", "ben", 3),
        seen("2", "ann", 2),
        seen("2", "ann", 2),
        json!({ "type": "identify", "userId": "file-1", "traits": { "size": 60 } }),
        json!({ "userId": "file-2", "traits": { "size": 5 } }),
    ]);
    // Ann's older view has halved by her last one: 10 + 5.
    let scores = scored(&leads, &Question::default());
    assert_eq!(totals(&scores), [("ann", Some(15.0)), ("ben", Some(10.0)), ("file-1", Some(40.0)), ("file-2", Some(0.0))]);
    assert_eq!((scores[0].fit, scores[2].fit), (None, Some(40.0)));
    assert_eq!(scores[0].reasons[0].count, 2.0);
    let later = Question { now: Some(parse_time("2026-03-04T00:00:00Z").unwrap()), ..Question::default() };
    assert_eq!(totals(&scored(&leads, &later))[..2], [("ann", Some(3.75)), ("ben", Some(5.0))]);
    assert_eq!(leads.score(&points(), &Question::default(), 1..2, &Native::shared(1)).len(), 1);
}

#[test]
fn two_ids_of_one_lead_are_one_lead() {
    let mut signed_in = seen("2", "phone", 2);
    signed_in["userId"] = json!("ann");
    let leads = leads(&[
        seen("1", "phone", 1),
        json!({ "type": "identify", "userId": "ann", "anonymousId": "laptop", "messageId": "i", "timestamp": "2026-03-01T12:00:00Z", "traits": { "size": 80 } }),
        signed_in,
        seen("3", "laptop", 2),
    ]);
    assert_eq!(totals(&scored(&leads, &Question::default())), [("ann", Some(5.0 + 10.0 + 10.0 + 40.0))]);
}

#[test]
fn a_goal_is_foretold_by_what_came_before_it() {
    let bought = |who: &str, day: u32| json!({ "type": "track", "event": "Bought", "messageId": format!("b{who}{day}"), "anonymousId": who, "timestamp": format!("2026-03-{day:02}T00:00:00Z") });
    let leads = leads(&[seen("1", "ann", 1), bought("ann", 2), seen("2", "ann", 3), seen("3", "ben", 1), bought("eve", 1)]);
    let question = Question { goal: Some("Bought"), now: None };
    let scores = scored(&leads, &question);
    assert_eq!(totals(&scores), [("ann", Some(10.0)), ("ben", Some(10.0)), ("eve", Some(0.0))]);
    assert_eq!(scores.iter().map(|score| score.converted).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn what_cannot_be_used_is_counted() {
    let mut leads = Leads::new();
    let lines = "nonsense\n{}\n\n[1]\n{\"type\":\"track\",\"event\":\"Seen\",\"messageId\":\"1\",\"anonymousId\":\"ann\"}\n{\"type\":\"track\",\"messageId\":\"1\",\"anonymousId\":\"ann\",\"timestamp\":\"2026-03-01T00:00:00Z\"}";
    leads.take_lines(lines, &*Native::shared(1));
    assert_eq!(leads.skipped(), 5);
    assert!(scored(&leads, &Question { now: Some(Time(0)), goal: None }).iter().all(|score| score.total == Some(0.0)));
}
