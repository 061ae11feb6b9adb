//! Who is credited with a friend: histories of arrivals as a table, and what must hold for all of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{Time, time::DAY},
    client::{Input, VISITOR_KEY},
    referral::{
        attribution::{Attribution, Model},
        touch::{MOST, Touch, Touches},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::visit::{START, Visit};

const PAGE: &str = "https://example.com/";

fn site(referral: Value) -> Value {
    json!({ "referral": referral, "delivery": { "url": "/collect" } })
}

/// The code of somebody else, one for each number.
fn code(advocate: u64) -> String {
    Visit::begin(&site(json!({})), PAGE, 1_000 + advocate).referral()["code"].as_str().unwrap().into()
}

fn link(advocate: u64) -> String {
    format!("{PAGE}?ref={}", code(advocate))
}

/// One step of a history.
enum Step {
    /// Days go by.
    Days(i64),
    /// The visitor comes with an advocate's link.
    Link(u64),
    /// They come by themselves.
    Direct,
    /// They come from a newsletter.
    Campaign,
    /// They sign up.
    SignUp,
}
use Step::{Campaign, Days, Direct, Link, SignUp};

/// Who is credited after a history: the advocate's number.
fn credited(model: &str, history: &[Step]) -> Option<u64> {
    let mut visit = Visit::begin(&site(json!({ "attribution": { "model": model, "window_days": 30 } })), PAGE, 1);
    for step in history {
        match step {
            // Half an hour and more apart, so that each arrival is a visit of its own.
            Days(days) => visit.pass(days * DAY),
            Link(advocate) => visit.reload(&link(*advocate)),
            Direct => visit.reload(PAGE),
            Campaign => visit.reload(&format!("{PAGE}?utm_source=newsletter&utm_medium=email")),
            SignUp => visit.track("Signed Up"),
        }
        if !matches!(step, Days(_)) {
            visit.pass(60 * 60_000);
        }
    }
    visit.track("Order Completed");
    visit.deliver_all();
    let by_message = visit.named("Order Completed")[0]["context"]["referrer"]["id"].clone();
    assert_eq!(by_message, visit.referral()["incoming"], "the message and the page say the same");
    (1..=3).find(|advocate| by_message == *code(*advocate))
}

/// What it is, the history, and who is credited by the first, the last and the last touch that is not direct.
type Case = (&'static str, &'static [Step], [Option<u64>; 3]);

/// Worked out by hand from what the three models say; the window has 30 days.
#[test]
fn histories_and_who_is_credited() {
    let cases: &[Case] = &[
        ("nobody sent them", &[Direct, Days(1), Campaign], [None, None, None]),
        ("one advocate", &[Link(1)], [Some(1); 3]),
        ("a direct visit overwrites nothing", &[Link(1), Days(3), Direct, Days(3), Direct], [Some(1); 3]),
        ("two advocates", &[Link(1), Days(2), Link(2)], [Some(1), Some(2), Some(2)]),
        ("two advocates, the first one again", &[Link(1), Days(2), Link(2), Days(2), Link(1)], [Some(1); 3]),
        ("a campaign after it", &[Link(1), Days(2), Campaign], [Some(1), Some(1), None]),
        ("a campaign between", &[Link(1), Days(2), Campaign, Days(1), Link(2), Days(1), Direct], [Some(1), Some(2), Some(2)]),
        ("a campaign before it", &[Campaign, Days(2), Link(1)], [Some(1); 3]),
        ("on the last day of the window", &[Link(1), Days(29)], [Some(1); 3]),
        ("after the window", &[Link(1), Days(31)], [None; 3]),
        ("the first touch is too old", &[Link(1), Days(20), Link(2), Days(20)], [Some(2); 3]),
        ("both are too old", &[Link(1), Days(20), Link(2), Days(40)], [None; 3]),
        ("a campaign that is fresh, a link that is not", &[Link(1), Days(31), Campaign], [None; 3]),
        ("bound by signing up", &[Link(1), SignUp, Days(2), Link(2)], [Some(1); 3]),
        ("bound for longer than the window", &[Link(1), Days(3), SignUp, Days(400)], [Some(1); 3]),
        ("bound to the second", &[Link(1), Days(40), Link(2), SignUp, Days(1), Link(3)], [Some(2); 3]),
        ("who signed up with nobody can be won later", &[SignUp, Days(1), Link(1)], [Some(1); 3]),
        ("bound, and another event that binds", &[Link(1), SignUp, Days(1), Link(2), SignUp], [Some(1); 3]),
        (
            "bound, then others for longer than the window",
            &[Link(1), SignUp, Days(50), Link(2), SignUp, Days(50), Link(3)],
            [Some(1); 3],
        ),
        ("a campaign after a bound one", &[Link(1), SignUp, Days(1), Campaign], [Some(1); 3]),
    ];
    for (what, history, expected) in cases {
        for (model, expected) in ["first", "last", "last-non-direct"].iter().zip(expected) {
            assert_eq!(credited(model, history), *expected, "{what}, by {model}");
        }
    }
}

mod consent {
    use super::*;

    fn pending() -> Visit {
        let site = json!({ "referral": {}, "delivery": { "url": "/collect" }, "consent": { "initial": "pending" } });
        Visit::begin(&site, &link(1), 5)
    }

    #[test]
    fn while_it_is_pending_the_link_is_known_and_stored_nowhere() {
        let visit = pending();
        assert_eq!(visit.referral()["incoming"], code(1));
        assert!(!visit.stored.values().any(|stored| stored.contains(&code(1))), "{:?}", visit.stored);
    }

    #[test]
    fn with_a_yes_it_is_stored_after_a_walk_through_the_page_too() {
        let mut visit = pending();
        let next = support::visit::page("https://example.com/pricing", support::visit::BROWSER, 1);
        visit.happens(Input::View(Some(&next), "{}"));
        visit.answers(true);
        visit.reload("https://example.com/pricing");
        assert_eq!(visit.referral()["incoming"], code(1));
    }

    #[test]
    fn with_a_no_nothing_of_it_is_left() {
        let mut visit = pending();
        visit.answers(false);
        assert_eq!(visit.referral()["incoming"], Value::Null);
        assert_eq!(visit.referral()["touches"], json!([]));
        visit.reload(PAGE);
        assert_eq!(visit.referral()["incoming"], Value::Null);
    }

    #[test]
    fn a_yes_after_a_no_counts_the_link_that_is_still_in_the_address() {
        let mut visit = pending();
        visit.answers(false);
        visit.answers(true);
        assert_eq!(visit.referral()["incoming"], code(1));
    }
}

mod logs {
    use super::*;

    #[test]
    fn the_log_has_every_arrival_with_its_time_and_no_direct_one() {
        let mut visit = Visit::begin(&site(json!({})), &link(1), 6);
        visit.pass(DAY);
        visit.reload(PAGE);
        visit.pass(DAY);
        visit.reload(&format!("{PAGE}?utm_source=newsletter"));
        visit.pass(DAY);
        visit.reload(&link(2));
        assert_eq!(
            visit.referral()["touches"],
            json!([
                { "time": START.iso8601(), "code": code(1), "nonce": null },
                { "time": START.plus(2 * DAY + 2).iso8601(), "code": null, "nonce": null },
                { "time": START.plus(3 * DAY + 3).iso8601(), "code": code(2), "nonce": null },
            ])
        );
    }

    /// A page that is loaded again, and a walk within it, have the same address: nobody came.
    #[test]
    fn the_same_address_again_in_the_same_visit_is_no_arrival() {
        let mut visit = Visit::begin(&site(json!({})), &link(1), 7);
        visit.pass(60_000);
        visit.reload(&link(1));
        visit.happens(Input::View(None, "{}"));
        visit.deliver_all();
        assert_eq!(visit.referral()["touches"].as_array().unwrap().len(), 1);
        assert_eq!(visit.named("Referral Captured").len(), 1);
        visit.pass(DAY);
        visit.reload(&link(1));
        visit.deliver_all();
        assert_eq!(visit.named("Referral Captured").len(), 2, "the day after, somebody used the link again");
    }

    #[test]
    fn a_visitor_who_was_forgotten_was_sent_by_nobody_though_the_address_still_says_so() {
        let mut visit = Visit::begin(&site(json!({})), &link(1), 20);
        visit.happens(Input::Forget);
        assert_eq!([&visit.referral()["incoming"], &visit.referral()["touches"]], [&Value::Null, &json!([])]);
        visit.reload(&link(2));
        assert_eq!(visit.referral()["incoming"], code(2));
    }

    #[test]
    fn a_visit_that_a_campaign_brought_counts_one_touch_however_many_pages_it_has() {
        let mut visit = Visit::begin(&site(json!({})), &format!("{PAGE}?utm_source=newsletter"), 21);
        for _ in 0..3 {
            visit.pass(60_000);
            visit.reload(PAGE);
            visit.happens(Input::View(None, "{}"));
        }
        assert_eq!(visit.referral()["touches"].as_array().unwrap().len(), 1);
    }

    /// The code of who signs in is known late: what came before with it was their own link.
    #[test]
    fn who_turns_out_to_have_followed_their_own_link_has_no_advocate() {
        let mut visit = Visit::begin(&site(json!({ "codes": { "kind": "server" } })), &link(1), 22);
        assert_eq!(visit.referral()["incoming"], code(1), "as far as is known");
        visit.happens(Input::Identify("robin", &json!({ "referral_code": code(1) }).to_string()));
        visit.track("Signed Up");
        assert_eq!([&visit.referral()["incoming"], &visit.referral()["bound"]], [&Value::Null, &json!(false)]);
        visit.pass(DAY);
        visit.reload(&link(2));
        visit.track("Signed Up");
        assert_eq!(visit.referral()["incoming"], code(2));
    }

    #[test]
    fn after_a_clock_was_ahead_it_is_told_who_came_with_whom() {
        let mut visit = Visit::begin(&site(json!({ "attribution": { "model": "last" } })), &link(1), 23);
        visit.now = visit.now.plus(-10 * DAY);
        for _ in 0..3 {
            visit.reload(&link(2));
        }
        visit.deliver_all();
        let told: Vec<Value> = visit.named("Referral Captured").iter().map(|event| event["properties"]["code"].clone()).collect();
        assert_eq!(told, [code(2), code(1)].map(Value::from), "in the order of the times that the clock showed");
        assert_eq!(visit.referral()["incoming"], code(2));
    }

    #[test]
    fn an_event_that_is_not_kept_binds_all_the_same() {
        let definition =
            json!({ "referral": {}, "tracking": { "sample": { "Signed Up": 0 } }, "delivery": { "url": "/collect" } });
        let mut visit = Visit::begin(&definition, &link(1), 24);
        visit.track("Signed Up");
        assert_eq!(visit.referral()["bound"], true);
    }

    #[test]
    fn as_long_as_consent_is_pending_nobody_has_a_code_to_pass_on() {
        let definition = json!({ "referral": {}, "consent": { "initial": "pending" } });
        let mut visit = Visit::begin(&definition, PAGE, 25);
        assert_eq!([&visit.referral()["code"], &visit.referral()["invites"]], [&Value::Null, &json!(false)]);
        visit.answers(true);
        let code = visit.referral()["code"].clone();
        visit.reload(PAGE);
        assert_eq!(visit.referral()["code"], code);
        assert!(code.is_string());
    }

    #[test]
    fn ones_own_link_is_none() {
        let mut visit = Visit::begin(&site(json!({})), PAGE, 8);
        let own = visit.referral()["link"].as_str().unwrap().to_owned();
        visit.pass(DAY);
        visit.reload(&own);
        visit.deliver_all();
        assert_eq!(visit.referral()["incoming"], Value::Null);
        assert!(visit.named("Referral Captured").is_empty());
    }

    #[test]
    fn a_crawler_follows_no_link_and_has_no_code() {
        let site = site(json!({})).to_string();
        let mut visit = Visit::by("Mozilla/5.0 (compatible; Googlebot/2.1)", site, &link(1), 9, Default::default());
        visit.deliver_all();
        assert_eq!(visit.referral()["incoming"], Value::Null);
        assert_eq!(visit.referral()["code"], Value::Null);
        assert!(visit.named("Referral Captured").is_empty());
    }

    #[test]
    fn two_tabs_know_the_same_links_and_come_to_rest() {
        let mut first = Visit::begin(&site(json!({ "attribution": { "model": "last" } })), &link(1), 10);
        first.pass(1_000);
        let mut second =
            Visit::with(site(json!({ "attribution": { "model": "last" } })).to_string(), &link(2), 11, first.stored.clone());
        second.now = first.now;
        second.track("Done");
        let mut written = second.stored[VISITOR_KEY].clone();
        for turn in 0.. {
            let hearing = if turn % 2 == 0 { &mut first } else { &mut second };
            let before = hearing.stored[VISITOR_KEY].clone();
            hearing.happens(Input::Visitor(&written));
            if hearing.stored[VISITOR_KEY] == before {
                break;
            }
            written = hearing.stored[VISITOR_KEY].clone();
            assert!(turn < 4, "two tabs answer each other for ever");
        }
        assert_eq!(first.referral()["touches"], second.referral()["touches"]);
        assert_eq!(first.referral()["incoming"], code(2));
    }

    #[test]
    fn whom_one_tab_bound_the_other_does_not_lose() {
        let mut first = Visit::begin(&site(json!({ "attribution": { "model": "last" } })), &link(1), 13);
        first.pass(1_000);
        let mut second =
            Visit::with(site(json!({ "attribution": { "model": "last" } })).to_string(), PAGE, 14, first.stored.clone());
        second.now = first.now;
        first.track("Signed Up");
        second.happens(Input::Identify("robin", "{}")); // and writes a record that knows of no sign-up
        first.happens(Input::Visitor(&second.stored[VISITOR_KEY]));
        assert_eq!(first.referral()["bound"], true);
        let written = first.stored[VISITOR_KEY].clone(); // in the storage that both have
        second.stored.insert(VISITOR_KEY.into(), written.clone());
        second.happens(Input::Visitor(&written));
        second.pass(DAY);
        second.reload(&link(2));
        assert_eq!(second.referral()["incoming"], code(1));
    }

    #[test]
    fn what_a_cookie_of_the_site_remembers_counts_by_its_times() {
        let arrival = |touches: Value, url: &str, now: i64| {
            let mut page: Value = serde_json::from_str(&support::visit::page(url, support::visit::BROWSER, 1)).unwrap();
            page["arrival"]["touches"] = touches;
            let host = support::host::Native::shared(12);
            let site = site(json!({ "attribution": { "window_days": 30 } })).to_string();
            privateer::client::Client::begin(&site, &page.to_string(), &[], host, Time(now)).0
        };
        let incoming = |client: privateer::client::Client| -> Value {
            serde_json::from_str::<Value>(&client.referral_json()).unwrap()["incoming"].clone()
        };
        let now = START.0;
        assert_eq!(incoming(arrival(json!([[now - 5 * DAY, code(1)]]), &link(2), now)), code(1), "it came first");
        assert_eq!(incoming(arrival(json!([[now - 31 * DAY, code(1)]]), &link(2), now)), code(2), "it is too old");
        assert_eq!(incoming(arrival(json!([[0, code(1)]]), PAGE, now)), code(1), "without a time it is of now");
        assert_eq!(incoming(arrival(json!([[now, "nonsense"], 5, [now]]), PAGE, now)), Value::Null);
    }
}

fn touch() -> impl Strategy<Value = Touch> {
    (0i64..200 * DAY, 0usize..4).prop_map(|(time, code)| Touch {
        time: Time(time),
        code: ["", "A", "B", "C"][code].into(),
        nonce: String::new(),
    })
}

proptest! {
    /// An independent reading of the three models, over lists that are sorted here.
    #[test]
    fn credit_goes_where_a_plain_recount_says(arrivals in prop::collection::vec(touch(), 0..30), at in 0i64..250 * DAY, days in 1i64..60) {
        let mut touches = Touches::default();
        for arrival in &arrivals {
            touches.take(arrival.clone(), Time(i64::MAX));
        }
        let mut sorted: Vec<&Touch> = Vec::new();
        for arrival in &arrivals {
            if !sorted.contains(&arrival) {
                sorted.push(arrival);
            }
        }
        sorted.sort_by_key(|touch| touch.time);
        let fresh: Vec<&Touch> = sorted.into_iter().filter(|touch| at - touch.time.0 <= days * DAY).collect();
        let of = |model| {
            let attribution = Attribution { model, window_ms: days * DAY, binds: Vec::new() };
            attribution.credit(&touches, Time(at), "").map(|touch| touch.time)
        };
        // What lies ahead, by a clock that was set back, counts where nothing else does.
        let last = |is_one: fn(&Touch) -> bool| {
            let (past, ahead): (Vec<&Touch>, Vec<&Touch>) = fresh.iter().copied().filter(|touch| is_one(touch)).partition(|touch| touch.time.0 <= at);
            past.last().or(ahead.last()).filter(|touch| !touch.code.is_empty()).map(|touch| touch.time)
        };
        let referrals = || fresh.iter().filter(|touch| !touch.code.is_empty());
        prop_assert_eq!(of(Model::First), referrals().next().map(|touch| touch.time));
        prop_assert_eq!(of(Model::Last), last(|touch| !touch.code.is_empty()));
        prop_assert_eq!(of(Model::LastNonDirect), last(|_| true));
    }

    /// In whatever order other tabs and cookies tell of them.
    #[test]
    fn the_log_is_in_order_bounded_and_keeps_the_first(arrivals in prop::collection::vec(touch(), 0..120)) {
        let mut touches = Touches::default();
        for arrival in &arrivals {
            touches.take(arrival.clone(), Time(i64::MAX));
        }
        prop_assert!(touches.0.is_sorted_by_key(|touch| touch.time));
        prop_assert!(touches.0.len() <= MOST);
        let first = arrivals.iter().map(|touch| touch.time).min();
        prop_assert_eq!(touches.0.first().map(|touch| touch.time), first);
    }
}
