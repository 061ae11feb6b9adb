//! Whatever comes in as a model, nothing panics, nothing hangs, nothing is read as something else: an error says what is wrong, and where.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::{error::Error, learned::Model};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    fs,
    time::{Duration, Instant},
};

fn refused(text: &str) -> String {
    Model::import(text).unwrap_err().to_string()
}

/// A small XGBoost model, with `change` made.
fn xgboost(change: impl FnOnce(&mut Value)) -> Result<Model, Error> {
    let mut model = json!({ "learner": {
        "feature_names": ["a", "b"], "feature_types": ["float", "c"],
        "gradient_booster": { "name": "gbtree", "model": { "trees": [{
            "left_children": [1, -1, 3, -1, -1], "right_children": [2, -1, 4, -1, -1], "split_indices": [0, 0, 1, 0, 0],
            "split_conditions": [0.5, 1.0, 0.0, 2.0, 3.0], "default_left": [0, 0, 1, 0, 0], "split_type": [0, 0, 1, 0, 0],
            "categories": [1, 3], "categories_nodes": [2], "categories_segments": [0], "categories_sizes": [2],
            "sum_hessian": [4.0, 2.0, 2.0, 1.0, 1.0],
        }] } },
        "learner_model_param": { "base_score": "[5E-1]", "num_class": "0", "num_feature": "2", "num_target": "1" },
        "objective": { "name": "binary:logistic" },
    } });
    change(&mut model["learner"]);
    Model::import(&model.to_string())
}

fn tree(learner: &mut Value) -> &mut Value {
    &mut learner["gradient_booster"]["model"]["trees"][0]
}

#[test]
fn xgboost_says_what_is_wrong_and_where() {
    assert_eq!(xgboost(|_| {}).unwrap().predict(&[0.5, 3.0]).unwrap().margin, 3.0);
    let error = |change: fn(&mut Value)| xgboost(change).unwrap_err().to_string();
    let tree_at = "$.learner.gradient_booster.model.trees[0]";
    assert_eq!(
        error(|learner| tree(learner)["left_children"][2] = json!(0)),
        "no-tree at $.trees[0]: A tree's node is reached twice: its children lead in a circle, or meet."
    );
    assert_eq!(
        error(|learner| tree(learner)["right_children"][2] = json!(9)),
        "no-tree at $.trees[0]: A child of a tree's node is not there."
    );
    assert_eq!(
        error(|learner| tree(learner)["right_children"][2] = json!(-2)),
        "no-tree at $.trees[0]: A child of a tree's node is not there."
    );
    assert_eq!(
        error(|learner| tree(learner)["split_indices"][0] = json!(2)),
        "unknown-feature at $.trees[0]: A split asks feature 2; there are 2."
    );
    assert_eq!(
        error(|learner| tree(learner)["split_conditions"][0] = json!("NaN")),
        format!("wrong-type at {tree_at}.split_conditions[0]: There must be a finite number here.")
    );
    assert_eq!(
        error(|learner| tree(learner)["split_conditions"][0] = json!(1e300)),
        format!("not-finite at {tree_at}.split_conditions[0]: A threshold is beyond single precision.")
    );
    assert_eq!(
        error(|learner| tree(learner)["split_conditions"][1] = json!(1e300)),
        "not-finite at $.trees[0]: A weight, a threshold or a leaf is not a finite number."
    );
    assert_eq!(
        error(|learner| tree(learner)["categories"][0] = json!(4_000_000_000_u32)),
        format!("wrong-type at {tree_at}.categories: There must be categories from 0 to 65535 here.")
    );
    assert_eq!(
        error(|learner| tree(learner)["categories_sizes"][0] = json!(7)),
        format!("wrong-type at {tree_at}.categories_nodes: There must be nodes with a part of the categories here.")
    );
    assert_eq!(
        error(|learner| drop(tree(learner)["default_left"].as_array_mut().unwrap().pop())),
        format!("wrong-length at {tree_at}: The lists of a tree must have one entry for each node, and there must be one.")
    );
    assert_eq!(
        error(|learner| learner["objective"]["name"] = json!("multi:softprob")),
        "unsupported at $.learner.objective.name: XGBoost's objective \"multi:softprob\" is not supported: only two classes, or one number."
    );
    assert_eq!(
        error(|learner| learner["learner_model_param"]["num_class"] = json!("3")),
        "unsupported at $.learner.learner_model_param.num_class: Models of more than two classes, or of several targets, are not supported."
    );
    assert_eq!(
        error(|learner| learner["learner_model_param"]["num_feature"] = json!("3")),
        "wrong-length at $.learner: There must be 3 names and types of features, or none."
    );
    assert_eq!(
        error(|learner| learner["learner_model_param"]["num_feature"] = json!("1000000")),
        "wrong-type at $.learner.learner_model_param.num_feature: There must be a number of features up to 4095 here."
    );
    assert_eq!(
        error(|learner| learner["learner_model_param"]["base_score"] = json!("[5E-1,2E-1]")),
        "wrong-type at $.learner.learner_model_param.base_score: There must be one finite number here."
    );
    assert_eq!(
        error(|learner| learner["learner_model_param"]["base_score"] = json!("[1E0]")),
        "not-finite at $.learner.learner_model_param.base_score: The base score has no margin under this objective."
    );
    assert_eq!(
        error(|learner| learner["gradient_booster"]["name"] = json!("gbforest")),
        "unsupported at $.learner.gradient_booster.name: The booster \"gbforest\" is unknown."
    );
}

