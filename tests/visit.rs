//! A whole visit, from the first page to the collector and back, without a browser.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{Input, VISITOR_KEY};
use serde_json::{Value, json};
use support::visit::{START, Visit};

/// A valid code: all digits are 0, so the check sum is 0.
const FRIENDS_CODE: &str = "22222222";
const LANDING: &str = "https://example.com/?utm_source=newsletter&utm_medium=email&utm_campaign=spring&ref=22222222#top";

fn site() -> Value {
    json!({
        "experiments": { "payload": { "features": { "hero": { "defaultValue": "plain", "rules": [
            { "id": "split", "key": "hero-headline", "name": "Headline", "hashVersion": 2, "variations": ["plain", "bold"],
              "meta": [{ "key": "c", "name": "Control" }, { "key": "b", "name": "Bold" }] }
        ] } } } },
        "delivery": { "url": "/collect", "write_key": "key", "gather_ms": 1000 },
        "scoring": { "maximum": 50, "rules": [
            { "id": "plan", "label": "Looked at a plan", "event": "Plan Chosen", "points": 15, "maximum": 30 },
            { "id": "crew", "event": "Plan Chosen", "where": { "plan": "crew" }, "points": 10 },
            { "id": "size", "attributes": { "company_size": { "$in": ["11-50", "51-200"] } }, "points": 20 },
            { "id": "reader", "event": "Page Engaged", "where": { "engaged_time_msec": { "$gte": 20000 } }, "points": 7 }
        ] },
        "referral": { "parameter": "ref" },
    })
}

fn choose(visit: &mut Visit, plan: &str) {
    visit.happens(Input::Track("Plan Chosen".into(), json!({ "plan": plan }).to_string()));
}

#[test]
fn a_visit_from_arrival_to_leaving() {
    let mut visit = Visit::begin(&site(), LANDING, 1);
    assert_eq!(visit.problems(), json!([]));
    assert_eq!(visit.referral()["incoming"], FRIENDS_CODE);

    visit.happens(Input::Attention(true));
    visit.happens(Input::Seen("hero".into()));
    visit.happens(Input::Seen("hero".into()));
    visit.pass(12_000);
    choose(&mut visit, "crew");
    visit.happens(Input::Identify("robin@example.com".into(), json!({ "company_size": "11-50" }).to_string()));
    visit.pass(13_000);
    visit.happens(Input::Attention(false));
    visit.pass(4_000);
    visit.happens(Input::Leaving);
    visit.deliver_all();

    let events: Vec<Value> = visit.messages().iter().map(name).collect();
    assert_eq!(
        events,
        ["page", "Referral Captured", "Experiment Viewed", "Plan Chosen", "identify", "Page Engaged"],
        "in the order in which they happened, each once"
    );
    assert_eq!(visit.named("Page Engaged")[0]["properties"], json!({ "engaged_time_msec": 25_000 }));
    assert_eq!(
        [visit.status("recorded"), visit.status("delivered"), visit.status("queued"), visit.status("dropped")],
        [6, 6, 0, 0]
    );
}

#[test]
fn a_message_says_who_when_where_and_why() {
    let mut visit = Visit::begin(&site(), LANDING, 2);
    visit.happens(Input::View(None, json!({ "section": "pricing" }).to_string()));
    visit.deliver_all();
    let [view, captured, again] = &visit.messages()[..] else { panic!("three events") };
    assert_eq!(view["timestamp"], "2026-03-01T09:05:00.000Z", "the time the driver began at");
    assert_eq!(view["name"], "A page");
    assert_eq!(view["properties"]["url"], LANDING);
    assert_eq!(view["context"]["campaign"], json!({ "source": "newsletter", "medium": "email", "name": "spring" }));
    assert_eq!(view["context"]["referrer"], json!({ "type": "friend", "id": FRIENDS_CODE }), "Segment's context.referrer");
    assert_eq!(captured["properties"], json!({ "code": FRIENDS_CODE }));
    assert_eq!(again["properties"]["section"], "pricing");
    assert_eq!(again["context"]["sessionId"], view["context"]["sessionId"]);
    let numbers: Vec<&Value> = [view, captured, again].map(|message| &message["context"]["sessionEvent"]).into();
    assert_eq!(numbers, [1, 2, 3], "every event of a session carries its number");
    let body: Value = serde_json::from_str(&visit.sent[0].body).unwrap();
    assert_eq!(body["writeKey"], "key");
    assert_eq!(visit.sent[0].url, "/collect");
}

