//! PMML's models, against cases worked out by hand, and against the scorecard cases that JPMML's evaluator has (noted in words,
//! not copied: engineering, 25 years, an income of 500 are 29 points, and so on).
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::learned::{Kind, Model, Prediction};
use std::fs;

const NAN: f64 = f64::NAN;

fn text(name: &str) -> String {
    fs::read_to_string(format!("tests/data/pmml/{name}.pmml")).unwrap()
}

fn model(name: &str) -> Model {
    Model::import(&text(name)).unwrap()
}

/// A department, an age, an income; the department by its name.
fn ask(model: &Model, department: Option<&str>, age: f64, income: f64) -> Prediction {
    let Kind::Category { categories } = &model.features()[0].kind else { panic!("the department is a category") };
    let place =
        department.map_or(NAN, |name| categories.iter().position(|known| known == name).map_or(-1.0, |place| place as f64));
    model.predict(&[place, age, income]).unwrap()
}

fn codes(told: &Prediction) -> Vec<(&str, f64)> {
    told.reasons.iter().map(|reason| (reason.code.as_str(), reason.points)).collect()
}

#[test]
fn a_scorecard_adds_points_and_ranks_its_reasons() {
    let card = model("scorecard");
    let told = ask(&card, Some("engineering"), 25.0, 500.0);
    assert_eq!((told.value, told.contributions.as_slice()), (29.0, [0.0, 0.0, 0.0, 3.0, 0.0, 26.0].as_slice()));
    assert_eq!(card.lines(), ["department", "age", "income", "department", "age", "income"]);
    // 18 - 0 and 19 - 3; 10 - 26 is below 0.
    assert_eq!(codes(&told), [("RC2", 18.0), ("RC1", 16.0)]);
}

#[test]
fn codes_may_stand_at_attributes() {
    let told = ask(&model("scorecard-attributes"), Some("engineering"), 25.0, 500.0);
    // The third attribute of both: the first are for what is missing.
    assert_eq!(codes(&told), [("RC2_3", 18.0), ("RC1_3", 16.0)]);
}

#[test]
fn zero_is_a_reason_and_less_is_none() {
    let told = ask(&model("scorecard"), Some("marketing"), 40.0, 2_000.0);
    assert_eq!((told.value, codes(&told)), (28.0, vec![("RC3", 19.0), ("RC1", 0.0), ("RC2", 0.0)]));
    let above = ask(&model("scorecard-above"), Some("engineering"), 40.0, 500.0);
    assert_eq!((above.value, codes(&above)), (47.0, vec![("RC3", 16.0), ("RC2", 0.0)]));
}

#[test]
fn partial_scores_may_be_lines() {
    let card = model("scorecard-complex");
    for (income, points) in [(NAN, -7.0), (1_000.0, 31.0), (1_500.0, -5.0), (3_000.0, 2.0)] {
        assert_eq!(ask(&card, None, NAN, income).value, points, "{income}"); // each with -9 and -1
    }
}

#[test]
fn edges_belong_where_the_card_puts_them() {
    let card = model("scorecard");
    for (age, points) in [
        (18.0, -3.0),
        (18.0_f64.next_up(), 0.0),
        (29.0, 0.0),
        (29.0_f64.next_up(), 12.0),
        (39.0, 12.0),
        (39.0_f64.next_up(), 18.0),
    ] {
        assert_eq!(ask(&card, Some("business"), age, 3_000.0).contributions[4], points, "{age}");
    }
    assert_eq!(ask(&card, Some("human resources"), 18.0, 3_000.0).contributions[3], 6.0, "words in quotation marks are one");
}

/// A characteristic of one attribute that is always true asks nothing, and is still a line of its own.
#[test]
fn everybody_may_have_the_same_points() {
    let card = text("scorecard");
    let (from, to) = (card.find("<Characteristic name=\"age\"").unwrap(), card.find("<Characteristic name=\"income\"").unwrap());
    let same = "<Characteristic name=\"all\" reasonCode=\"RC2\" baselineScore=\"9\"><Attribute partialScore=\"4\"><True/></Attribute></Characteristic>";
    let card = Model::import(&[&card[..from], same, &card[to..]].concat()).unwrap();
    for age in [25.0, -1.0, NAN] {
        let told = ask(&card, Some("engineering"), age, 500.0);
        assert_eq!((told.value, told.contributions[4], told.base), (33.0, 4.0, 0.0));
        assert_eq!(codes(&told), [("RC1", 16.0), ("RC2", 5.0)]);
    }
}

#[test]
fn without_a_matching_attribute_there_is_no_score() {
    let strict = model("scorecard-strict");
    assert_eq!(ask(&strict, Some("business"), 20.0, 500.0).value, 32.0);
    for (department, age, income) in
        [(Some("sales"), 20.0, 500.0), (None, 20.0, 500.0), (Some("business"), NAN, 500.0), (Some("business"), 20.0, NAN)]
    {
        let told = ask(&strict, department, age, income);
        assert!(told.value.is_nan() && told.margin.is_nan(), "{told:?}");
    }
}

