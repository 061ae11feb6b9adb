//! Learned models answer as their trainers do. The cases stand in `tests/data/learned`, written by `scripts/models/train.py`: among
//! their rows are, for every threshold, one exactly on it and the next numbers on either side.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::learned::{Calibration, Kind, Model, Of, Prediction};
use serde_json::Value;
use std::{env, fs, path::Path};

/// The sum in the documented order, which is the margin to the last bit.
fn added(told: &Prediction) -> f64 {
    told.contributions.iter().fold(told.base, |sum, line| sum + line) + told.rounding
}

fn row(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect()
}

/// Whether two numbers agree: absolutely near 1 and below, relatively above.
fn agree(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * other.abs().max(1.0)
}

fn differences(folder: &Path, name: &str) -> Vec<String> {
    let case: Value = serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let text = fs::read_to_string(folder.join(case["model"].as_str().unwrap())).unwrap();
    let imported = Model::import(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let model = Model::read(imported.bytes()).unwrap();
    assert_eq!(model, imported, "{name}");
    let tolerance = case["tolerance"].as_f64().unwrap();
    let mut found = Vec::new();
    for (place, values) in case["rows"].as_array().unwrap().iter().enumerate() {
        let told = model.predict(&row(values)).unwrap();
        assert_eq!(added(&told).to_bits(), told.margin.to_bits(), "{name}, row {place}: {told:?}");
        let expected = [(told.value, case["values"][place].as_f64()), (told.margin, case["margins"][place].as_f64())];
        for (ours, theirs) in expected.into_iter().filter_map(|(ours, theirs)| Some((ours, theirs?))) {
            if !agree(ours, theirs, tolerance) {
                found.push(format!("{name}, row {place}: {ours} instead of {theirs}"));
            }
        }
    }
    found
}

/// What trainers said, NAME.json; their models have one ending more.
fn cases(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".json") && name.matches('.').count() == 1);
    names.sort();
    names
}

fn compare(folder: &Path) -> usize {
    let names = cases(folder);
    let found: Vec<String> = names.iter().flat_map(|name| differences(folder, name)).collect();
    assert!(found.is_empty(), "{} differences: {}", found.len(), found[..found.len().min(30)].join("\n"));
    names.len()
}

#[test]
fn models_answer_as_their_trainers_do() {
    assert!(compare(Path::new("tests/data/learned")) >= 30);
}

/// The suite `models` trains anew and names the folder.
#[test]
fn models_trained_anew_answer_as_their_trainers_do() {
    match env::var("LEARNED_CASES") {
        Ok(folder) => assert!(compare(Path::new(&folder)) >= 30),
        Err(_) => eprintln!("skipped: LEARNED_CASES names no folder of cases; `npm test -- --only=models` makes one"),
    }
}

/// What all cases come to, bit by bit: `tests/models/page.test.mjs` finds the same in the page's module.
#[test]
fn answers_have_the_digests_that_the_page_has() {
    let folder = Path::new("tests/data/learned");
    let mut digests = serde_json::Map::new();
    for name in cases(folder) {
        let case: Value = serde_json::from_str(&fs::read_to_string(folder.join(&name)).unwrap()).unwrap();
        let model = Model::import(&fs::read_to_string(folder.join(case["model"].as_str().unwrap())).unwrap()).unwrap();
        let mut hash = fnv(0x811c_9dc5, model.bytes());
        for values in case["rows"].as_array().unwrap() {
            let told = model.predict(&row(values)).unwrap();
            for number in [told.value, told.margin, told.base, told.rounding].iter().chain(&told.contributions) {
                hash = fnv(hash, &number.to_le_bytes());
            }
        }
        digests.insert(name, format!("{hash:08x}").into());
    }
    let place = "tests/data/learned_digests.json";
    if env::var("LEARNED_DIGESTS").is_ok_and(|what| what == "write") {
        fs::write(place, format!("{}\n", serde_json::to_string_pretty(&digests).unwrap())).unwrap();
    }
    let kept: Value = serde_json::from_str(&fs::read_to_string(place).unwrap()).unwrap();
    assert_eq!(Value::Object(digests), kept, "LEARNED_DIGESTS=write keeps these, if they are right");
}

