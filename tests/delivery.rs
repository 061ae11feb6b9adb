//! The laws of delivery: nothing is lost without being counted, nothing acknowledged is sent again.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    client::{EVENT_PREFIX, HISTORY_PREFIX, Input},
    tracking::queue::{Queue, Record, State, WAITING},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use support::visit::{REPORT, Visit, event_id};

const PAGE: &str = "https://example.com/";
/// `batch_events` of the site below.
const MOST: usize = 8;
const LONGEST_WAIT_MS: i64 = 5 * 60_000;

fn site() -> Value {
    json!({ "tracking": { "pageviews": false }, "delivery": { "url": "/collect", "gather_ms": 1000, "batch_events": MOST } })
}

/// The same with batches as large as may be.
fn large() -> Value {
    json!({ "tracking": { "pageviews": false }, "delivery": { "url": "/collect", "batch_events": 2_500 } })
}

fn with_events(count: usize, seed: u64) -> Visit {
    let mut visit = Visit::begin(&site(), PAGE, seed);
    (0..count).for_each(|index| visit.track(&format!("Event {index}")));
    visit
}

/// Every event that was ever stored still is, or was acknowledged, or is counted as given up.
fn balances(visit: &Visit, acknowledged: &HashSet<String>) -> bool {
    let stored: HashSet<&str> = visit.stored.keys().filter_map(|key| event_id(key)).collect();
    let known = |id: &&String| acknowledged.contains(*id) || stored.contains(id.as_str());
    visit.status("dropped") == visit.recorded.iter().filter(|id| !known(id)).count() as i64
}

mod when {
    use super::*;

    #[test]
    fn events_gather_for_the_agreed_time_and_go_together() {
        let mut visit = with_events(1, 1);
        visit.pass(999);
        visit.track("Another");
        assert!(visit.sent.is_empty());
        visit.pass(2);
        assert_eq!(visit.sent.len(), 1);
        assert_eq!(visit.sent[0].ids().len(), 2);
    }

    #[test]
    fn at_most_one_batch_is_under_way_until_the_page_is_left() {
        let mut visit = with_events(3 * MOST, 2);
        visit.pass(10_000);
        visit.happens(Input::Flush);
        visit.pass(10_000);
        assert_eq!(visit.under_way().len(), 1);
        visit.happens(Input::Leaving(false));
        assert_eq!(visit.under_way().len(), 2);
        assert!(visit.sent[1].lasting);
        let [first, last] = [0, 1].map(|index| visit.sent[index].ids().into_iter().collect::<HashSet<_>>());
        assert!(first.is_disjoint(&last), "what is under way is not sent again");
    }

    #[test]
    fn leaving_sends_at_once_and_staying_goes_on() {
        let mut visit = with_events(2 * MOST, 3);
        visit.happens(Input::Leaving(false));
        assert_eq!((visit.sent.len(), visit.sent[0].at), (1, visit.now));
        visit.answer(200);
        visit.pass(1_001);
        visit.deliver_all();
        assert_eq!(visit.status("delivered"), 2 * MOST as i64);
    }

    #[test]
    fn waiting_for_an_answer_is_not_done_by_asking_all_the_time() {
        let mut visit = with_events(1, 4);
        visit.happens(Input::Flush);
        visit.track("Meanwhile");
        visit.happens(Input::Flush);
        visit.pass(30_000);
        assert!(visit.wakes <= 30, "woken {} times in 30 seconds without an answer", visit.wakes);
        visit.answer(200);
        visit.pass(1_001);
        assert_eq!(visit.sent.len(), 2, "what was recorded meanwhile goes as soon as it may");
    }

    #[test]
    fn a_browser_that_is_online_again_ends_no_wait_that_a_collector_asked_for() {
        let mut visit = with_events(1, 5);
        visit.happens(Input::Flush);
        visit.answer_with(503, Some(120_000));
        visit.happens(Input::Online);
        visit.pass(119_000);
        assert_eq!(visit.sent.len(), 1);
        visit.pass(2_000);
        assert_eq!(visit.sent.len(), 2);
    }