/// One code of several characteristics: the distances are added, also those below 0, and the sum decides.
#[test]
fn distances_of_one_code_are_added_first() {
    let shared = text("scorecard").replace("\"RC3\"", "\"RC2\"");
    let told = ask(&Model::import(&shared).unwrap(), Some("engineering"), 25.0, 500.0);
    assert_eq!(codes(&told), [("RC1", 16.0), ("RC2", 2.0)]); // 18 - 16
}

#[test]
fn a_regression_is_a_sum_under_its_normalization() {
    let of = |method: &str| Model::import(&text("regression").replace("NORMALIZATION", method)).unwrap();
    let row = [2.0, 4.0, 0.0];
    let told = of("none").predict(&row).unwrap();
    // -3.5 + 0.5 · 2 + 0.25 · 16 + 1.5 + 0.125 · 2 · 4
    assert_eq!((told.value, told.contributions.as_slice()), (4.0, [1.0, 4.0, 1.5, 1.0].as_slice()));
    assert_eq!(of("none").predict(&[2.0, NAN, NAN]).unwrap().value, -1.0, "a missing salary is 2, a missing lot adds nothing");
    assert!(of("none").predict(&[NAN, 4.0, 0.0]).unwrap().value.is_nan(), "a missing age has no answer");
    let near = |method: &str, expected: f64| {
        let value = of(method).predict(&[2.0, 4.0, 1.0]).unwrap().value; // 2
        assert!((value - expected).abs() <= 1e-15 * expected.max(1.0), "{method}: {value}");
    };
    near("softmax", 1.0 / (1.0 + (-2.0_f64).exp()));
    near("logit", 1.0 / (1.0 + (-2.0_f64).exp()));
    near("exp", 2.0_f64.exp());
    near("cloglog", 1.0 - (-(2.0_f64.exp())).exp());
    near("loglog", (-(-2.0_f64).exp()).exp());
    assert_eq!(Model::import(&text("regression").replace("NORMALIZATION", "probit")).unwrap_err().code, "unsupported");
}

#[test]
fn two_classes_are_compared() {
    let told = model("classes").predict(&[1.5]).unwrap();
    assert_eq!(told.margin, 5.0); // (1 + 2 · 1.5) - (0.5 - 1.5)
    assert!((told.value - 1.0 / (1.0 + (-5.0_f64).exp())).abs() < 1e-15);
}

#[test]
fn a_tree_goes_to_its_first_true_child() {
    let of = |strategy: &str| Model::import(&text("tree").replace("STRATEGY", strategy)).unwrap();
    let value = |strategy: &str, temperature: f64, outlook: f64| of(strategy).predict(&[temperature, outlook]).unwrap().value;
    assert_eq!(value("none", 60.0, 0.0), 0.9);
    assert_eq!(value("none", 50.0, 0.0), 0.9);
    assert_eq!(value("none", 50.0_f64.next_down(), 0.0), 0.1);
    assert_eq!(value("none", 90.0, 0.0), 0.8, "no child holds: the last prediction");
    assert_eq!(value("none", 60.0, 2.0), 0.4);
    assert_eq!(value("none", 60.0, NAN), 0.6, "what is unknown is not true");
    assert_eq!(value("none", NAN, 0.0), 0.8);
    assert_eq!(value("defaultChild", 60.0, NAN), 0.4);
    assert_eq!(value("lastPrediction", NAN, 0.0), 0.8);
    assert!(value("nullPrediction", 60.0, NAN).is_nan());
    assert_eq!(Model::import(&text("tree").replace("STRATEGY", "aggregateNodes")).unwrap_err().code, "unsupported");
}

#[test]
fn what_is_not_read_is_refused_with_its_place() {
    let refused = |from: &str, to: &str| Model::import(&text("scorecard").replacen(from, to, 1)).unwrap_err().to_string();
    assert_eq!(
        refused("operator=\"isMissing\"", "operator=\"is\""),
        "missing-field at $.PMML.Scorecard.Characteristics.Characteristic[0].Attribute[0].SimplePredicate: The attribute \"value\" is missing."
    );
    assert_eq!(
        refused("partialScore=\"-9\"", ""),
        "missing-field at $.PMML.Scorecard.Characteristics.Characteristic[0].Attribute[0]: The attribute has no partialScore."
    );
    assert_eq!(
        refused("<MiningField name=\"age\"/>", ""),
        "unknown-feature at $.PMML.Scorecard.Characteristics.Characteristic[1].Attribute[0].SimplePredicate: The field \"age\" is no active field of the model."
    );
    assert_eq!(
        refused("partialScore=\"-9\"", "partialScore=\"NaN\""),
        "wrong-type at $.PMML.Scorecard.Characteristics.Characteristic[0].Attribute[0]: The attribute \"partialScore\" must be a finite number."
    );
    assert!(refused("<Scorecard", "<Scorecards").starts_with("not-xml at $: "));
    assert_eq!(Model::import("<html/>").unwrap_err().to_string(), "unsupported at $: This XML is no PMML.");
}