fn fnv(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(16_777_619))
}

/// A calibrated model, one with defaults, one with products: by hand.
mod by_hand {
    use super::*;

    fn logistic() -> Model {
        let text = r#"{ "privateer": "model", "version": 1, "link": "logistic", "base": -1.0,
            "features": [{ "name": "a", "kind": "number", "missing": 2.0 }, { "name": "b", "kind": "category", "categories": ["x", "y"] }],
            "terms": [{ "kind": "linear", "feature": 0, "weight": 0.5 }, { "kind": "table", "feature": 1, "values": [0.25, -0.25] },
                { "kind": "product", "factors": [0, 0], "weight": 0.125, "name": "a squared" }] }"#;
        Model::import(text).unwrap()
    }

    #[test]
    fn what_is_missing_has_its_default_and_no_category_adds_nothing() {
        let model = logistic();
        assert_eq!(model.lines(), ["a", "b", "a squared"]);
        let told = model.predict(&[f64::NAN, -1.0]).unwrap();
        assert_eq!((told.margin, told.contributions.as_slice()), (0.5, [1.0, 0.0, 0.5].as_slice())); // -1 + 0.5 · 2 + 0.125 · 4
        assert_eq!(model.predict(&[2.0, 1.0]).unwrap().contributions, [1.0, -0.25, 0.5]);
        assert_eq!(model.features()[1].kind, Kind::Category { categories: vec!["x".to_owned(), "y".to_owned()] });
    }

    #[test]
    fn calibrations_are_put_on_and_taken_off() {
        let model = logistic();
        let margin = model.predict(&[4.0, 0.0]).unwrap().margin; // -1 + 2 + 0.25 + 2
        assert_eq!(margin, 3.25);
        let platt = model.calibrated(&Calibration::Sigmoid { a: -2.0, b: 0.5, of: Of::Margin }).unwrap();
        let expected = 1.0 / (1.0 + f64::exp(-2.0 * 3.25 + 0.5));
        assert!(agree(platt.predict(&[4.0, 0.0]).unwrap().value, expected, 1e-15));
        let knots = Calibration::Isotonic { xs: vec![0.0, 3.0, 4.0], ys: vec![0.1, 0.5, 0.75], of: Of::Margin };
        let isotonic = platt.calibrated(&knots).unwrap();
        assert_eq!(isotonic.predict(&[4.0, 0.0]).unwrap().value, 0.5625); // a quarter of the way from 0.5 to 0.75
        assert_eq!(isotonic.predict(&[100.0, 0.0]).unwrap().value, 0.75);
        assert!(isotonic.predict(&[f64::NEG_INFINITY, 0.0]).unwrap().value.is_nan(), "no margin, no answer");
        assert_eq!(isotonic.calibrated(&Calibration::None).unwrap(), model);
        let error =
            model.calibrated(&Calibration::Isotonic { xs: vec![1.0, 1.0], ys: vec![0.0, 1.0], of: Of::Value }).unwrap_err();
        assert_eq!(error.code, "calibration");
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        assert_eq!(logistic().predict(&[1.0]).unwrap_err().to_string(), "wrong-length at row: The model takes 2 values.");
    }

    /// The link shows `exp`: at most 2 units of the last place from libm's.
    #[test]
    fn exp_is_near() {
        let text = r#"{ "privateer": "model", "version": 1, "link": "exp", "features": [{ "name": "x", "kind": "number" }],
            "terms": [{ "kind": "linear", "feature": 0, "weight": 1.0 }] }"#;
        let model = Model::import(text).unwrap();
        let at = |x: f64| model.predict(&[x]).unwrap().value;
        for step in -70_900..70_900 {
            let x = f64::from(step) / 100.0 + 1e-7;
            let (ours, theirs) = (at(x), x.exp());
            assert!((ours.to_bits() as i64 - theirs.to_bits() as i64).abs() <= 2, "{x}: {ours} and {theirs}");
        }
        assert_eq!([at(0.0), at(800.0), at(-800.0), at(-0.0)], [1.0, f64::INFINITY, 0.0, 1.0]);
        assert_eq!(at(709.75), 709.75_f64.exp());
    }
}
