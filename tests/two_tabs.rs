//! One visitor in two tabs, and what an answer changes of what waits for it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{Client, EVENT_PREFIX, Effect, Input, SCORED_PREFIX, VISITOR_KEY};
use serde_json::{Value, json};
use support::{
    host::Native,
    visit::{BROWSER, START, Visit},
};

const PAGE: &str = "https://example.com/";
const TAGGED: &str = "https://example.com/?gclid=Cj0-click";

fn site() -> Value {
    json!({
        "delivery": { "url": "/collect" },
        "scoring": { "rules": [{ "id": "done", "event": "Done", "points": 5 }] },
        "consent": { "initial": "granted" },
    })
}

/// The first tab, and a second one that found what the first had stored.
fn two_tabs() -> [Visit; 2] {
    let mut first = Visit::begin(&site(), PAGE, 1);
    first.pass(5_000);
    let second = Visit::with(site().to_string(), PAGE, 2, first.stored.clone());
    [first, second]
}

fn record(visit: &Visit) -> Value {
    serde_json::from_str(&visit.stored[VISITOR_KEY]).unwrap()
}

fn hear(visit: &mut Visit, other: &Visit) {
    visit.happens(Input::Visitor(&other.stored[VISITOR_KEY]));
}

#[test]
fn who_the_visitor_is_in_one_tab_is_known_in_the_other() {
    let [mut first, mut second] = two_tabs();
    first.happens(Input::Identify("robin", r#"{"plan":"crew"}"#));
    first.happens(Input::Group("harbour", "{}"));
    hear(&mut second, &first);
    second.deliver_all();
    let record = record(&second);
    assert_eq!([&record["userId"], &record["group"], &record["traits"]["plan"]], ["robin", "harbour", "crew"]);
    second.track("Done");
    second.deliver_all();
    assert_eq!(second.messages().last().unwrap()["userId"], "robin");
}

#[test]
fn a_tab_that_had_not_heard_yet_takes_nothing_back() {
    let [mut first, mut second] = two_tabs();
    first.happens(Input::Identify("robin", "{}"));
    second.deliver_all(); // and writes the record, in which nobody said who they are
    assert_eq!(record(&second)["userId"], Value::Null);
    hear(&mut first, &second);
    assert_eq!(record(&first)["userId"], "robin");
}

#[test]
fn an_answer_outlives_a_tab_that_writes_what_held_before() {
    let [mut first, mut second] = two_tabs();
    second.track("Done");
    first.happens(Input::Consent(r#"{"experiments":"denied"}"#));
    second.deliver_all(); // and writes the record, in which nobody answered
    hear(&mut first, &second);
    assert_eq!(record(&first)["consent"]["experiments"], "denied");
}

#[test]
fn who_was_named_last_is_the_visitor_whatever_the_clock_shows() {
    let [mut first, mut second] = two_tabs();
    first.happens(Input::Identify("robin", "{}"));
    hear(&mut second, &first);
    second.now = second.now.plus(-3_600_000);
    second.happens(Input::Alias("marian", ""));
    hear(&mut first, &second);
    first.deliver_all();
    assert_eq!(record(&first)["userId"], "marian");
}

#[test]
fn what_was_counted_in_one_tab_counts_in_the_other() {
    let [mut first, mut second] = two_tabs();
    first.track("Done");
    first.track("Done");
    for (key, written) in first.stored.clone() {
        if let Some(id) = key.strip_prefix(SCORED_PREFIX) {
            // Heard twice, it counts once.
            second.happens(Input::Scored(id, &written));
            second.happens(Input::Scored(id, &written));
        }
    }
    assert_eq!(second.score()["total"], 10);
    assert_eq!(second.score()["reasons"], first.score()["reasons"]);
}

/// Somebody comes by an advertisement, and says yes later.
fn asked_later() -> (Vec<String>, Value) {
    let site = json!({ "delivery": { "url": "/collect" }, "consent": { "initial": "pending" } });
    let page = json!({
        "arrival": { "owner": "1", "clicks": { "gclid": "Cj0-click" }, "channel": "Paid Search", "tagged": { "url": TAGGED } },
        "page": { "path": "/", "referrer": "", "title": "A page", "url": PAGE },
        "userAgent": BROWSER,
    });
    let (mut client, effects) = Client::begin(&site.to_string(), &page.to_string(), &[], Native::shared(3), START);
    assert!(effects.is_empty());
    client.step(Input::Track("Done", "{}", None), START.plus(10));
    let granted = r#"{"experiments":"granted","analytics":"granted","marketing":"granted"}"#;
    let mut events = Vec::new();
    let mut record = Value::Null;
    for effect in client.step(Input::Consent(granted), START.plus(1_000)) {
        match effect {
            Effect::Save(key, event) if key.starts_with(EVENT_PREFIX) => events.push(event),
            Effect::Save(key, visitor) if key == VISITOR_KEY => record = serde_json::from_str(&visitor).unwrap(),
            _ => {}
        }
    }
    (events, record)
}

#[test]
fn what_waited_for_consent_says_what_was_allowed_in_the_end() {
    let (events, _) = asked_later();
    assert_eq!(events.len(), 2);
    for event in events {
        let event: Value = serde_json::from_str(&event).unwrap();
        let allowed = &event["context"]["consent"]["categoryPreferences"];
        assert_eq!(allowed, &json!({ "experiments": true, "analytics": true, "marketing": true }));
        assert_eq!(event["context"]["campaign"]["gclid"], "Cj0-click");
        assert_eq!(event["context"]["page"]["url"], TAGGED);
        assert_eq!(event["context"]["channelGroup"], "Paid Search");
    }
}

#[test]
fn the_click_that_brought_the_visitor_survives_waiting_for_consent() {
    let (_, record) = asked_later();
    for touch in ["first", "last"] {
        assert_eq!(record[touch]["clicks"]["gclid"], "Cj0-click", "{touch}");
    }
}

#[test]
fn a_click_that_another_tab_may_tell_is_not_told_by_one_that_may_not() {
    let [_, mut second] = two_tabs();
    second.happens(Input::Consent(r#"{"marketing":"denied"}"#));
    let mut told = record(&second);
    told["first"] = json!({ "time": "2026-03-01T09:05:00.000Z", "clicks": { "gclid": "Cj0-click" } });
    told["last"] = told["first"].clone();
    told["userId"] = "robin".into();
    told["identified"] = json!(second.now.plus(60_000).0);
    second.happens(Input::Visitor(&told.to_string()));
    second.deliver_all();
    assert_eq!(record(&second)["userId"], "robin");
    assert!(!second.stored[VISITOR_KEY].contains("gclid"));
}

/// Both tabs know the same events; only the one where the last of them happened tells what they led to.
#[test]
fn what_events_lead_to_is_told_by_one_tab() {
    let site = json!({ "scoring": {
        "rules": [{ "id": "seen", "event": "Seen", "points": 10 }],
        "thresholds": [{ "id": "mql", "at": 20 }], "stages": [{ "id": "lead", "when": { "score.total": { "$gte": 20 } } }],
        "triggers": [{ "id": "twice", "event": "Seen", "at_least": 2, "apart_minutes": 0 }],
    } });
    let mut first = Visit::begin(&site, "https://example.com/", 1);
    let mut second = Visit::with(site.to_string(), "https://example.com/", 2, first.stored.clone());
    let scored = |from: &Visit, to: &mut Visit| {
        for (key, written) in from.stored.clone() {
            if let Some(id) = key.strip_prefix(SCORED_PREFIX) {
                to.happens(Input::Scored(id, &written));
            }
        }
    };
    first.track("Seen");
    scored(&first, &mut second);
    second.track("Seen");
    scored(&second, &mut first);
    hear(&mut first, &second);
    for visit in [&mut first, &mut second] {
        visit.pass(120_000);
        visit.happens(Input::Timer);
        assert_eq!(visit.score()["total"], 20);
        assert_eq!(
            [&visit.score()["stage"], &visit.score()["thresholds"][0], &visit.score()["triggers"][0]],
            ["lead", "mql", "twice"]
        );
    }
    let told = |visit: &Visit| visit.told.iter().filter(|told| !told.starts_with("score")).cloned().collect::<Vec<_>>();
    assert_eq!(
        (told(&first).len(), told(&second)),
        (0, vec!["threshold mql".into(), "stage lead".into(), "trigger twice".into()])
    );
}

/// What is due after a while is due in both tabs; the one where it began is five seconds ahead, and the other one hears of it.
#[test]
fn what_is_due_after_a_while_is_told_by_one_tab() {
    let site = json!({ "scoring": { "triggers": [{ "id": "left", "event": "Added", "unless": { "event": "Paid" }, "after_minutes": 30 }] } });
    let mut first = Visit::begin(&site, "https://example.com/", 1);
    let mut second = Visit::with(site.to_string(), "https://example.com/", 2, first.stored.clone());
    first.track("Added");
    for (key, written) in first.stored.clone() {
        if let Some(id) = key.strip_prefix(SCORED_PREFIX) {
            second.happens(Input::Scored(id, &written));
        }
    }
    hear(&mut second, &first);
    first.pass(30 * 60_000 + 1_000);
    second.pass(30 * 60_000 + 1_000);
    hear(&mut second, &first);
    second.pass(60_000);
    let fired = |visit: &Visit| visit.told.iter().filter(|told| *told == "trigger left").count();
    assert_eq!((fired(&first), fired(&second)), (1, 0));
    // Were the first tab closed, the second one would tell it.
    let mut alone = Visit::with(site.to_string(), "https://example.com/", 3, first.stored.clone());
    alone.pass(60_000);
    assert_eq!(fired(&alone), 0, "it was told");
}
