//! Nothing is stored or sent beyond what the visitor allowed.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{CONSENT_KEY, EVENT_PREFIX, Input, VISITOR_KEY};
use serde_json::{Value, json};
use support::visit::{START, Visit};

const PAGE: &str = "https://example.com/?ref=22222222&utm_source=friend";

fn site(initial: &str) -> Value {
    json!({
        "experiments": { "payload": { "features": { "hero": { "rules": [{ "variations": ["a", "b"] }] } } } },
        "delivery": { "url": "/collect" },
        "scoring": { "rules": [{ "id": "any", "event": "Done", "points": 5 }] },
        "referral": {},
        "consent": { "initial": initial },
    })
}

/// Everything a visitor can do on a page.
fn busy(visit: &mut Visit) {
    visit.happens(Input::Attention(true));
    visit.happens(Input::Seen("hero"));
    visit.track("Done");
    visit.happens(Input::Identify("robin", &json!({ "plan": "crew" }).to_string()));
    visit.happens(Input::Attributes(&json!({ "role": "captain" }).to_string()));
    visit.pass(5_000);
    visit.happens(Input::View(None, "{}"));
    visit.happens(Input::Flush);
    visit.happens(Input::Leaving(false));
}

fn names(visit: &Visit) -> Vec<String> {
    let name = |message: &Value| message["event"].as_str().or(message["type"].as_str()).unwrap().to_owned();
    visit.messages().iter().map(name).collect()
}

#[test]
fn before_an_answer_nothing_is_stored_and_nothing_is_sent() {
    let mut visit = Visit::begin(&site("pending"), PAGE, 1);
    busy(&mut visit);
    assert_eq!(visit.stored.len() + visit.sent.len(), 0);
    assert_eq!(visit.client.consent().analytics().word(), "pending");
}

#[test]
fn before_an_answer_decisions_scores_and_codes_work() {
    let mut visit = Visit::begin(&site("pending"), PAGE, 2);
    busy(&mut visit);
    assert_eq!(visit.decision("hero")["source"], "experiment");
    assert_eq!(visit.score()["total"], 5);
    assert_eq!(visit.referral()["incoming"], "22222222");
}

#[test]
fn what_waited_for_an_answer_goes_out_with_its_own_times() {
    let mut visit = Visit::begin(&site("pending"), PAGE, 3);
    visit.pass(60_000);
    visit.track("Done");
    visit.pass(60_000);
    visit.answers(true);
    assert!(visit.stored.keys().any(|key| key == VISITOR_KEY), "from now on it is remembered");
    assert_eq!(visit.stored.keys().filter(|key| key.starts_with(EVENT_PREFIX)).count(), 3);
    visit.deliver_all();
    assert_eq!(names(&visit), ["page", "Referral Captured", "Done"]);
    let times: Vec<Value> = visit.messages().iter().map(|message| message["timestamp"].clone()).collect();
    assert_eq!(times, [START, START, START.plus(60_000)].map(|time| json!(time.iso8601())));
}

#[test]
fn before_an_answer_a_reload_is_somebody_new() {
    let mut visit = Visit::begin(&site("pending"), PAGE, 4);
    let id = |visit: &Visit| serde_json::from_str::<Value>(&visit.client.identity_json()).unwrap()["anonymousId"].clone();
    let before = id(&visit);
    visit.reload(PAGE);
    assert_ne!(id(&visit), before);
}

#[test]
fn a_refusal_ends_recording_and_erases_every_key() {
    for initial in ["granted", "pending"] {
        let mut visit = Visit::begin(&site(initial), PAGE, 5);
        visit.stored.insert("somebody.else".into(), "stays".into());
        busy(&mut visit);
        let sent = visit.sent.len();
        visit.answers(false);
        busy(&mut visit);
        visit.pass(600_000);
        assert_eq!(visit.sent.len(), sent);
        assert!(visit.stored.keys().all(|key| key == CONSENT_KEY || key == "somebody.else"), "{:?}", visit.stored);
        assert!(visit.stored.contains_key("somebody.else"));
        assert_eq!(["recorded", "queued", "delivered", "dropped"].map(|count| visit.status(count)), [0; 4]);
        assert_eq!(visit.score()["total"], 0);
    }
}

#[test]
fn an_answer_to_a_batch_sent_before_the_refusal_stores_nothing() {
    let mut visit = Visit::begin(&site("granted"), PAGE, 6);
    visit.happens(Input::Flush);
    visit.answers(false);
    visit.answer(200);
    assert_eq!(visit.stored.keys().collect::<Vec<_>>(), [CONSENT_KEY]);
}