#[test]
fn an_exposure_is_told_once_and_names_the_variation_that_was_served() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 3);
    let decision = visit.decision("hero");
    for _ in 0..3 {
        visit.happens(Input::Seen("hero".into()));
    }
    visit.reload("https://example.com/");
    visit.happens(Input::Seen("hero".into()));
    visit.deliver_all();
    let exposures = visit.named("Experiment Viewed");
    assert_eq!(exposures.len(), 1);
    let properties = &exposures[0]["properties"];
    assert_eq!(properties["experiment_id"], "hero-headline");
    assert_eq!(properties["variation_id"], decision["variationKey"]);
    assert_eq!(properties["feature_id"], "hero");
    assert_eq!(properties["experiment_name"], "Headline");
}

#[test]
fn deciding_alone_is_no_exposure() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 3);
    visit.decision("hero");
    visit.happens(Input::Preview("hero".into(), Some(1)));
    visit.happens(Input::Seen("hero".into()));
    assert_eq!(visit.decision("hero")["value"], "bold", "the preview shows");
    visit.deliver_all();
    assert_eq!(visit.named("Experiment Viewed"), [] as [Value; 0], "and counts for nothing");
}

#[test]
fn the_score_follows_what_happens_and_its_reasons_sum_to_it() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 4);
    assert_eq!(visit.score(), json!({ "total": 0, "reasons": [] }));
    choose(&mut visit, "mate");
    assert_eq!(visit.score()["total"], 15);
    choose(&mut visit, "crew");
    choose(&mut visit, "crew");
    assert_eq!(visit.score()["total"], 30 + 10 + 10, "the rule `plan` adds 30 at most");
    visit.happens(Input::Attributes(json!({ "company_size": "11-50" }).to_string()));
    let score = visit.score();
    assert_eq!(score["total"], 50, "the site's maximum");
    let points: Vec<i64> = score["reasons"].as_array().unwrap().iter().map(|reason| reason["points"].as_i64().unwrap()).collect();
    assert_eq!(points, [30, 20, 20, -20], "largest first, the cap last");
}

#[test]
fn a_reload_keeps_who_it_is_and_what_was_decided() {
    let mut visit = Visit::begin(&site(), LANDING, 5);
    choose(&mut visit, "crew");
    visit.happens(Input::Identify("robin".into(), json!({ "plan": "crew" }).to_string()));
    let remembered =
        |visit: &Visit| (visit.decision("hero"), visit.score(), visit.referral()["code"].clone(), visit.status("recorded"));
    let before = remembered(&visit);
    visit.pass(60_000);
    visit.reload("https://example.com/pricing");
    let after = remembered(&visit);
    assert_eq!((&before.0, &before.1, &before.2, before.3 + 1), (&after.0, &after.1, &after.2, after.3));
    visit.deliver_all();
    let one = |member: fn(&Value) -> &Value| {
        visit.messages().iter().map(|message| member(message).to_string()).collect::<std::collections::HashSet<_>>()
    };
    assert_eq!(one(|message| &message["anonymousId"]).len(), 1);
    assert_eq!(one(|message| &message["context"]["sessionId"]).len(), 1, "a minute later it is the same session");
    assert_eq!(visit.named("page").last().unwrap()["userId"], "robin");
    assert_eq!(visit.named("page").last().unwrap()["context"]["campaign"]["source"], "newsletter", "the campaign stays");
}

#[test]
fn after_a_long_pause_a_new_session_begins_without_the_campaign() {
    let mut visit = Visit::begin(&site(), LANDING, 6);
    visit.pass(30 * 60_000);
    visit.track("Still Here");
    visit.pass(30 * 60_000 + 1);
    visit.reload("https://example.com/");
    visit.deliver_all();
    let session = |name: &str, index: usize| visit.named(name)[index]["context"]["sessionId"].clone();
    assert_eq!(session("page", 0), session("Still Here", 0), "30 minutes are no pause yet");
    assert_ne!(session("Still Here", 0), session("page", 1));
    assert_eq!(visit.named("page")[1]["context"]["campaign"], Value::Null);
    assert_eq!(visit.named("page")[1]["context"]["referrer"]["id"], FRIENDS_CODE, "who invited them stays for good");
}

