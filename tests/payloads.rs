//! What no payload may do: take its neighbours with it, hang, or end the page.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::Writer,
    experiment::{Sink, Source},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::engine::Engine;

#[test]
fn a_broken_rule_is_passed_over_and_told() {
    for (rule, code, path) in [
        (json!("serve it"), "wrong-type", ""),
        (json!({ "condition": ["age"], "force": "bad" }), "malformed-condition", ".condition"),
        (json!({ "condition": { "$or": 1 }, "force": "bad" }), "malformed-condition", ".condition.$or"),
    ] {
        let features = json!({ "f": { "defaultValue": "default", "rules": [{ "condition": { "id": "nobody" }, "force": 1 }, rule, { "force": "good" }] },
            "other": { "rules": [{ "force": "fine" }] } });
        let mut engine = Engine::new(&json!({ "features": features }));
        assert_eq!(engine.value("f", &json!({ "id": "a" })), "good", "{rule}");
        assert_eq!(engine.value("other", &json!({})), "fine");
        assert_eq!(engine.problems(), [(code.to_owned(), format!("$.features.f.rules[1]{path}"))]);
        assert!(engine.errors().iter().all(|error| error.message.ends_with('.') && error.message.len() > 20), "a sentence");
    }
}

#[test]
fn a_feature_that_cannot_be_read_leaves_the_others() {
    let mut engine = Engine::load(r#"{"features":{"bad":{"rules":[{"force":tru}]},"good":{"defaultValue":1}}}"#);
    assert_eq!(engine.value("bad", &json!({})), Value::Null);
    assert_eq!(engine.value("good", &json!({})), 1);
    assert_eq!(engine.problems(), [("not-json".to_owned(), "$.features.bad".to_owned())]);
}

#[test]
fn what_is_no_payload_is_refused() {
    for (text, code) in
        [("", "not-json"), ("[", "not-json"), ("[]", "wrong-type"), ("7", "wrong-type"), (r#"{"features":[]}"#, "wrong-type")]
    {
        let engine = Engine::load(text);
        assert_eq!(engine.problems()[0].0, code, "{text}");
        assert_eq!(engine.engine.payload.keys().count(), 0, "{text}");
    }
    for empty in ["{}", r#"{"features":{}}"#, r#"{"features":null}"#] {
        assert_eq!(Engine::load(empty).value("any", &json!({})), Value::Null, "{empty}");
    }
}

#[test]
fn names_that_objects_inherit_are_ordinary() {
    let mut engine = Engine::new(&json!({ "features": { "__proto__": { "defaultValue": 1 }, "a": { "defaultValue": 2 } } }));
    assert_eq!(engine.value("__proto__", &json!({})), 1);
    for name in ["constructor", "toString", "hasOwnProperty", ""] {
        assert_eq!(engine.ask(name, "{}", |decision| decision.source), Source::UnknownFeature, "{name}");
    }
}

/// JSON.parse keeps the last of two members of one name.
#[test]
fn of_two_features_of_one_name_the_last_counts() {
    let mut engine = Engine::load(r#"{"features":{"a":{"defaultValue":1},"b":{},"a":{"defaultValue":2}}}"#);
    assert_eq!(engine.value("a", &json!({})), 2);
}

#[test]
fn a_key_may_be_escaped() {
    let mut engine = Engine::load(r#"{"features":{"caf\u00e9 \"x\"":{"defaultValue":1}},"savedGroups":{"\u0067":["a"]}}"#);
    assert_eq!(engine.value("café \"x\"", &json!({})), 1);
    assert!(privateer::condition::Groups::group(&engine.engine.payload, "g").is_some());
}

#[test]
fn depth_is_refused_and_takes_nothing_with_it() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let mut engine = Engine::load(&format!(r#"{{"features":{{"deep":{{"defaultValue":{deep}}},"flat":{{"defaultValue":1}}}}}}"#));
    assert_eq!(engine.value("deep", &json!({})), Value::Null);
    assert_eq!(engine.value("flat", &json!({})), 1);
    assert_eq!(engine.problems()[0].0, "too-deep");
}

#[test]
fn a_text_of_five_megabytes_is_a_text() {
    let long = "é\\\"".repeat(1_700_000);
    let payload = format!(r#"{{"features":{{"long":{{"defaultValue":"{long}","rules":[{{"variations":["{long}",2]}}]}}}}}}"#);
    let mut engine = Engine::load(&payload);
    let length = engine.ask("long", "{}", |decision| decision.value.unwrap().text().len());
    assert!(length > 5_000_000);
    assert!(engine.ask("long", &format!(r#"{{"id":"{long}"}}"#), |decision| decision.placed.is_some()));
}

/// Groups that lead to groups, each below many negations, for a visitor whose attributes lead on as far.
#[test]
fn groups_and_tests_together_do_not_exhaust_the_stack() {
    let mut groups = serde_json::Map::new();
    for index in 0..60 {
        let further = json!({ "$elemMatch": { "$savedGroup": { "id": format!("g{}", index + 1) } } });
        let test = (0..100).fold(further, |test, _| json!({ "$not": test }));
        groups.insert(format!("g{index}"), json!({ "type": "condition", "condition": { "x": test } }));
    }
    groups.insert("g60".into(), json!({ "type": "condition", "condition": {} }));
    let attributes = (0..60).fold(json!([]), |inner, _| json!([{ "x": inner }]));
    let rule = json!({ "condition": { "$not": { "$savedGroup": { "id": "g0" } } }, "force": "bad" });
    let features = json!({ "f": { "defaultValue": "default", "rules": [rule] } });
    let mut engine = Engine::new(&json!({ "features": features, "savedGroups": groups }));
    assert_eq!(engine.value("f", &json!({ "x": attributes })), "default", "and nobody is meant");
}

#[test]
fn thousands_of_features_are_all_found() {
    let features: serde_json::Map<String, Value> =
        (0..2_000).map(|index| (format!("f{index}"), json!({ "defaultValue": index }))).collect();
    let mut engine = Engine::new(&json!({ "features": features }));
    for index in (0..2_000).step_by(37) {
        assert_eq!(engine.value(&format!("f{index}"), &json!({})), index);
    }
    assert_eq!(engine.ask("f2000", "{}", |decision| decision.source), Source::UnknownFeature);
}

/// JSON that uses the payload's own words in the wrong places.
fn any_value() -> impl Strategy<Value = Value> {
    let words = || {
        prop::sample::select(vec![
            "features",
            "rules",
            "force",
            "variations",
            "weights",
            "coverage",
            "condition",
            "filters",
            "ranges",
            "namespace",
            "seed",
            "hashVersion",
            "hashAttribute",
            "id",
            "key",
            "meta",
            "passthrough",
            "defaultValue",
            "savedGroups",
            "parentConditions",
            "gate",
            "contextualBandits",
            "contextualBanditRef",
            "contexts",
            "contextualVariations",
            "experiments",
            "urlPatterns",
            "urlRedirect",
            "pattern",
            "type",
            "simple",
            "regex",
            "condition",
            "list",
            "values",
            "$savedGroup",
            "$all",
            "$size",
            "value",
            "range",
            "a",
            "__proto__",
            "$in",
            "$and",
            "$or",
            "$nor",
            "$not",
            "$elemMatch",
            "$regex",
            "$gt",
            "$vlt",
            "$inGroup",
            "$exists",
            "$eq",
            "attribute",
            "",
        ])
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop::sample::select(vec![0.0, -0.0, 1.0, 0.5, 2.0, -1.0, 1e308, 5e-324]).prop_map(Value::from),
        words().prop_map(Value::from),
        "[(\\[a*]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 80, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((words(), inner), 0..6)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Serving never fails: whatever the payload and the attributes are, there is an answer that is JSON.
    #[test]
    fn any_payload_and_any_attributes_give_an_answer(rule in any_value(), rules in any_value(), feature in any_value(), payload in any_value(), groups in any_value(), attributes in any_value()) {
        for payload in [
            json!({ "features": { "a": { "rules": [rule] }, "id": { "rules": rules }, "key": feature }, "savedGroups": groups, "experiments": [rule, rules], "contextualBandits": groups }),
            payload,
        ] {
            let mut engine = Engine::load(&payload.to_string());
            let keys: Vec<String> = engine.engine.payload.keys().map(str::to_owned).collect();
            for key in &keys {
                engine.value(key, &attributes);
                engine.engine.write_trace(key, &mut Writer::default());
            }
            engine.engine.run_automatic(&mut Sink::default());
            engine.problems();
        }
    }
}

#[test]
fn a_saved_group_or_a_bandit_that_cannot_be_read_is_told_once_it_was_needed() {
    let mut engine = Engine::load(
        r#"{"features":{"f":{"rules":[{"condition":{"a":{"$inGroup":"g"}},"force":1},
            {"variations":[1,2],"contextualBanditRef":"b"}]}},
            "savedGroups":{"g":{"type":},"unused":{"type":}},"contextualBandits":{"b":[1,,2]}}"#,
    );
    assert_eq!(engine.problems(), []);
    engine.source("f");
    let told = |path: &str| ("not-json".to_owned(), path.to_owned());
    assert_eq!(engine.problems(), [told("$.savedGroups.g"), told("$.contextualBandits.b")]);
}

#[test]
fn an_inline_experiment_that_cannot_be_read_is_told_once() {
    let mut engine = Engine::load("{}");
    let deep = ["[".repeat(130), "]".repeat(130)].concat();
    for text in ["{", "{", &deep, &deep] {
        assert_eq!(engine.engine.experiment(text), None);
    }
    assert_eq!(engine.problems(), [("not-json".to_owned(), "$".to_owned()), ("too-deep".to_owned(), "$".to_owned())]);
}

#[test]
fn an_id_is_assigned_no_variation_that_is_not_there() {
    let mut engine = Engine::load("{}");
    let text = r#"{"key":"k","hashVersion":2,"variations":[0,1],"ranges":[[0,0],[0,0],[0,1]]}"#;
    let number = engine.engine.experiment(text).unwrap();
    let standalone = engine.engine.standalone(number).unwrap();
    assert_eq!(engine.engine.assign_many(standalone, b"a\nb\nc"), [-1, -1, -1]);
}

#[test]
fn the_weak_hash_is_told_once_where_it_can_do_harm() {
    let experiment = |version: u32| json!({ "rules": [{ "variations": [0, 1], "hashVersion": version }] });
    let problems = |versions: [u32; 3]| {
        let [a, b, c] = versions.map(experiment);
        let mut engine = Engine::new(&json!({ "features": { "a": a, "b": b, "c": c } }));
        for feature in ["a", "b", "c"] {
            engine.source(feature);
        }
        engine.problems()
    };
    assert_eq!(problems([1, 1, 1]), [("weak-hash".to_owned(), "$.features.b".to_owned())]);
    assert_eq!(problems([2, 1, 2]), [], "one alone shares with no other");
}

#[test]
fn nobody_is_in_or_outside_a_group_that_cannot_be_read() {
    let deep = ["{\"$not\":".repeat(130), "{}".into(), "}".repeat(130)].concat();
    let groups = format!(r#"{{"deep":{{"type":"condition","condition":{deep}}},"bad":[1,,2]}}"#);
    for (group, operator) in [("deep", "$inGroup"), ("deep", "$notInGroup"), ("bad", "$inGroup"), ("bad", "$notInGroup")] {
        let rule = json!({ "condition": { "id": { operator: group } }, "force": 1 });
        let payload = format!(r#"{{"features":{{"f":{{"rules":[{rule}]}}}},"savedGroups":{groups}}}"#);
        assert_eq!(Engine::load(&payload).source("f"), Source::DefaultValue, "{operator} {group}");
    }
}

/// The number of an outcome has 31 bits, 13 of them for the variation.
#[test]
fn a_feature_has_a_bounded_number_of_rules() {
    let feature = |count: usize| {
        let mut rules = vec![json!({ "condition": { "x": 1 }, "force": 1 }); count - 1];
        rules.push(json!({ "force": "last" }));
        json!({ "defaultValue": "none", "rules": rules })
    };
    let mut engine = Engine::new(&json!({ "features": { "most": feature(65_536), "more": feature(65_537) } }));
    assert_eq!([engine.value("most", &json!({})), engine.value("more", &json!({}))], ["last", "none"]);
    assert_eq!(engine.problems(), [("out-of-range".to_owned(), "$.features.more.rules".to_owned())]);
}
