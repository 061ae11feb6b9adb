//! The laws of bucketing: who falls where, and who stays outside.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::experiment::Sink;
use serde_json::{Value, json};
use support::{
    engine::{Engine, ids},
    statistics::assert_uniform,
};

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
    for weights in
        [json!([0.9, 0.9]), json!([0.1]), json!([0.2, 0.3, 0.5]), json!([]), json!("half"), json!(["x", 1]), json!([0.5, 0.48])]
    {
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

#[test]
fn a_version_of_the_hash_is_a_number() {
    for version in [json!("2"), json!(true), json!([2]), json!(3)] {
        let mut engine = Engine::of(json!({ "variations": [0, 1], "hashVersion": version }));
        assert_eq!(engine.variation("a"), None, "{version}");
        let mut engine = Engine::of(json!({ "force": 1, "coverage": 1, "hashVersion": version }));
        assert_eq!(engine.value("experiment", &json!({ "id": "a" })), "default", "{version}");
    }
    let mut engine = Engine::of(json!({ "variations": [0, 1], "hashVersion": "" }));
    assert!(engine.variation("a").is_some(), "a falsy one counts as none");
}

#[test]
fn coverage_beyond_the_whole_is_the_whole() {
    for coverage in [1.0, 1.5, 100.0] {
        let mut engine = Engine::of(json!({ "variations": [0, 1], "hashVersion": 2, "coverage": coverage }));
        let second = ids(200).filter(|id| engine.variation(id) == Some(1)).count();
        assert!((80..=120).contains(&second), "{coverage}: {second} of 200");
    }
}

#[test]
fn a_bandit_without_conditions_sets_the_weights_of_all() {
    let rule = json!({ "variations": [0, 1], "hashVersion": 2, "weights": [1, 0], "contextualBanditRef": "b" });
    let mut engine = Engine::new(&json!({
        "features": { "experiment": { "rules": [rule] } },
        "contextualBandits": { "b": { "contexts": [{ "leafId": 1, "weights": [0, 1] }] } },
    }));
    assert!(ids(20).all(|id| engine.variation(&id) == Some(1)));
}

#[test]
fn an_experiment_alone_that_forces_nothing_that_exists_has_nobody() {
    let mut engine = Engine::new(&json!({}));
    engine.ask("", r#"{"id":"a"}"#, |_| ());
    let mut is_in = |force: Value| {
        let text = json!({ "key": "k", "variations": [0, 1], "force": force }).to_string();
        let number = engine.engine.experiment(&text).unwrap();
        engine.engine.run(number, &mut Sink::default()).unwrap().run.is_in()
    };
    assert_eq!([json!(0), json!(1), json!(2), Value::Null, json!("1")].map(&mut is_in), [true, true, false, false, false]);
}
