//! A whole visit, from the first page to the collector and back, without a browser.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::client::{EVENT_PREFIX, Input, Visitor};
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
    visit.happens(Input::Track("Plan Chosen", &json!({ "plan": plan }).to_string(), None));
}

#[test]
fn a_visit_from_arrival_to_leaving() {
    let mut visit = Visit::begin(&site(), LANDING, 1);
    assert_eq!(visit.problems(), json!([]));
    assert_eq!(visit.referral()["incoming"], FRIENDS_CODE);

    visit.happens(Input::Attention(true));
    visit.happens(Input::Seen("hero"));
    visit.happens(Input::Seen("hero"));
    visit.pass(12_000);
    choose(&mut visit, "crew");
    visit.happens(Input::Identify("robin@example.com", &json!({ "company_size": "11-50" }).to_string()));
    visit.pass(13_000);
    visit.happens(Input::Attention(false));
    visit.pass(4_000);
    visit.happens(Input::Leaving(false));
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
    visit.happens(Input::View(None, &json!({ "section": "pricing" }).to_string()));
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
        visit.happens(Input::Seen("hero"));
    }
    visit.reload("https://example.com/");
    visit.happens(Input::Seen("hero"));
    visit.deliver_all();
    let exposures = visit.named("Experiment Viewed");
    assert_eq!(exposures.len(), 1);
    let properties = &exposures[0]["properties"];
    assert_eq!(properties["experiment_id"], "hero-headline");
    assert_eq!(properties["variation_id"], decision["experimentResult"]["key"]);
    assert_eq!(properties["feature_id"], "hero");
    assert_eq!(properties["experiment_name"], "Headline");
}

#[test]
fn deciding_alone_is_no_exposure() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 3);
    visit.decision("hero");
    visit.happens(Input::Preview("hero", Some(1)));
    visit.happens(Input::Seen("hero"));
    assert_eq!(visit.decision("hero")["value"], "bold", "the preview shows");
    visit.deliver_all();
    assert_eq!(visit.named("Experiment Viewed"), [] as [Value; 0], "and counts for nothing");
}

#[test]
fn the_score_follows_what_happens_and_its_reasons_sum_to_it() {
    let mut visit = Visit::begin(&site(), "https://example.com/", 4);
    assert_eq!((&visit.score()["total"], &visit.score()["reasons"]), (&json!(0), &json!([])));
    choose(&mut visit, "mate");
    assert_eq!(visit.score()["total"], 15);
    choose(&mut visit, "crew");
    choose(&mut visit, "crew");
    assert_eq!(visit.score()["total"], 30 + 10 + 10, "the rule `plan` adds 30 at most");
    visit.happens(Input::Attributes(&json!({ "company_size": "11-50" }).to_string()));
    let score = visit.score();
    assert_eq!(score["total"], 50, "the site's maximum");
    let points: Vec<i64> = score["reasons"].as_array().unwrap().iter().map(|reason| reason["points"].as_i64().unwrap()).collect();
    assert_eq!(points, [30, 20, 20, -20], "largest first, the cap last");
}