#[test]
fn base_scores_are_read_in_every_form() {
    for score in [json!("[5E-1]"), json!("5E-1"), json!(0.5)] {
        assert_eq!(
            xgboost(|learner| learner["learner_model_param"]["base_score"] = score).unwrap().predict(&[0.0, 0.0]).unwrap().margin,
            1.0
        );
    }
}

#[test]
fn lightgbm_says_what_is_wrong_and_where() {
    let text = fs::read_to_string("tests/data/learned/lightgbm-binary.lgb.txt").unwrap();
    assert!(Model::import(&text).is_ok());
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        refused(&text.replacen(from, to, 1))
    };
    assert_eq!(
        changed("objective=binary sigmoid:1", "objective=multiclass num_class:3"),
        "unsupported at $.objective: LightGBM's objective \"multiclass\" is not supported: only two classes, or one number."
    );
    assert_eq!(
        changed("num_tree_per_iteration=1", "num_tree_per_iteration=3"),
        "unsupported at $.num_tree_per_iteration: Models of more than two classes are not supported."
    );
    assert_eq!(changed("end of trees", ""), "cut-off at $: The model's text ends before its \"end of trees\".");
    assert_eq!(
        changed("feature_names=size", "feature_names=more size"),
        "wrong-length at $.feature_infos: There must be one info for each feature."
    );
    assert_eq!(
        changed("leaf_value=", "leaf_value=nan "),
        "wrong-length at $.Tree=0.leaf_value: There must be 6 numbers here, not 7."
    );
    assert_eq!(changed("is_linear=0", "is_linear=1"), "unsupported at $.Tree=0: LightGBM's linear trees are not supported.");
    assert_eq!(changed("left_child=", "left_children="), "missing-field at $.Tree=0: There is no line \"left_child=\" here.");
    assert_eq!(
        changed("num_leaves=6", "num_leaves=99999999999"),
        "too-large at $.Tree=0: A tree has 1 to 65534 leaves, not 99999999999."
    );
    assert!(changed("threshold=", "threshold=x").starts_with("wrong-type at $.Tree=0.threshold"));
}

#[test]
fn what_is_no_model_is_told_so() {
    assert!(refused("").starts_with("model-format at $: "));
    assert!(refused("{}").starts_with("model-format at $: "));
    assert!(refused("{\"learner\":").starts_with("not-json at $: "));
    assert!(refused(&"[".repeat(1_000_000)).starts_with("model-format"));
    assert!(refused(&format!("{{\"learner\":{}", "[".repeat(1_000_000))).starts_with("not-json"), "nesting is bounded");
    assert_eq!(
        refused("{\"privateer\": \"model\", \"version\": 2, \"features\": []}"),
        "unsupported at $.version: Version 2 of the model's form is unknown: this is version 1."
    );
    assert!(
        refused("{\"privateer\": \"model\", \"version\": 1, \"features\": [], \"wieghts\": []}")
            .contains("unknown field `wieghts`")
    );
}