    #[test]
    fn a_browser_that_is_online_again_sends_what_waited_for_that() {
        let mut visit = with_events(1, 5);
        visit.happens(Input::Flush);
        visit.answer_offline();
        visit.pass(60_000);
        assert_eq!(visit.sent.len(), 1);
        visit.happens(Input::Online);
        visit.pass(1);
        assert_eq!(visit.sent.len(), 2);
    }

    #[test]
    fn nothing_is_sent_without_a_collector() {
        let mut visit = Visit::begin(&json!({}), PAGE, 5);
        visit.happens(Input::Flush);
        visit.happens(Input::Leaving(false));
        visit.pass(LONGEST_WAIT_MS);
        assert!(visit.sent.is_empty());
    }
}

mod batches {
    use super::*;

    #[test]
    fn hold_no_more_events_than_agreed() {
        let mut visit = with_events(5 * MOST + 1, 6);
        visit.deliver_all();
        let sizes: Vec<usize> = visit.sent.iter().map(|sent| sent.ids().len()).collect();
        assert_eq!(sizes, [MOST, MOST, MOST, MOST, MOST, 1]);
    }

    /// Browsers refuse requests over 64 KiB = 65,536 bytes when a page is being left (Fetch, keepalive).
    #[test]
    fn fit_what_a_browser_sends_from_a_page_that_is_being_left() {
        for size in [1_000, 9_990, 19_700, 29_600, 59_000] {
            let mut visit = Visit::begin(&json!({ "delivery": { "url": "/", "batch_events": 2_500 } }), PAGE, 7);
            for _ in 0..120_000 / size {
                visit.happens(Input::Track("Large", &json!({ "text": "é".repeat(size / 2) }).to_string(), None));
            }
            visit.deliver_all();
            assert_eq!(visit.status("queued"), 0);
            for sent in &visit.sent {
                assert!(sent.body.len() <= 60_500, "{} bytes of events of {size}", sent.body.len());
            }
        }
    }

    #[test]
    fn an_event_too_large_for_any_batch_goes_alone() {
        let mut visit = with_events(2, 8);
        visit.happens(Input::Track("Huge", &json!({ "text": "x".repeat(100_000) }).to_string(), None));
        visit.track("After");
        visit.deliver_all();
        let alone = visit.sent.iter().find(|sent| sent.body.len() > 100_000).unwrap();
        assert_eq!(alone.ids().len(), 1);
        assert_eq!(visit.status("delivered"), 4);
    }
}

mod answers {
    use super::*;

    #[test]
    fn nothing_acknowledged_is_sent_again() {
        let mut visit = with_events(3 * MOST, 9);
        visit.deliver_all();
        visit.reload(PAGE);
        visit.track("New");
        visit.deliver_all();
        let all: Vec<String> = visit.sent.iter().flat_map(|sent| sent.ids()).collect();
        assert_eq!(all.len(), all.iter().collect::<HashSet<_>>().len());
        assert_eq!(all.len(), 3 * MOST + 1);
    }

    /// 400, 413, 422: the batch is halved until the event at fault stands alone.
    #[test]
    fn one_event_that_cannot_be_taken_is_found_and_only_that_one_is_given_up() {
        for status in [400, 413, 422] {
            for poison in 0..MOST {
                let mut visit = with_events(2 * MOST, 10 + poison as u64);
                let name = format!("\"Event {poison}\"");
                visit.happens(Input::Flush);
                for _ in 0..100 {
                    let refused = visit.under_way().first().is_some_and(|sent| sent.body.contains(&name));
                    visit.answer(if refused { status } else { 200 });
                }
                visit.deliver_all();
                assert_eq!((visit.status("dropped"), visit.recordings().len()), (1, 2 * MOST), "{status}, {name}");
                assert_eq!(visit.named(REPORT)[0]["properties"], json!({ "count": 1, "refused": 1 }));
                let refused: Value = serde_json::from_str(&visit.client.refusals_json()).unwrap();
                assert_eq!((&refused[0]["status"], refused[0]["event"].as_str()), (&json!(status), name.get(1..name.len() - 1)));
                let events = visit.stored.iter().filter(|(key, _)| key.starts_with(EVENT_PREFIX));
                assert_eq!(events.filter(|(_, value)| value.contains(&name)).count(), 0, "nothing of it stays");
                assert!(visit.sent.len() <= 2 * MOST, "{} requests: one for each event would be no more", visit.sent.len());
            }
        }
    }

