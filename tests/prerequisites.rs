//! Features that depend on features.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::Document,
    experiment::{Sink, Source},
};
use serde_json::{Value, json};
use support::{
    engine::{Engine, TOLD},
    host::Native,
};

fn needs(id: &str, value: Value, gate: bool) -> Value {
    json!([{ "id": id, "condition": { "value": value }, "gate": gate }])
}

#[test]
fn a_prerequisite_that_fails_shuts_its_rule_and_a_gate_the_feature() {
    let mut engine = Engine::new(&json!({ "features": {
        "parent": { "defaultValue": "off", "rules": [{ "condition": { "plan": "crew" }, "force": "on" }] },
        "rule": { "defaultValue": 0, "rules": [{ "parentConditions": needs("parent", json!("on"), false), "force": 1 }, { "force": 2 }] },
        "gate": { "defaultValue": 0, "rules": [{ "parentConditions": needs("parent", json!("on"), true), "force": 1 }, { "force": 2 }] },
    } }));
    let [crew, mate] = [json!({ "plan": "crew" }), json!({ "plan": "mate" })];
    assert_eq!([engine.value("rule", &crew), engine.value("gate", &crew)], [1, 1]);
    assert_eq!([engine.value("rule", &mate), engine.value("gate", &mate)], [json!(2), Value::Null]);
    assert_eq!(engine.source("gate"), Source::Prerequisite);
    assert_eq!(engine.problems(), []);
}

#[test]
fn a_prerequisite_that_is_not_there_has_no_value() {
    let mut engine = Engine::new(&json!({ "features": {
        "present": { "rules": [{ "parentConditions": needs("nowhere", json!({ "$exists": true }), false), "force": 1 }] },
        "absent": { "rules": [{ "parentConditions": needs("nowhere", json!({ "$exists": false }), false), "force": 1 }] },
    } }));
    assert_eq!([engine.value("present", &json!({})), engine.value("absent", &json!({}))], [Value::Null, json!(1)]);
}

#[test]
fn a_circle_is_told_as_one_wherever_it_is_entered() {
    let feature = |parent: &str| json!({ "defaultValue": 1, "rules": [{ "parentConditions": needs(parent, json!(1), false), "force": 2 }] });
    let mut engine = Engine::new(&json!({ "features": {
        "self": feature("self"), "a": feature("b"), "b": feature("c"), "c": feature("a"), "outside": feature("a"),
    } }));
    for key in ["self", "a", "b", "c", "outside"] {
        assert_eq!(engine.source(key), Source::CyclicPrerequisite, "{key}");
        assert_eq!(engine.value(key, &json!({})), Value::Null, "{key}");
    }
}

/// Longer than any payload has use for; what counts is that the stack stays whole, also a small one.
#[test]
fn a_chain_of_200_ends() {
    let chain = |length: usize| {
        let link = |index: usize| {
            let rules = json!([{ "parentConditions": needs(&format!("f{}", index + 1), json!(1), false), "force": 1 }]);
            (format!("f{index}"), json!({ "defaultValue": 0, "rules": rules }))
        };
        let mut features: serde_json::Map<String, Value> = (0..length).map(link).collect();
        features.insert(format!("f{length}"), json!({ "defaultValue": 1 }));
        Engine::new(&json!({ "features": features })).source("f0")
    };
    let asked = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || [chain(100), chain(200), chain(5_000)]);
    let [short, long, absurd] = asked.unwrap().join().unwrap();
    assert_eq!([short, long, absurd], [Source::Force, Source::CyclicPrerequisite, Source::CyclicPrerequisite]);
}

/// Each feature needs the next one twice: following every way would double the work with each.
#[test]
fn prerequisites_that_share_prerequisites_do_not_hang_the_page() {
    let of = |length: usize| {
        let link = |index: usize| {
            let twice = json!([
                needs(&format!("f{}", index + 1), json!(1), false)[0],
                needs(&format!("f{}", index + 1), json!(1), false)[0]
            ]);
            (format!("f{index}"), json!({ "defaultValue": 0, "rules": [{ "parentConditions": twice, "force": 1 }] }))
        };
        let mut features: serde_json::Map<String, Value> = (0..length).map(link).collect();
        features.insert(format!("f{length}"), json!({ "defaultValue": 1 }));
        Engine::new(&json!({ "features": features })).source("f0")
    };
    assert_eq!([of(8), of(60)], [Source::Force, Source::CyclicPrerequisite]);
}

#[test]
fn experiments_behind_a_prerequisite_count_too() {
    let mut engine = Engine::new(&json!({ "features": {
        "parent": { "defaultValue": 0, "rules": [{ "key": "first", "variations": [1, 1] }] },
        "child": { "defaultValue": 0, "rules": [{ "parentConditions": needs("parent", json!(1), false), "key": "second", "variations": [1, 1] }] },
    } })).engine;
    engine.attributes.set(TOLD, Document::read(r#"{"id":"a"}"#, u32::MAX, &*Native::shared(0)).unwrap());
    let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
    engine.decide("child", &mut sink);
    let keys: Vec<&str> = sink.placed.iter().flatten().map(|placed| placed.experiment.key.as_str()).collect();
    assert_eq!(keys, ["first", "second"]);
}

/// Each level of these groups enters the one below twice, so one condition enters 2,047 of them, which it may.
#[test]
fn a_decision_limits_its_conditions_together() {
    let mut groups = serde_json::Map::new();
    for level in 0..10 {
        let below = json!({ "$savedGroup": { "id": format!("g{}", level + 1) } });
        groups.insert(format!("g{level}"), json!({ "type": "condition", "condition": { "$and": [below, below] } }));
    }
    groups.insert("g10".into(), json!({ "type": "condition", "condition": {} }));
    let inside = json!({ "$savedGroup": { "id": "g0" } });
    let after = |count: usize| {
        let mut rules = vec![json!({ "condition": { "$not": inside }, "force": "outside" }); count];
        rules.push(json!({ "condition": inside, "force": "inside" }));
        let feature = json!({ "defaultValue": "too much", "rules": rules });
        Engine::new(&json!({ "savedGroups": groups, "features": { "f": feature } })).value("f", &json!({ "id": "a" }))
    };
    assert_eq!(after(31), "inside", "32 conditions enter 65,504 groups");
    assert_eq!(after(32), "too much", "33 would enter more than 65,536");
}

#[test]
fn prerequisites_that_are_no_list_let_nobody_through_whoever_was_asked_before() {
    let rule = json!({ "parentConditions": { "id": "p", "condition": {} }, "force": "passed" });
    let payload = json!({ "features": { "p": { "defaultValue": 1 }, "c": { "defaultValue": "no", "rules": [rule] } } });
    for before in [&["c"][..], &["p", "c"]] {
        let mut engine = Engine::new(&payload);
        let values: Vec<Value> = before.iter().map(|key| engine.value(key, &json!({}))).collect();
        assert_eq!(values.last().unwrap(), "no");
        assert_eq!(engine.problems(), [("wrong-type".to_owned(), "$.features.c.rules[0].parentConditions".to_owned())]);
    }
}
