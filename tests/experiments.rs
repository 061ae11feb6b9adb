//! The laws of bucketing, and what no payload may do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{
        Host,
        json::{Document, Json, Writer},
    },
    error::Error,
    experiment::{self, Decision, Sink, Source},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;
use support::{host::Native, statistics::assert_uniform};

/// Where the page's own attributes stand.
const TOLD: usize = 2;

struct Engine {
    engine: experiment::Engine,
    host: Rc<dyn Host>,
}

impl Engine {
    fn new(payload: &Value) -> Engine {
        Engine::load(&payload.to_string())
    }

    fn load(payload: &str) -> Engine {
        let host = Native::shared(0);
        let mut engine = experiment::Engine::new(host.clone());
        engine.load_text(payload, "$");
        Engine { engine, host }
    }

    /// One experiment alone, called `experiment`.
    fn of(rule: Value) -> Engine {
        Engine::new(&json!({ "features": { "experiment": { "defaultValue": "default", "rules": [rule] } } }))
    }

    fn ask<T>(&mut self, feature: &str, attributes: &str, answer: impl Fn(Decision<'_>) -> T) -> T {
        self.engine.attributes.set(TOLD, Document::read(attributes, u32::MAX, &*self.host).unwrap());
        answer(self.engine.decide(feature, &mut Sink::default()))
    }

    fn source(&mut self, feature: &str) -> Source {
        self.ask(feature, r#"{"id":"a"}"#, |decision| decision.source)
    }

    fn value(&mut self, feature: &str, attributes: &Value) -> Value {
        let text = |decision: Decision<'_>| decision.value.map_or("null", Json::text).to_owned();
        serde_json::from_str(&self.ask(feature, &attributes.to_string(), text)).unwrap()
    }

    fn variation(&mut self, id: &str) -> Option<usize> {
        let attributes = json!({ "id": id }).to_string();
        self.ask("experiment", &attributes, |decision| decision.placed.map(|placed| placed.run.index))
    }

    fn errors(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        self.engine.problems(&mut |some| errors.extend_from_slice(some));
        errors
    }

    /// Their codes and paths.
    fn problems(&self) -> Vec<(String, String)> {
        self.errors().into_iter().map(|error| (error.code.to_owned(), error.path)).collect()
    }
}

fn ids(count: u32) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("visitor-{number}"))
}

mod buckets {
    use super::*;

    #[test]
    fn raising_coverage_moves_nobody_between_variations() {
        for version in [1, 2] {
            let mut before: Vec<Option<usize>> = vec![None; 3_000];
            for coverage in [0.0, 0.05, 0.3, 0.31, 0.7, 0.99, 1.0] {
                let rule = json!({ "variations": ["a", "b", "c"], "weights": [0.5, 0.3, 0.2], "coverage": coverage, "hashVersion": version });
                let mut engine = Engine::of(rule);
                let now: Vec<Option<usize>> = ids(3_000).map(|id| engine.variation(&id)).collect();
                for (was, is) in before.iter().zip(&now) {
                    assert!(was.is_none() || was == is, "coverage {coverage}: from {was:?} to {is:?}");
                }
                let share = now.iter().flatten().count() as f64 / 3_000.0;
                assert!((share - coverage).abs() < 0.04, "coverage {coverage} reaches {share}");
                before = now;
            }
            assert!(before.iter().all(Option::is_some), "everybody at last");
        }
    }

    /// 100 and 1,000 variations of equal weight, 50,000 ids.
    #[test]
    fn visitors_spread_evenly_by_version_2() {
        for buckets in [100, 1_000] {
            let mut engine = Engine::of(json!({ "variations": vec![0; buckets], "hashVersion": 2 }));
            let mut counts = vec![0; buckets];
            ids(50_000).for_each(|id| counts[engine.variation(&id).unwrap()] += 1);
            assert_uniform(&counts, "variations");
        }
    }

    #[test]
    fn two_experiments_do_not_know_of_each_other() {
        let engine = |key: &str| Engine::of(json!({ "key": key, "variations": [0, 1], "hashVersion": 2 }));
        let (mut first, mut second) = (engine("price"), engine("headline"));
        let mut counts = [0; 4];
        ids(20_000).for_each(|id| counts[first.variation(&id).unwrap() * 2 + second.variation(&id).unwrap()] += 1);
        assert_uniform(&counts, "pairs of variations");
    }

    #[test]
    fn weights_that_do_not_fit_are_replaced_by_equal_ones() {
        let mut equal = Engine::of(json!({ "variations": ["a", "b"] }));
        for weights in [
            json!([0.9, 0.9]),
            json!([0.1]),
            json!([0.2, 0.3, 0.5]),
            json!([]),
            json!("half"),
            json!(["x", 1]),
            json!([0.5, 0.48]),
        ] {
            let mut engine = Engine::of(json!({ "variations": ["a", "b"], "weights": weights }));
            assert!(ids(500).all(|id| engine.variation(&id) == equal.variation(&id)), "{weights}");
        }
        let mut near = Engine::of(json!({ "variations": ["a", "b"], "weights": [0.9, 0.095] }));
        assert!(ids(500).any(|id| near.variation(&id) != equal.variation(&id)), "a sum of 0.995 is near enough to 1");
    }