    #[test]
    fn after_a_fault_was_found_batches_grow_again() {
        let mut visit = with_events(MOST, 11);
        visit.happens(Input::Flush);
        for _ in 0..3 {
            visit.answer(413);
        }
        visit.answer(400);
        visit.deliver_all();
        (0..4 * MOST).for_each(|_| visit.track("Later"));
        visit.deliver_all();
        assert_eq!(visit.sent.iter().map(|sent| sent.ids().len()).next_back(), Some(MOST));
    }

    #[test]
    fn the_collectors_wish_to_wait_is_respected() {
        for (status, wait) in [(429, 7_000), (503, 90_000)] {
            let mut visit = with_events(1, 12);
            visit.happens(Input::Flush);
            visit.answer_with(status, Some(wait));
            visit.track("Meanwhile");
            visit.pass(wait - 1);
            assert_eq!(visit.sent.len(), 1, "{status}: not before {wait} ms are over");
            visit.pass(2);
            assert_eq!(visit.sent.len(), 2, "{status}: and then at once");
        }
    }

    /// `Retry-After: 0`, or a date that is over, is no leave to ask without pause.
    #[test]
    fn no_answer_makes_us_ask_without_pause() {
        for wish in [Some(0), Some(-60_000)] {
            let mut visit = with_events(1, 13);
            visit.happens(Input::Flush);
            for _ in 0..50 {
                visit.answer_with(503, wish);
                visit.pass(20);
            }
            assert!(visit.sent.len() <= 5, "{} requests in a second, asked to wait {wish:?}", visit.sent.len());
        }
    }

    #[test]
    fn after_failures_the_wait_grows_within_its_bounds() {
        for status in [0, 301, 404, 408, 429, 500, 503] {
            let mut visit = with_events(1, 14);
            visit.happens(Input::Flush);
            for failure in 0..14 {
                visit.answer(status);
                let before = visit.now;
                let due = visit.wake.expect("it will be tried again");
                let most = (1_000 << failure).min(LONGEST_WAIT_MS);
                assert!((500..=most).contains(&due.since(before)), "{status}: {} ms after failure {failure}", due.since(before));
                visit.pass(due.since(before) + 1);
                assert_eq!(visit.under_way().len(), 1);
            }
            visit.answer(200);
            assert_eq!(visit.status("delivered"), 1);
        }
    }

    #[test]
    fn the_wait_is_spread_so_that_visitors_do_not_come_back_together() {
        let wait = |seed| {
            let mut visit = with_events(1, seed);
            visit.happens(Input::Flush);
            (0..6).for_each(|_| {
                visit.answer(500);
                visit.happens(Input::Flush);
            });
            visit.answer(500);
            visit.wake.unwrap().since(visit.now)
        };
        // The seventh wait lies between 0.5 s and 64 s, evenly: the mean of 100 is 32.25 s ± 1.8 s (one sigma).
        let mean = (0..100).map(wait).sum::<i64>() / 100;
        assert!((23_000..41_500).contains(&mean), "{mean} ms");
    }

    #[test]
    fn an_answer_to_a_batch_nobody_knows_changes_nothing() {
        let mut visit = with_events(2, 15);
        visit.happens(Input::Flush);
        visit.answer(200);
        visit.sent[0].answered = false;
        for status in [200, 400, 500] {
            visit.answer(status);
            assert_eq!((visit.status("delivered"), visit.status("dropped")), (2, 0));
            visit.sent[0].answered = false;
        }
    }