#[test]
fn our_own_form_is_looked_at_closely() {
    let of = |rest: &str| {
        refused(&format!(
            "{{ \"privateer\": \"model\", \"version\": 1, \"features\": [{{ \"name\": \"x\", \"kind\": \"number\" }}], {rest} }}"
        ))
    };
    assert_eq!(
        of("\"terms\": [{ \"kind\": \"linear\", \"feature\": 1, \"weight\": 1 }]"),
        "unknown-feature at $.terms[0]: A term names a feature that is not there; there are 1."
    );
    assert_eq!(
        of("\"terms\": [{ \"kind\": \"normal\", \"feature\": 0, \"none\": [0, 0], \"some\": [0, 1] }]"),
        "not-finite at $.terms[0]: A weight, a threshold or a leaf is not a finite number."
    );
    assert_eq!(of("\"divisor\": 0"), "not-finite at $: A weight, a threshold or a leaf is not a finite number.");
    assert!(of("\"base\": 1e999").starts_with("not-json at $: "));
    assert_eq!(
        of("\"calibration\": { \"kind\": \"isotonic\", \"xs\": [1, 0], \"ys\": [0, 1], \"of\": \"margin\" }")
            .split(':')
            .next()
            .unwrap(),
        "calibration at $.calibration"
    );
    assert_eq!(
        of("\"trees\": [{ \"left\": [], \"right\": [], \"feature\": [], \"threshold\": [], \"value\": [] }]"),
        "wrong-length at $.trees[0]: The lists of a tree must have one entry for each node, and there must be one."
    );
    let many: Vec<String> = (0..70_000).map(|place| format!("\"{place}\"")).collect();
    let list = format!(
        "{{ \"privateer\": \"model\", \"version\": 1, \"features\": [{{ \"name\": \"x\", \"kind\": \"category\", \"categories\": [{}] }}] }}",
        many.join(",")
    );
    assert_eq!(refused(&list), "too-large at $: The model has 70000 categories in one feature; at most 65536 are possible.");
}

/// A tree as deep as a list of its nodes is fine; nothing recurses.
#[test]
fn deep_trees_are_read() {
    let depth = 60_000_usize;
    let split = |place: usize| place.is_multiple_of(2) && place < 2 * depth;
    let list = |of: &dyn Fn(usize) -> i64| json!((0..=2 * depth).map(of).collect::<Vec<_>>());
    let model = json!({ "privateer": "model", "version": 1, "features": [{ "name": "x", "kind": "number" }], "trees": [{
        "left": list(&|place| if split(place) { place as i64 + 1 } else { -1 }), "right": list(&|place| if split(place) { place as i64 + 2 } else { -1 }),
        "feature": list(&|_| 0), "threshold": list(&|place| place as i64), "value": list(&|place| place as i64),
    }] });
    let model = Model::import(&model.to_string()).unwrap();
    assert_eq!(model.predict(&[4_001.0]).unwrap().value, 4_003.0);
    assert_eq!(model.predict(&[f64::NAN]).unwrap().value, 120_000.0);
}