#[test]
fn a_reload_keeps_who_it_is_and_what_was_decided() {
    let mut visit = Visit::begin(&site(), LANDING, 5);
    choose(&mut visit, "crew");
    visit.happens(Input::Identify("robin", &json!({ "plan": "crew" }).to_string()));
    let remembered =
        |visit: &mut Visit| (visit.decision("hero"), visit.score(), visit.referral()["code"].clone(), visit.status("recorded"));
    let before = remembered(&mut visit);
    visit.pass(60_000);
    visit.reload("https://example.com/pricing");
    let after = remembered(&mut visit);
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
fn a_session_that_begins_on_an_open_page_is_a_direct_one() {
    let mut visit = Visit::begin(&site(), LANDING, 6);
    visit.track("First");
    visit.pass(30 * 60_000 + 1);
    visit.track("Second");
    visit.deliver_all();
    assert_ne!(visit.named("First")[0]["context"]["channelGroup"], "Direct", "a letter brought them");
    assert_eq!(visit.named("Second")[0]["context"]["channelGroup"], "Direct");
}

#[test]
fn page_views_and_traits_are_sampled_by_their_kind() {
    let sampled = |sample: Value| {
        let mut visit = Visit::begin(&json!({ "delivery": { "url": "/collect" }, "tracking": { "sample": sample } }), LANDING, 6);
        visit.happens(Input::Identify("robin", "{}"));
        visit.deliver_all();
        [visit.named("page").len(), visit.named("identify").len()]
    };
    assert_eq!(sampled(json!({ "page": 0 })), [0, 1]);
    assert_eq!(sampled(json!({ "identify": 0, "A page": 0 })), [1, 0], "a title is no name");
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
    visit.happens(Input::Leaving(false));
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
    assert!(visit.stored.keys().all(|key| !key.starts_with(EVENT_PREFIX)), "all kept as delivered");
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
    assert_eq!((&decision["source"], &decision["value"]), (&json!("loading"), &Value::Null));
    assert_eq!(visit.problems()[0]["code"], "not-loaded");
    visit.happens(Input::Seen("hero"));
    visit.deliver_all();
    assert_eq!(visit.named("Experiment Viewed"), [] as [Value; 0]);
    // It may still come.
    visit.happens(Input::Payload(json!({ "features": { "hero": { "defaultValue": 1 } } }).to_string()));
    assert_eq!(visit.decision("hero")["source"], "defaultValue");
    assert_eq!(visit.problems(), json!([]));
}

/// An experiment by account, where the browser stands in before anybody logs in.
fn by_account(more: Value) -> Value {
    let mut experiments = json!({ "payload": { "features": { "hero": { "defaultValue": 0, "rules": [
        { "key": "headline", "hashVersion": 2, "hashAttribute": "userId", "fallbackAttribute": "id", "variations": [1, 2, 3, 4],
          "meta": [{ "key": "a" }, { "key": "b" }, { "key": "c" }, { "key": "d" }] }
    ] } } } });
    experiments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "experiments": experiments, "delivery": { "url": "/collect" } })
}

fn log_in(visit: &mut Visit, user: &str) {
    visit.happens(Input::Identify(user, "{}"));
}

#[test]
fn who_logs_in_keeps_the_variation_that_was_seen_before() {
    let users: Vec<String> = (0..12).map(|number| format!("user-{number}")).collect();
    let mut moved = 0;
    for user in &users {
        let mut visit = Visit::begin(&by_account(json!({})), "https://example.com/", 21);
        let before = visit.decision("hero");
        assert_eq!(before["experimentResult"]["hashAttribute"], "id", "the browser stands in");
        visit.happens(Input::Seen("hero"));
        log_in(&mut visit, user);
        let after = visit.decision("hero");
        assert_eq!(after["value"], before["value"], "{user}");
        assert_eq!(after["experimentResult"]["hashValue"], json!(user));
        assert_eq!(after["experimentResult"]["stickyBucketUsed"], true);
        visit.happens(Input::Seen("hero"));
        visit.reload("https://example.com/");
        assert_eq!(visit.decision("hero")["value"], before["value"], "{user}, on another page");
        // The account has an assignment of its own now, which the browser's is no longer needed for.
        visit.stored.retain(|key, _| !key.starts_with("gbStickyBuckets__id||"));
        visit.reload("https://example.com/");
        assert_eq!(visit.decision("hero")["value"], before["value"], "{user}, by the account alone");
        visit.deliver_all();
        let shown = visit.named("Experiment Viewed");
        assert_eq!(shown.len(), 2, "once as a browser, once as an account");
        assert_eq!(shown[0]["properties"]["variation_id"], shown[1]["properties"]["variation_id"]);

        visit.stored.retain(|key, _| !key.starts_with("gbStickyBuckets__"));
        visit.reload("https://example.com/");
        moved += usize::from(visit.decision("hero")["value"] != before["value"]);
    }
    assert!(moved > 4, "by their hashes alone most would have moved, not {moved} of 12");
}