    /// An answer that comes after everything was forgotten must not speak for the events of the new visitor.
    #[test]
    fn an_answer_meant_for_somebody_who_was_forgotten_is_no_answer_for_the_next() {
        let mut visit = with_events(1, 16);
        visit.happens(Input::Flush);
        visit.happens(Input::Forget);
        visit.track("Of the new visitor");
        visit.happens(Input::Flush);
        assert_eq!(visit.under_way().len(), 2);
        visit.answer(200); // to the first batch
        assert_eq!(visit.status("delivered"), 0);
        visit.deliver_all();
        assert_eq!(visit.status("delivered"), 1);
    }
}

mod storage {
    use super::*;

    #[test]
    fn every_event_is_stored_before_it_is_sent_and_until_it_arrived() {
        let mut visit = with_events(1, 17);
        let events = |visit: &Visit| visit.stored.keys().filter(|key| key.starts_with("privateer.")).count();
        assert_eq!(events(&visit), 2, "the visitor and the event");
        visit.happens(Input::Flush);
        assert_eq!(events(&visit), 2, "sent is not arrived");
        visit.answer(200);
        assert_eq!(visit.stored.keys().collect::<Vec<_>>(), ["privateer.visitor"]);
    }

    #[test]
    fn past_the_bound_the_oldest_waiting_is_given_up_and_counted() {
        let over = 7;
        let mut visit = Visit::begin(&large(), PAGE, 18);
        (0..WAITING + over).for_each(|index| {
            visit.now = visit.now.plus(1);
            visit.track(&format!("Event {index}"));
        });
        let dropped = visit.status("dropped") as usize;
        assert!((over..over + 100).contains(&dropped), "room is made for a hundred at once: {dropped}");
        visit.deliver_all();
        let names: Vec<Value> = visit.recordings().iter().map(|message| message["event"].clone()).collect();
        assert_eq!(names.first(), Some(&json!(format!("Event {dropped}"))));
        assert_eq!(names.len(), WAITING + over - dropped);
        let told: i64 = visit.named(REPORT).iter().map(|report| report["properties"]["overflow"].as_i64().unwrap()).sum();
        assert_eq!(told, dropped as i64, "the collector knows exactly how many are missing");
    }

    /// The batch under way holds the oldest events: its answer must still end it when all of them were given up.
    #[test]
    fn delivery_goes_on_after_everything_under_way_was_given_up() {
        let mut visit = Visit::begin(&large(), PAGE, 19);
        visit.track("First");
        visit.happens(Input::Flush);
        (0..WAITING + MOST).for_each(|_| visit.track("Later"));
        visit.answer(200);
        visit.deliver_all();
        assert_eq!(visit.status("queued"), 0);
        assert!(balances(&visit, &visit.sent.iter().flat_map(|sent| sent.ids()).collect()));
    }

    #[test]
    fn delivered_events_are_kept_for_looking_back_where_a_site_wants_that_up_to_a_bound() {
        for kept in [0, 40] {
            let site = json!({ "tracking": { "pageviews": false, "history": kept }, "delivery": { "url": "/collect" } });
            let mut visit = Visit::begin(&site, PAGE, 20);
            (0..90).for_each(|_| visit.track("Event"));
            visit.deliver_all();
            assert_eq!(visit.stored.keys().filter(|key| key.starts_with(HISTORY_PREFIX)).count(), kept);
            assert_eq!(visit.status("delivered"), 90);
        }
    }

    #[test]
    fn what_is_stored_but_no_event_is_passed_over() {
        let mut visit = with_events(1, 21);
        let id = "a";
        for value in
            ["", "q", "é{}", "{", "\u{1f600}", "{\"a\":}", "{}{}", "[]", "{}", "{\"messageId\":\"b\"}", "{\"messageId\":7}"]
        {
            visit.stored.insert(format!("{EVENT_PREFIX}gone.{id}"), value.into());
            visit.stored.insert("another.key".into(), "{}".into());
            visit.reload(PAGE);
            assert_eq!(visit.status("queued"), 1, "{value}");
            assert!(!visit.stored.contains_key(&format!("{EVENT_PREFIX}gone.{id}")), "{value} is erased");
            assert!(visit.stored.contains_key("another.key"));
        }
        visit.deliver_all();
        assert_eq!(visit.messages().len(), 1);
    }
}