#[test]
fn the_word_of_refusal_is_remembered_only_where_recording_would_begin_by_itself() {
    for (initial, remembered) in [("granted", true), ("pending", false), ("denied", false)] {
        let mut visit = Visit::begin(&site(initial), PAGE, 7);
        visit.answers(false);
        assert_eq!(visit.stored.get(CONSENT_KEY).map(String::as_str), remembered.then_some("denied"), "{initial}");
        assert_eq!(visit.stored.len(), usize::from(remembered));
        visit.reload(PAGE);
        assert_ne!(visit.client.consent().analytics().word(), "granted");
        busy(&mut visit);
        assert!(visit.sent.is_empty());
        assert_eq!(visit.stored.len(), usize::from(remembered));
    }
}

#[test]
fn where_nothing_is_recorded_at_first_a_grant_begins_and_is_remembered() {
    let mut visit = Visit::begin(&site("denied"), PAGE, 8);
    busy(&mut visit);
    assert_eq!(visit.stored.len() + visit.sent.len(), 0);
    visit.answers(true);
    visit.reload(PAGE);
    assert_eq!(visit.client.consent().analytics().word(), "granted");
    visit.deliver_all();
    assert_eq!(names(&visit), ["page", "Referral Captured", "page"], "the page in sight at the grant, and the next");
}

#[test]
fn a_refusal_can_be_taken_back() {
    let mut visit = Visit::begin(&site("granted"), PAGE, 9);
    visit.answers(false);
    visit.answers(true);
    visit.reload(PAGE);
    assert_eq!(visit.client.consent().analytics().word(), "granted");
    assert!(!visit.stored.contains_key(CONSENT_KEY));
}

/// What was shown while nothing was recorded has not been told yet.
#[test]
fn an_exposure_during_a_refusal_is_told_when_it_is_seen_after_the_grant() {
    let mut visit = Visit::begin(&site("denied"), PAGE, 10);
    visit.happens(Input::Seen("hero"));
    visit.answers(true);
    visit.happens(Input::Seen("hero"));
    visit.deliver_all();
    assert_eq!(visit.named("Experiment Viewed").len(), 1);
}

#[test]
fn granting_twice_changes_nothing() {
    let mut visit = Visit::begin(&site("granted"), PAGE, 11);
    let before = visit.stored.clone();
    visit.answers(true);
    assert_eq!(visit.stored, before);
}

#[test]
fn to_forget_makes_a_new_visitor_of_whom_nothing_old_is_known() {
    let mut visit = Visit::begin(&site("granted"), PAGE, 12);
    busy(&mut visit);
    let (code, messages) = (visit.referral()["code"].clone(), visit.messages());
    visit.happens(Input::Forget);
    assert_eq!(visit.client.consent().analytics().word(), "granted");
    assert_ne!(visit.referral()["code"], code);
    assert_eq!(visit.score()["total"], 0);
    let everything = visit.stored.values().cloned().collect::<String>();
    for secret in ["robin", "captain", messages[0]["anonymousId"].as_str().unwrap()] {
        assert!(!everything.contains(secret), "{secret} is still stored");
    }
    visit.deliver_all();
    let last = visit.messages().pop().unwrap();
    assert_ne!(last["anonymousId"], messages[0]["anonymousId"]);
    assert_eq!(last["userId"], Value::Null);
}

/// A wish that cannot be read is no permission.
#[test]
fn an_unreadable_wish_is_taken_for_pending() {
    for section in
        [r#"{"initial":"maybe"}"#, r#"{"initial":true}"#, r#"{"initial":""}"#, r#""denied""#, "[]", r#"{"initial":denied}"#]
    {
        let definition = format!(r#"{{"delivery":{{"url":"/collect"}},"consent":{section}}}"#);
        let visit = Visit::with(definition, PAGE, 13, Default::default());
        assert_eq!(visit.client.consent().analytics().word(), "pending", "{section}");
        assert_eq!(visit.stored.len(), 0, "{section}");
        assert_eq!(visit.problems().as_array().unwrap().len(), 1, "{section}");
    }
}

/// Neither is a definition that cannot be read at all: it may have said so.
#[test]
fn a_definition_that_cannot_be_read_is_taken_for_pending() {
    let visit = Visit::with(r#"{"consent":{"initial":"denied"},}"#.into(), PAGE, 14, Default::default());
    assert_eq!(visit.client.consent().analytics().word(), "pending");
    assert_eq!(visit.stored.len(), 0);
}

#[test]
fn without_a_word_in_the_definition_recording_begins_by_itself() {
    for section in ["null", "{}", r#"{"initial":null}"#, r#"{"initial":"granted"}"#] {
        let visit = Visit::with(format!(r#"{{"consent":{section}}}"#), PAGE, 15, Default::default());
        assert_eq!(visit.client.consent().analytics().word(), "granted", "{section}");
    }
}
