//! Laws of lead scores: what holds for every model and every history.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{Host, Time, json::Document},
    condition::{Attributes, Context, NoGroups, Subject},
    scoring::{Fact, Ledger, Model, Present, Score, session},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;
use support::host::Native;

const START: i64 = 1_800_000_000_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 1_440 * MINUTE;

#[derive(Clone, Debug)]
struct Happened {
    id: String,
    name: &'static str,
    time: i64,
    session: String,
    properties: String,
}

struct Scorer {
    model: Model,
    host: Rc<dyn Host>,
    attributes: Attributes,
}

impl Scorer {
    fn new(model: &Value, attributes: &Value) -> Scorer {
        let host = Native::shared(1);
        let read = |value: &Value| Document::read(&value.to_string(), u32::MAX, &*host).unwrap();
        let mut scorer = Scorer { model: Model::default(), attributes: Attributes::new(host.clone()), host: host.clone() };
        let mut problems = Vec::new();
        scorer.model.read(read(model), &mut problems);
        assert_eq!(problems, []);
        scorer.attributes.set(0, read(attributes));
        scorer
    }

    fn take(&self, ledger: &mut Ledger, event: &Happened) -> bool {
        let properties = Document::read(&event.properties, u32::MAX, &*self.host).unwrap();
        let Happened { id, name, time, session: name_of_session, .. } = event;
        let fact = Fact { id, name, time: Time(*time), session: session(name_of_session), properties: properties.root() };
        let taken = self.model.take(ledger, fact, &*self.host);
        // What is written says the same.
        let written = Document::read(&fact.write(), u32::MAX, &*self.host).unwrap();
        let again = Fact::read(id, written.root().unwrap()).unwrap();
        assert_eq!((again.name, again.time, again.session), (fact.name, fact.time, fact.session));
        while let Some(id) = self.model.surplus(ledger).map(String::from) {
            self.model.erase(ledger, &id);
        }
        taken
    }

    fn ledger(&self, events: &[Happened]) -> Ledger {
        let mut ledger = Ledger::default();
        for event in events {
            self.take(&mut ledger, event);
        }
        ledger
    }

    fn report(&self, ledger: &Ledger, now: i64, session_id: &str) -> String {
        let host: &dyn Host = &*self.host;
        let context = Context { subject: Subject::Visitor(&self.attributes), groups: &NoGroups, host, coerces: false };
        let present = Present { now: Time(now), since: Time(START), session: session(session_id), zone: &self.model.zone, host };
        self.model.report(ledger, &Default::default(), "", &context, present)
    }

    fn points(&self, ledger: &Ledger, now: i64, session_id: &str) -> Score<'_> {
        let host: &dyn Host = &*self.host;
        let context = Context { subject: Subject::Visitor(&self.attributes), groups: &NoGroups, host, coerces: false };
        let present = Present { now: Time(now), since: Time(START), session: session(session_id), zone: &self.model.zone, host };
        self.model.score(ledger, &context, present)
    }

    fn score(&self, events: &[Happened], now: i64) -> Value {
        let session = events.last().map_or("", |event| &event.session);
        serde_json::from_str(&self.report(&self.ledger(events), now, session)).unwrap()
    }
}

/// Any rule of the language, but for its id.
fn any_rule() -> impl Strategy<Value = Value> {
    let measure = prop::sample::select(vec!["count", "distinct", "sum", "streak", "first", "since"]);
    let decay = prop::sample::select(vec![
        json!(null),
        json!({ "half_life_days": 7 }),
        json!({ "lifespan_days": 20.5 }),
        json!({ "step_days": 5, "step_loss": 0.25 }),
    ]);
    let caps = prop::collection::vec(prop::option::of(0.5..60.0f64), 3);
    let limits = (prop::option::of(0.5..40.0f64), prop::option::of(1.0..3_000.0f64), prop::option::of(1..4u32));
    let flags = prop::collection::vec(prop::bool::weighted(0.2), 3);
    let what = (prop::sample::select(vec!["A", "B", "*"]), prop::bool::ANY, prop::sample::select(vec!["", "web", "mail"]));
    (measure, decay, caps, limits, flags, -30.0..50.0f64, what).prop_map(|(measure, decay, caps, limits, flags, points, (event, filtered, group))| {
        let (window, cooldown, at_least) = limits;
        let mut rule = json!({
            "measure": measure, "event": event, "of": "n", "points": points, "once": flags[0], "session": flags[1], "weekdays": flags[2],
            "maximum_each": caps[0], "maximum_a_day": caps[1], "maximum": caps[2],
            "window_days": window, "cooldown_minutes": cooldown, "at_least": at_least, "decay": decay,
        });
        if filtered {
            rule["where"] = json!({ "n": { "$gte": 2 } });
        }
        if !group.is_empty() {
            rule["group"] = json!(group);
        }
        rule
    })
}

prop_compose! {
    fn any_model()(rules in prop::collection::vec(any_rule(), 1..7), bounds in prop::collection::vec((-40.0..0.0f64, 0.0..90.0f64), 4), events in prop::option::of(3..30u32)) -> Value {
        let mut rules = rules;
        for (index, rule) in rules.iter_mut().enumerate() {
            rule["id"] = json!(format!("rule {index}"));
        }
        rules.push(json!({ "id": "large", "attributes": { "size": { "$gt": 10 } }, "points": 12.25 }));
        let bound = |index: usize| { let (least, most): (f64, f64) = bounds[index]; json!({ "minimum": least, "maximum": most }) };
        json!({
            "minimum": bounds[0].0, "maximum": bounds[0].1, "events": events, "rules": rules,
            "axes": { "engagement": bound(1) }, "groups": { "web": bound(2), "mail": bound(3) },
            "grid": { "fit": [10, 5], "engagement": [40, 10] },
        })
    }
}