/// One turn of fate.
#[derive(Clone, Debug)]
enum Fate {
    Track(u8),
    Pass(u32),
    Answer(u16),
    Wait(u16, u32),
    Lost,
    Leave,
    Flush,
    Reload,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => (1..20u8).prop_map(Fate::Track),
        3 => (1..400_000u32).prop_map(Fate::Pass),
        4 => prop::sample::select(vec![200, 204, 400, 413, 422, 404, 429, 500, 503]).prop_map(Fate::Answer),
        1 => (prop::sample::select(vec![429, 503]), 0..100_000u32).prop_map(|(status, wait)| Fate::Wait(status, wait)),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Leave),
        1 => Just(Fate::Flush),
        1 => Just(Fate::Reload),
    ]
}

fn live(visit: &mut Visit, fate: Fate) -> HashSet<String> {
    let answered = |visit: &Visit| visit.under_way().first().map(|sent| sent.ids()).unwrap_or_default();
    let mut acknowledged = HashSet::new();
    match fate {
        Fate::Track(count) => (0..count).for_each(|_| visit.track("Event")),
        Fate::Pass(ms) => visit.pass(ms.into()),
        Fate::Answer(status) => {
            if status < 300 {
                acknowledged.extend(answered(visit));
            }
            visit.answer(status);
        }
        Fate::Wait(status, ms) => drop(visit.answer_with(status, Some(ms.into()))),
        Fate::Lost => drop(visit.answer(0)),
        Fate::Leave => visit.happens(Input::Leaving(false)),
        Fate::Flush => visit.happens(Input::Flush),
        Fate::Reload => visit.reload(PAGE),
    }
    acknowledged
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// In whatever order events are taken over, they go out in the order of their ids, and every id is known again.
    #[test]
    fn events_taken_over_in_any_order_stand_in_the_order_of_their_ids(ids in prop::collection::hash_set("[0-9a-f]{1,6}", 0..200)) {
        let mut queue = Queue::default();
        for (place, id) in ids.iter().enumerate() {
            prop_assert!(!queue.knows(id));
            queue.add(Record { key: format!("privateer.event.{place}.{id}"), message: String::new(), state: State::Waiting, is_report: false });
            prop_assert!(queue.knows(id));
        }
        let mut sorted = ids.iter().map(String::as_str).collect::<Vec<_>>();
        sorted.sort_unstable();
        prop_assert_eq!(queue.records().iter().map(Record::id).collect::<Vec<_>>(), sorted);
    }

    /// Whatever the network does and however often the page is reloaded: every event is delivered, by message id
    /// once, or counted as dropped; and what was acknowledged never goes out again.
    #[test]
    fn every_event_is_delivered_or_counted(seed in any::<u64>(), fates in prop::collection::vec(fate(), 1..80)) {
        let mut visit = Visit::begin(&site(), PAGE, seed);
        let mut acknowledged: HashSet<String> = HashSet::new();
        for fate in fates {
            let sent = visit.sent.len();
            let under_way = visit.under_way().len();
            let leaving = matches!(fate, Fate::Leave);
            acknowledged.extend(live(&mut visit, fate));
            for batch in &visit.sent[sent..] {
                prop_assert!(batch.ids().iter().all(|id| !acknowledged.contains(id)), "sent again after it arrived");
            }
            prop_assert!(visit.under_way().len() <= under_way.max(1) + usize::from(leaving), "one batch at a time");
            prop_assert!(balances(&visit, &acknowledged));
        }
        let under_way = visit.under_way().iter().flat_map(|sent| sent.ids()).collect::<HashSet<_>>();
        let before = visit.sent.len();
        visit.deliver_all();
        prop_assert_eq!(visit.status("queued"), 0);
        acknowledged.extend(visit.sent[before..].iter().flat_map(|sent| sent.ids()).chain(under_way));
        prop_assert!(balances(&visit, &acknowledged));
        let told = visit.named(REPORT).iter().map(|report| report["properties"]["count"].as_i64().unwrap()).sum::<i64>();
        prop_assert!(told <= visit.status("dropped"), "no loss is told twice");
    }
}