#[test]
fn no_session_is_longer_than_a_day() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 7);
    for _ in 0..24 * 3 + 1 {
        visit.pass(20 * 60_000);
        visit.track("Beat");
    }
    visit.deliver_all();
    let beats = visit.named("Beat");
    assert_eq!(beats[70]["context"]["sessionId"], beats[0]["context"]["sessionId"]);
    assert_ne!(
        beats[72]["context"]["sessionId"], beats[0]["context"]["sessionId"],
        "24 hours and 20 minutes after its beginning"
    );
}

#[test]
fn a_clock_set_back_ends_nothing() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 8);
    visit.happens(Input::Attention(true));
    visit.now = START.plus(-3_600_000);
    visit.track("Earlier");
    visit.happens(Input::Leaving);
    visit.deliver_all();
    assert_eq!(visit.named("Earlier")[0]["context"]["sessionId"], visit.named("page")[0]["context"]["sessionId"]);
    assert!(visit.named("Page Engaged").is_empty(), "no time was spent");
}

#[test]
fn a_collector_that_refuses_gets_everything_later() {
    let mut visit = Visit::begin(&site(), LANDING, 9);
    visit.pass(1_000 + 1);
    assert!(visit.answer(503));
    choose(&mut visit, "crew");
    assert_eq!(visit.status("delivered"), 0);
    visit.reload("https://example.com/");
    visit.deliver_all();
    assert_eq!(visit.status("queued"), 0);
    assert_eq!(visit.status("delivered"), visit.status("recorded"));
    assert!(visit.stored.iter().all(|(key, value)| key == VISITOR_KEY || value.starts_with('d')), "all kept as delivered");
}

#[test]
fn the_own_code_is_no_invitation_and_the_first_invitation_stays() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 10);
    let own = visit.referral()["code"].as_str().unwrap().to_owned();
    assert_eq!(visit.referral()["link"], format!("https://example.com/?ref={own}"));
    visit.reload(&format!("https://example.com/?ref={own}"));
    assert_eq!(visit.referral()["incoming"], Value::Null);
    visit.reload("https://example.com/?ref=22222222");
    visit.reload("https://example.com/?ref=33333333");
    assert_eq!(visit.referral()["incoming"], FRIENDS_CODE);
    visit.deliver_all();
    assert_eq!(visit.named("Referral Captured").len(), 1);
}

#[test]
fn a_payload_by_address_decides_as_soon_as_it_is_there() {
    let mut definition = site();
    let payload = definition["experiments"]["payload"].take().to_string();
    definition["experiments"] = json!({ "url": "https://flags.example/payload" });
    let mut visit = Visit::begin(&definition, "https://example.com/", 11);
    assert_eq!(visit.loads, ["https://flags.example/payload"]);
    assert_eq!(visit.decision("hero")["source"], "loading");
    visit.happens(Input::Payload(payload));
    assert_eq!(visit.decision("hero")["source"], "experiment");
}

#[test]
fn a_payload_that_does_not_come_leaves_the_page_as_it_is() {
    let mut visit = Visit::begin(&json!({ "experiments": { "url": "/payload" } }), "https://example.com/", 12);
    visit.happens(Input::Payload(String::new()));
    let decision = visit.decision("hero");
    assert_eq!((&decision["source"], &decision["value"]), (&json!("unknownFeature"), &Value::Null));
    assert_eq!(visit.problems()[0]["code"], "not-loaded");
}

#[test]
fn the_same_seed_lives_the_same_visit() {
    let live = |seed| {
        let mut visit = Visit::begin(&site(), LANDING, seed);
        choose(&mut visit, "crew");
        visit.pass(5_000);
        visit.answer(500);
        visit.deliver_all();
        visit.sent.into_iter().map(|sent| sent.body).collect::<Vec<_>>()
    };
    assert_eq!(live(13), live(13));
    assert_ne!(live(13), live(14));
}

#[test]
fn without_a_definition_nothing_is_sent_and_nothing_fails() {
    for definition in ["", "{", "[]", "null", "{}", "\"\"", "{\"scoring\":7,\"referral\":[],\"delivery\":\"\"}"] {
        let mut visit = Visit::with(definition.into(), "not an address", 15, Default::default());
        visit.track("Anything");
        visit.happens(Input::Identify(String::new(), "nonsense".into()));
        visit.happens(Input::Seen("hero".into()));
        visit.happens(Input::Leaving);
        visit.pass(600_000);
        assert!(visit.sent.is_empty(), "{definition}");
        assert_eq!(visit.decision("hero")["source"], "unknownFeature");
    }
}

fn name(message: &Value) -> Value {
    if message["event"].is_string() { message["event"].clone() } else { message["type"].clone() }
}