    #[test]
    fn who_cannot_be_told_apart_is_in_no_experiment() {
        let mut engine = Engine::of(json!({ "variations": ["a", "b"] }));
        for id in [json!(null), json!(""), json!(0), json!(true), json!([1]), json!({"a": 1})] {
            assert_eq!(engine.value("experiment", &json!({ "id": id })), "default", "{id}");
        }
        // A number is hashed as JavaScript writes it.
        for (number, text) in [(json!(7.0), "7"), (json!(1e21), "1e+21"), (json!(-0.5), "-0.5")] {
            assert_eq!(engine.value("experiment", &json!({ "id": number })), engine.value("experiment", &json!({ "id": text })));
        }
    }

    #[test]
    fn an_unknown_hash_is_no_guess() {
        for version in [json!(3), json!(-1), json!(1.5)] {
            let mut engine = Engine::of(json!({ "variations": ["a", "b"], "hashVersion": version }));
            assert!(ids(20).all(|id| engine.variation(&id).is_none()), "{version}");
        }
    }

    #[test]
    fn a_range_belongs_to_its_start_and_not_to_its_end() {
        // Version 1 places the value "a" with an empty seed at 0.22 (specification 0.12.0, section hash); the seed
        // of a rule falls back to its key when empty, so a filter asks here.
        for (range, inside) in [([0.22, 0.5], true), ([0.0, 0.22], false), ([0.22, 0.22], false), ([0.5, 0.1], false)] {
            let filters = json!([{ "seed": "", "hashVersion": 1, "ranges": [range] }]);
            let mut engine = Engine::of(json!({ "force": "in", "filters": filters }));
            assert_eq!(engine.value("experiment", &json!({ "id": "a" })) == "in", inside, "{range:?}");
        }
    }
}

mod exclusion {
    use super::*;

    #[test]
    fn namespaces_part_the_visitors() {
        let engine = |start: f64, end: f64| Engine::of(json!({ "variations": [0, 1], "namespace": ["checkout", start, end] }));
        let mut parts = [engine(0.0, 0.4), engine(0.4, 0.5), engine(0.5, 1.0)];
        for id in ids(3_000) {
            assert_eq!(parts.iter_mut().filter_map(|engine| engine.variation(&id)).count(), 1, "{id}");
        }
    }

    #[test]
    fn filters_part_the_visitors_and_the_namespace_is_then_passed_over() {
        let engine = |ranges: Value| {
            Engine::of(json!({ "variations": [0, 1], "namespace": ["none", 0, 0],
                "filters": [{ "seed": "layer", "ranges": ranges }] }))
        };
        let mut parts = [engine(json!([[0, 0.1], [0.6, 1]])), engine(json!([[0.1, 0.6]]))];
        for id in ids(3_000) {
            assert_eq!(parts.iter_mut().filter_map(|engine| engine.variation(&id)).count(), 1, "{id}");
        }
    }

    #[test]
    fn every_filter_must_let_in() {
        let mut both = Engine::of(json!({ "variations": [0, 1], "filters": [
            { "seed": "one", "ranges": [[0, 0.5]] }, { "seed": "two", "ranges": [[0, 0.5]] } ] }));
        let share = ids(4_000).filter(|id| both.variation(id).is_some()).count();
        assert!((900..1_100).contains(&share), "a quarter of 4,000, not {share}");
    }

    #[test]
    fn a_namespace_that_means_nothing_lets_nobody_in() {
        for namespace in [json!("checkout"), json!([]), json!(["a", "b", "c"]), json!([1, 0, 1]), json!({ "id": "a" })] {
            let mut engine = Engine::of(json!({ "variations": [0, 1], "namespace": namespace }));
            assert!(ids(20).all(|id| engine.variation(&id).is_none()), "{namespace}");
        }
    }
}

mod mistakes {
    use super::*;

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
}

mod hostile {
    use super::*;

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
        let mut engine =
            Engine::load(&format!(r#"{{"features":{{"deep":{{"defaultValue":{deep}}},"flat":{{"defaultValue":1}}}}}}"#));
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
}

mod prerequisites {
    use super::*;

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
}

mod wishes {
    use super::*;

    /// The first of a name decides, also one that is no number; as GrowthBook's SDK 1.8.0 reads addresses.
    #[test]
    fn the_address_may_ask_for_a_variation() {
        let mut engine = Engine::of(json!({ "key": "price", "variations": ["a", "b", "c"], "coverage": 0 }));
        for (query, value) in [
            ("?price=2", json!("c")),
            ("?x=1&price=0#price=1", json!("a")),
            ("?price=3", json!("default")),
            ("?price=-1", json!("default")),
            ("?price=b", json!("default")),
            ("?price=x&price=1", json!("default")),
            ("?price=1&price=0", json!("b")),
            ("?other=1", json!("default")),
            ("", json!("default")),
        ] {
            engine.engine.settings.set_url(&["https://example.com/", query].concat());
            assert_eq!(engine.value("experiment", &json!({ "id": "a" })), value, "{query}");
        }
    }

    #[test]
    fn what_is_asked_for_counts_for_nothing() {
        let mut engine = Engine::of(json!({ "key": "price", "variations": ["a", "b"] })).engine;
        engine.attributes.set(TOLD, Document::read(r#"{"id":"a"}"#, u32::MAX, &*Native::shared(0)).unwrap());
        engine.settings.set_url("https://example.com/?price=1");
        let mut sink = Sink { placed: Some(Vec::new()), ..Sink::default() };
        assert_eq!(engine.decide("experiment", &mut sink).source, Source::Experiment);
        assert!(!sink.due && sink.placed.is_some_and(|placed| placed.is_empty()));
    }
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