/// Predicates that multiply out: each of the characteristic's attributes asks two fields anew.
#[test]
fn cases_without_end_are_refused_soon() {
    let simple =
        |field: &str, value: usize| format!("<SimplePredicate field=\"{field}\" operator=\"lessThan\" value=\"{value}\"/>");
    let fields: Vec<String> = (0..40).map(|place| format!("f{place}")).collect();
    let attributes: String = (0..400)
        .map(|place| {
            format!(
                "<Attribute partialScore=\"1\"><CompoundPredicate booleanOperator=\"xor\">{}</CompoundPredicate></Attribute>",
                fields.iter().map(|field| simple(field, place)).collect::<String>()
            )
        })
        .collect();
    let dictionary: String =
        fields.iter().map(|field| format!("<DataField name=\"{field}\" optype=\"continuous\" dataType=\"double\"/>")).collect();
    let schema: String = fields.iter().map(|field| format!("<MiningField name=\"{field}\"/>")).collect();
    let text = format!(
        "<PMML><DataDictionary>{dictionary}</DataDictionary><Scorecard><MiningSchema>{schema}</MiningSchema><Characteristics><Characteristic name=\"c\">{attributes}</Characteristic></Characteristics></Scorecard></PMML>"
    );
    let begun = Instant::now();
    assert!(refused(&text).starts_with("too-large at $.PMML.Scorecard.Characteristics.Characteristic: "));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// The reader of files: the page's is the same code.
mod files {
    use super::*;

    fn good() -> Vec<Vec<u8>> {
        let read = |path: &str| Model::import(&fs::read_to_string(path).unwrap()).unwrap().bytes().to_vec();
        [
            "lightgbm-binary.lgb.txt",
            "xgboost-dart.xgb.json",
            "sklearn-isotonic.skl.json",
            "sklearn-gaussian.skl.json",
            "sklearn-categorical.skl.json",
        ]
        .iter()
        .map(|name| read(&format!("tests/data/learned/{name}")))
        .chain([read("tests/data/pmml/scorecard-complex.pmml")])
        .collect()
    }

    #[test]
    fn every_cut_is_noticed() {
        for file in good() {
            for length in 0..file.len() {
                assert_eq!(Model::read(&file[..length]).unwrap_err().code, "model-file", "{length} of {}", file.len());
            }
            let longer = [file.as_slice(), &[0]].concat();
            assert_eq!(Model::read(&longer).unwrap_err().code, "model-file");
        }
    }

    #[test]
    fn another_version_is_another_form() {
        let mut file = good().remove(0);
        file[3] = 2;
        assert_eq!(
            Model::read(&file).unwrap_err().to_string(),
            "model-file at $: This is no model file of version 1, or damaged."
        );
    }

    fn asked(file: &[u8]) {
        if let Ok(model) = Model::read(file) {
            let count = model.features().len();
            for value in [0.0, -1.0, 1e300, f64::NAN, f64::INFINITY, 7.0] {
                // An answer or a refusal: it only has to come.
                let _ = model.predict(&vec![value; count]);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn damage_is_noticed_or_harmless(which in 0..6_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
            let mut file = good_once()[which].clone();
            let begin = 8 + u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize; // the numbers, not the names
            for (place, byte) in changes {
                let place = begin + place.index(file.len() - begin);
                file[place] = byte;
            }
            asked(&file);
        }

        #[test]
        fn extreme_counts_are_noticed_or_harmless(which in 0..6_usize, place in any::<prop::sample::Index>(), value in prop::sample::select(vec![u32::MAX, 0x7fff_ffff, 0x8000_0000, 1 << 16])) {
            let mut file = good_once()[which].clone();
            let at = place.index(file.len() - 4);
            file[at..at + 4].copy_from_slice(&value.to_le_bytes());
            asked(&file);
        }

        #[test]
        fn noise_is_no_model(noise in prop::collection::vec(any::<u8>(), 0..300)) {
            asked(&noise);
            asked(&[b"PVM\x01".as_slice(), &noise].concat());
        }
    }

    fn good_once() -> &'static [Vec<u8>] {
        static GOOD: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
        GOOD.get_or_init(good)
    }
}

/// What trainers write, damaged: words exchanged, lines dropped, numbers replaced.
mod texts {
    use super::*;

    fn texts() -> &'static [String] {
        static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
        TEXTS.get_or_init(|| {
            let names = [
                "learned/lightgbm-binary.lgb.txt",
                "learned/lightgbm-dump.lgb.json",
                "learned/xgboost-binary.xgb.json",
                "learned/sklearn-sigmoid.skl.json",
                "pmml/scorecard-complex.pmml",
                "pmml/tree.pmml",
                "pmml/regression.pmml",
            ];
            names
                .iter()
                .map(|name| {
                    fs::read_to_string(format!("tests/data/{name}"))
                        .unwrap()
                        .replace("STRATEGY", "none")
                        .replace("NORMALIZATION", "logit")
                })
                .collect()
        })
    }

    const ODD: [&str; 14] =
        ["-1", "0", "1e308", "-1e999", "NaN", "4294967296", "\"", "<", "}", "", "true", "0||1||99999999", "[", "\u{0}"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn damage_is_refused_or_read(which in 0..7_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), 0..ODD.len()), 1..4)) {
            let mut text = texts()[which].clone();
            for (place, odd) in changes {
                let words: Vec<(usize, &str)> = text.match_indices(|letter: char| " ,=:\"<>[]\n".contains(letter)).collect();
                let at = place.index(words.len() - 1);
                let (from, to) = (words[at].0 + 1, words[at + 1].0);
                text.replace_range(from..to, ODD[odd]);
            }
            if let Ok(model) = Model::import(&text) {
                let _ = model.predict(&vec![1.0; model.features().len()]);
            }
        }
    }
}