prop_compose! {
    fn any_event()(name in prop::sample::select(vec!["A", "B", "C"]), minutes in 0..60_000i64, n in 0..5u8, session in 0..3u8, id in 0..10_000u32) -> Happened {
        Happened { id: format!("{id:08}"), name, time: START + minutes * MINUTE / 2, session: format!("session {session}"), properties: json!({ "n": n }).to_string() }
    }
}

/// Events with ids of their own.
fn any_history() -> impl Strategy<Value = Vec<Happened>> {
    prop::collection::vec(any_event(), 0..25).prop_map(|mut events| {
        events.sort_by(|left, right| left.id.cmp(&right.id));
        events.dedup_by(|left, right| left.id == right.id);
        events.sort_by(|left, right| (left.time, &left.id).cmp(&(right.time, &right.id)));
        events
    })
}

fn thousandths(points: &Value) -> i64 {
    (points.as_f64().unwrap_or(0.0) * 1_000.0).round() as i64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was counted event by event is what a recount finds, after each of them, to the last bit.
    #[test]
    fn a_score_can_be_replayed(model in any_model(), events in any_history(), later in 0..40 * 1_440i64) {
        let scorer = Scorer::new(&model, &json!({ "size": 12 }));
        let mut live = Ledger::default();
        for (index, event) in events.iter().enumerate() {
            scorer.take(&mut live, event);
            let now = event.time;
            let recounted = scorer.ledger(&events[..=index]);
            prop_assert_eq!(scorer.points(&live, now, &event.session), scorer.points(&recounted, now, &event.session));
        }
        let now = START + later * MINUTE;
        prop_assert_eq!(scorer.report(&live, now, "session 1"), scorer.report(&scorer.ledger(&events), now, "session 1"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Delivered twice or in another order, events come to the same; one that is erased never was.
    #[test]
    fn order_repetition_and_erasure_do_not_matter(model in any_model(), events in any_history(), keys in prop::collection::vec(any::<u32>(), 25), erased in any::<prop::sample::Index>()) {
        let scorer = Scorer::new(&model, &json!({ "size": 12 }));
        let now = START + 45 * DAY;
        let bounded = model["events"].as_u64().is_some_and(|most| (most as usize) < events.len());
        let straight = scorer.ledger(&events);
        let mut order: Vec<usize> = (0..events.len()).chain(0..events.len()).collect();
        order.sort_by_key(|index| keys[index % keys.len()].rotate_left(*index as u32));
        let mixed: Vec<Happened> = order.into_iter().map(|index| events[index].clone()).collect();
        let shuffled = scorer.ledger(&mixed);
        prop_assert_eq!(scorer.report(&straight, now, "session 1"), scorer.report(&shuffled, now, "session 1"));
        if !events.is_empty() && !bounded {
            let mut rest = events.clone();
            let gone = rest.remove(erased.index(events.len()));
            let mut without = shuffled;
            scorer.model.erase(&mut without, &gone.id);
            prop_assert_eq!(scorer.report(&without, now, "session 1"), scorer.report(&scorer.ledger(&rest), now, "session 1"));
        }
    }

    /// Lines sum to what they explain, within their bounds, largest first.
    #[test]
    fn reasons_sum_to_each_axis_within_its_bounds(model in any_model(), events in any_history(), later in 0..60 * 1_440i64) {
        let scorer = Scorer::new(&model, &json!({ "size": 12 }));
        let score = scorer.score(&events, START + later * MINUTE);
        let reasons = score["reasons"].as_array().unwrap();
        for axis in ["fit", "engagement"] {
            let sum: i64 = reasons.iter().filter(|reason| reason["axis"] == axis).map(|reason| thousandths(&reason["points"])).sum();
            prop_assert_eq!(sum, thousandths(&score[axis]), "{}", axis);
        }
        let sum: i64 = reasons.iter().map(|reason| thousandths(&reason["points"])).sum();
        prop_assert_eq!(sum, thousandths(&score["total"]));
        for (points, bounds) in [(&score["total"], &model), (&score["engagement"], &model["axes"]["engagement"])] {
            let (least, most) = (thousandths(&bounds["minimum"]), thousandths(&bounds["maximum"]));
            prop_assert!((least..=most).contains(&thousandths(points)), "{} {}", points, bounds);
        }
        let own = reasons.iter().take_while(|reason| reason["rule"] != "cap" && reason["rule"] != "floor");
        prop_assert!(own.collect::<Vec<_>>().is_sorted_by(|left, right| thousandths(&left["points"]).abs() >= thousandths(&right["points"]).abs()));
    }

    /// Where nothing takes points away and nothing counts silence, a score never rises by itself.
    #[test]
    fn without_events_a_positive_score_never_rises(model in any_model(), events in any_history(), steps in prop::collection::vec(0..4 * 1_440i64, 6)) {
        let mut model = model;
        for rule in model["rules"].as_array_mut().unwrap() {
            rule["points"] = json!(rule["points"].as_f64().unwrap().abs());
            if rule["measure"] == "since" {
                rule["measure"] = json!("count");
            }
        }
        let scorer = Scorer::new(&model, &json!({}));
        let mut now = events.last().map_or(START, |event| event.time);
        let mut before = i64::MAX;
        for step in steps {
            now += step * MINUTE;
            let total = thousandths(&scorer.score(&events, now)["engagement"]);
            prop_assert!(total <= before, "{} after {}", total, before);
            before = total;
        }
    }
}