#[test]
fn assignments_are_kept_in_growthbooks_documents_and_go_with_the_visitor() {
    let mut visit = Visit::begin(&by_account(json!({})), "https://example.com/", 22);
    let kept = |visit: &Visit| -> Vec<(String, Value)> {
        let ours = visit.stored.iter().filter(|(key, _)| key.starts_with("gbStickyBuckets__"));
        ours.map(|(key, value)| (key.clone(), serde_json::from_str(value).unwrap())).collect()
    };
    let key = visit.decision("hero")["experimentResult"]["key"].clone();
    assert_eq!(kept(&visit), [], "deciding alone keeps nothing");
    visit.happens(Input::Seen("hero"));
    visit.deliver_all();
    let id = visit.messages()[0]["anonymousId"].as_str().unwrap().to_owned();
    let document = json!({ "attributeName": "id", "attributeValue": id, "assignments": { "headline__0": key } });
    assert_eq!(kept(&visit), [(format!("gbStickyBuckets__id||{id}"), document)]);
    visit.happens(Input::Forget);
    assert_eq!(kept(&visit), []);
    assert_eq!(visit.client.sticky_json(), "{}");
}

#[test]
fn where_assignments_are_not_to_be_kept_none_are() {
    let mut visit = Visit::begin(&by_account(json!({ "sticky": false })), "https://example.com/", 23);
    assert_eq!(visit.decision("hero")["source"], "defaultValue", "and the browser does not stand in");
    log_in(&mut visit, "robin");
    assert_eq!(visit.decision("hero")["source"], "experiment");
    visit.happens(Input::Seen("hero"));
    assert!(visit.stored.keys().all(|key| key.starts_with("privateer.")));
}

/// Before consent an assignment holds, but only for as long as the page.
#[test]
fn without_consent_assignments_stay_in_memory() {
    let mut definition = by_account(json!({}));
    definition["consent"] = json!({ "initial": "pending" });
    let mut visit = Visit::begin(&definition, "https://example.com/", 24);
    visit.happens(Input::Seen("hero"));
    assert!(visit.stored.is_empty());
    let kept: Value = serde_json::from_str(&visit.client.sticky_json()).unwrap();
    assert_eq!(kept.as_object().unwrap().len(), 1);
    visit.answers(true);
    assert_eq!(visit.stored.keys().filter(|key| key.starts_with("gbStickyBuckets__id||")).count(), 1);
}

#[test]
fn a_variation_that_the_address_asks_for_is_shown_and_not_counted() {
    for (index, value) in ["plain", "bold"].into_iter().enumerate() {
        let mut visit = Visit::begin(&site(), &format!("https://example.com/?hero-headline={index}"), 25);
        let decision = visit.decision("hero");
        assert_eq!((&decision["value"], &decision["source"]), (&json!(value), &json!("experiment")));
        assert_eq!(decision["experimentResult"]["hashUsed"], false);
        visit.happens(Input::Seen("hero"));
        visit.deliver_all();
        assert_eq!(visit.named("Experiment Viewed"), [] as [Value; 0]);
        assert!(visit.stored.keys().all(|key| key.starts_with("privateer.")), "and nothing is kept of it");
    }
}

#[test]
fn programs_decide_as_everybody_but_count_in_no_experiment() {
    for (agent, counted) in [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 0),
        ("Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)", 0),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", 0),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", 1),
        ("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/138.0.0.0 Mobile Safari/537.36", 1),
    ] {
        let mut visit = Visit::by(agent, site().to_string(), "https://example.com/", 26, Default::default());
        assert_eq!(visit.decision("hero")["source"], "experiment", "{agent}");
        visit.happens(Input::Seen("hero"));
        visit.deliver_all();
        assert_eq!(visit.named("Experiment Viewed").len(), counted, "{agent}");
    }
}

