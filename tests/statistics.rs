//! Our statistics against `tests/data/statistics.json`: values from 50-digit arithmetic, each with its source.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.
#![cfg(feature = "insights")]

use privateer::error::Error;
use privateer::insights::*;
use privateer::stats::{ChiSquare, Normal};
use serde_json::{Map, Value, json};

/// Cases of each kind and method that are run; a kind nobody runs fails the test, as does a case that got lost.
const RUN: [(&str, usize); 15] = [
    ("dist.normal/cdf", 8),
    ("dist.normal/sf", 7),
    ("dist.normal/log_sf", 1),
    ("dist.normal/ppf", 8),
    ("dist.chi2/cdf", 4),
    ("dist.chi2/sf", 11),
    ("prop.ztest/pooled", 15),
    ("prop.diff_ci/newcombe", 9),
    ("prop.ci/wilson", 8),
    ("prop.lift_ci/walter_log_adjusted", 7),
    ("srm/pearson", 11),
    ("error/prop.ztest", 3),
    ("error/prop.diff_ci", 2),
    ("error/prop.ci", 2),
    ("error/srm", 3),
];

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("data/statistics.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn key(case: &Value) -> String {
    format!("{}/{}", case["kind"].as_str().unwrap(), case["method"].as_str().unwrap())
}

#[test]
fn every_case_is_met() {
    let failures: Vec<String> = cases().iter().filter(|case| case["kind"] != "error").filter_map(failure).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_mistake_is_an_error() {
    for case in cases().iter().filter(|case| case["kind"] == "error") {
        let error = answer(case["method"].as_str().unwrap(), &case["input"]).expect_err(&case.to_string());
        assert!(!error.code.is_empty() && error.message.ends_with('.'), "{error}");
    }
}

#[test]
fn no_case_is_left_out() {
    for (name, count) in RUN {
        assert_eq!(cases().iter().filter(|case| key(case) == name).count(), count, "{name}");
    }
    assert_eq!(cases().len(), RUN.iter().map(|(_, count)| count).sum::<usize>());
}

fn failure(case: &Value) -> Option<String> {
    let got = answer(&key(case), &case["input"]).unwrap();
    let expected = case["expected"].as_object().unwrap();
    let wrong: Vec<_> = expected.iter().filter(|(field, want)| !close(&got[*field], want, &case["tol"])).collect();
    (!wrong.is_empty()).then(|| format!("{}: got {got}, expected {wrong:?}", case["id"]))
}

fn close(got: &Value, want: &Value, tolerance: &Value) -> bool {
    let (Some(got), Some(want)) = (got.as_f64(), want.as_f64()) else { return got == want };
    (got - want).abs() <= f64::max(number(&tolerance["abs"]), number(&tolerance["rel"]) * want.abs())
}

fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("NaN") => f64::NAN,
        Some("Infinity") => f64::INFINITY,
        _ => value.as_f64().unwrap(),
    }
}

/// Runs one case; for the error cases the kind alone is the key.
fn answer(key: &str, input: &Value) -> Result<Value, Error> {
    let at = |field: &str| number(&input[field]);
    match key {
        "dist.normal/cdf" => Ok(json!({"value": Normal::cdf(at("x"))})),
        "dist.normal/sf" => Ok(json!({"value": Normal::sf(at("x"))})),
        "dist.normal/log_sf" => Ok(json!({"value": Normal::ln_sf(at("x"))})),
        "dist.normal/ppf" => Ok(json!({"value": Normal::quantile(at("p"))})),
        "dist.chi2/cdf" => Ok(json!({"value": ChiSquare { degrees: at("df") }.cdf(at("x"))})),
        "dist.chi2/sf" => Ok(json!({"value": ChiSquare { degrees: at("df") }.sf(at("x"))})),
        "prop.ztest/pooled" | "prop.ztest" => Ok(z(z_test(both(input)?, alternative(input)))),
        "prop.diff_ci/newcombe" | "prop.diff_ci" => {
            let both = both(input)?;
            let confidence = input.get("confidence").map_or(0.95, number);
            Ok(with(difference_interval(both, confidence)?, "diff", z_test(both, Alternative::TwoSided).difference))
        }
        "prop.ci/wilson" | "prop.ci" => Ok(ends(rate_interval(Tally::new(at("n"), at("conv"))?, at("confidence"))?)),
        "prop.lift_ci/walter_log_adjusted" => Ok(ends(lift_interval(both(input)?, at("confidence"))?)),
        "srm/pearson" | "srm" => Ok(ratio(sample_ratio(&numbers(&input["visitors"]), &numbers(&input["weights"]))?)),
        other => panic!("nobody runs {other}"),
    }
}

fn both(input: &Value) -> Result<[Tally; 2], Error> {
    let at = |field: &str| number(&input[field]);
    Tally::pair([at("n_a"), at("n_b")], [at("conv_a"), at("conv_b")])
}

fn alternative(input: &Value) -> Alternative {
    match input["alternative"].as_str() {
        Some("larger") => Alternative::Larger,
        Some("smaller") => Alternative::Smaller,
        _ => Alternative::TwoSided,
    }
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(number).collect()
}

fn ends(interval: Interval) -> Value {
    json!({"low": interval.low, "high": interval.high})
}

fn with(interval: Interval, field: &str, value: f64) -> Value {
    let mut fields: Map<String, Value> = ends(interval).as_object().unwrap().clone();
    fields.insert(field.into(), value.into());
    fields.into()
}

fn z(test: ZTest) -> Value {
    json!({"z": test.z, "p": test.p, "diff": test.difference, "se": test.standard_error})
}

fn ratio(found: SampleRatio) -> Value {
    let flags = (found.p < 0.001, found.p < 0.01);
    assert_eq!(found.mismatch, flags.0);
    json!({"statistic": found.statistic, "df": found.df, "p": found.p, "flag_at_0.001": flags.0, "flag_at_0.01": flags.1})
}