/// What the page tells takes the place of all that it told before.
#[test]
fn told_attributes_are_replaced() {
    let rules = json!([{ "condition": { "plan": "crew", "language": "de" }, "force": 3 }, { "condition": { "plan": "crew" }, "force": 2 }]);
    let definition = json!({ "experiments": { "payload": { "features": { "f": { "defaultValue": 1, "rules": rules } } } } });
    let mut visit = Visit::begin(&definition, "https://example.com/", 27);
    let mut told = |attributes: Value| {
        visit.happens(Input::Attributes(&attributes.to_string()));
        visit.decision("f")["value"].clone()
    };
    assert_eq!(told(json!({ "plan": "crew" })), 2);
    assert_eq!(told(json!({ "language": "de" })), 1);
    assert_eq!(told(json!({ "plan": "crew", "language": "de" })), 3);
    assert_eq!(told(json!({})), 1);
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
        visit.happens(Input::Identify("", "nonsense"));
        visit.happens(Input::Seen("hero"));
        visit.happens(Input::Leaving(false));
        visit.pass(600_000);
        assert!(visit.sent.is_empty(), "{definition}");
        assert_eq!(visit.decision("hero")["source"], "unknownFeature");
    }
}

fn name(message: &Value) -> Value {
    if message["event"].is_string() { message["event"].clone() } else { message["type"].clone() }
}

#[test]
fn exposures_that_a_server_decided_are_recorded_once() {
    let track = json!({
        "experiment": { "key": "remote", "name": "Remote" },
        "result": { "key": "b", "variationId": 1, "hashAttribute": "id", "hashValue": "u1", "inExperiment": true, "hashUsed": true },
    });
    let rules = json!([{ "condition": { "never": 1 }, "force": 0, "tracks": [track] }, { "force": 1, "tracks": [track, {}, 5] }]);
    let site = json!({
        "experiments": { "payload": { "features": { "hero": { "rules": rules } } } }, "delivery": { "url": "/collect" },
    });
    let mut visit = Visit::begin(&site, "https://example.com/", 30);
    for _ in 0..2 {
        let index = visit.client.engine().find("hero").unwrap();
        while visit.client.glance(index).1 {
            visit.happens(Input::Seen("hero"));
        }
        visit.reload("https://example.com/");
    }
    visit.deliver_all();
    let shown = visit.named("Experiment Viewed");
    let expected = json!({ "experiment_id": "remote", "variation_id": "b", "experiment_name": "Remote" });
    assert_eq!(shown.iter().map(|event| &event["properties"]).collect::<Vec<_>>(), [&expected]);
}

/// Conditions of scores enter saved groups too, and there may be many questions between two decisions.
#[test]
fn a_score_is_the_same_however_often_it_is_asked_for() {
    let site = json!({
        "experiments": { "payload": { "savedGroups": { "all": { "type": "condition", "condition": {} } } } },
        "scoring": { "rules": [{ "id": "a", "attributes": { "$savedGroup": { "id": "all" } }, "points": 5 }] },
    });
    let visit = Visit::begin(&site, "https://example.com/", 31);
    (0..7_000).for_each(|_| drop(visit.score()));
    assert_eq!(visit.score()["total"], 5);
}

#[test]
fn the_oldest_exposures_are_forgotten_first() {
    let exposed = (0..502).map(|number| number.to_string()).collect(); // more than is ever stored
    let mut visitor = Visitor { exposed, ..Visitor::default() };
    visitor.remember_exposure(String::from("502"));
    assert_eq!(visitor.exposed, (3..503).map(|number| number.to_string()).collect::<Vec<_>>());
}
