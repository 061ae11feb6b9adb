//! How good predictions are: against scikit-learn on the same predictions (`tests/data/evaluate/generate.py`), and laws.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

use privateer::evaluate::{Evaluation, Isotonic, Platt, evaluate, increasing};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    predictions: Vec<f64>,
    outcomes: Vec<bool>,
    weights: Option<Vec<f64>>,
    n: usize,
    base_rate: f64,
    auc: f64,
    brier: f64,
    log_loss: f64,
    ece: f64,
    lift_at_10: f64,
    bins: Vec<Bin>,
    roc: [Vec<f64>; 3],
    isotonic: Curve,
    platt: Fits,
}

#[derive(Deserialize)]
struct Bin {
    count: usize,
    mean_prediction: Option<f64>,
    observed_rate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Deserialize)]
struct Curve {
    at: Vec<f64>,
    probabilities: Vec<f64>,
    at_predictions: Vec<f64>,
}

#[derive(Deserialize)]
struct Fits {
    scikit_learn: [f64; 2],
    exact: Option<[f64; 2]>,
}

fn cases() -> Vec<Case> {
    let mut file: serde_json::Value = serde_json::from_str(include_str!("data/evaluate/reference.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_value(file["cases"].take()).unwrap();
    assert_eq!(cases.len(), 13);
    cases
}

fn near(name: &str, what: &str, ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance, "{name}, {what}: {ours} is not {theirs}");
}

mod scikit_learn {
    use super::*;

    #[test]
    fn the_figures_are_the_same() {
        for case in cases() {
            let found = evaluate(&case.predictions, &case.outcomes, case.weights.as_deref()).unwrap();
            let pairs = [
                ("auc", found.auc, case.auc),
                ("brier", found.brier, case.brier),
                ("log loss", found.log_loss, case.log_loss),
                ("ece", found.ece, case.ece),
                ("lift", found.lift_at_10, case.lift_at_10),
                ("base rate", found.base_rate, case.base_rate),
            ];
            for (what, ours, theirs) in pairs {
                near(&case.name, what, ours, theirs, 1e-12);
            }
            assert_eq!(found.n, case.n, "{}", case.name);
        }
    }

    #[test]
    fn the_bins_are_the_same() {
        for case in cases() {
            let found = evaluate(&case.predictions, &case.outcomes, case.weights.as_deref()).unwrap();
            for (ours, theirs) in found.bins.iter().zip(&case.bins) {
                assert_eq!(ours.count, theirs.count, "{}, from {}", case.name, ours.from);
                let of = |ours: Option<f64>, theirs: Option<f64>| {
                    near(&case.name, "bin", ours.unwrap_or(-1.0), theirs.unwrap_or(-1.0), 1e-12);
                };
                of(ours.mean_prediction, theirs.mean_prediction);
                of(ours.observed_rate, theirs.observed_rate);
                of(ours.low, theirs.low);
                of(ours.high, theirs.high);
            }
        }
    }

    /// A point for each prediction, the same ones as `roc_curve(drop_intermediate=False)`, which also has those of weight 0.
    #[test]
    fn the_curve_is_the_same() {
        for case in cases() {
            let found = evaluate(&case.predictions, &case.outcomes, case.weights.as_deref()).unwrap().roc;
            assert_eq!((found[0].threshold, found[0].false_positive_rate, found[0].true_positive_rate), (None, 0.0, 0.0));
            let [thresholds, false_rates, true_rates] = &case.roc;
            let theirs = thresholds.iter().zip(&false_rates[1..]).zip(&true_rates[1..]);
            let mut ours = found[1..].iter().peekable();
            for ((threshold, false_rate), true_rate) in theirs {
                if let Some(point) = ours.next_if(|point| point.threshold == Some(*threshold)) {
                    near(&case.name, "false positives", point.false_positive_rate, *false_rate, 1e-12);
                    near(&case.name, "true positives", point.true_positive_rate, *true_rate, 1e-12);
                } else {
                    let weights = case.weights.as_ref().expect("only what weighs nothing is left out");
                    assert!(case.predictions.iter().zip(weights).all(|(other, weight)| other != threshold || *weight == 0.0));
                }
            }
            assert!(ours.next().is_none(), "{}", case.name);
        }
    }

    #[test]
    fn isotonic_calibration_is_the_same() {
        for case in cases() {
            let fitted = Isotonic::fit(&case.predictions, &case.outcomes, case.weights.as_deref()).unwrap();
            let grid = case.isotonic.at.iter().zip(&case.isotonic.probabilities);
            for (score, theirs) in grid.chain(case.predictions.iter().zip(&case.isotonic.at_predictions)) {
                near(&case.name, &format!("isotonic at {score}"), fitted.probability(*score), *theirs, 1e-12);
            }
        }
    }

    /// To 1e-10 of what 40-digit arithmetic finds; and within 1e-6 of scikit-learn's probabilities, whose optimiser (L-BFGS, gtol 1e-6)
    /// stops that early.
    #[test]
    fn platts_calibration_is_the_same() {
        for case in cases() {
            let fitted = Platt::fit(&case.predictions, &case.outcomes, case.weights.as_deref()).unwrap();
            if let Some([a, b]) = case.platt.exact {
                near(&case.name, "a", fitted.a, a, 1e-10 * a.abs().max(1.0));
                near(&case.name, "b", fitted.b, b, 1e-10 * b.abs().max(1.0));
            }
            let [a, b] = case.platt.scikit_learn;
            for score in &case.predictions {
                near(&case.name, "Platt", fitted.probability(*score), Platt { a, b }.probability(*score), 1e-6);
            }
        }
    }
}

mod by_hand {
    use super::*;

    /// Of ten cases the tenth is one; of four that came true it finds one: 0.25 / 0.1. Were two ahead alike, each would be one half of it.
    #[test]
    fn the_first_tenth_is_taken_in_part_where_it_ends_within_ties() {
        let outcomes = [true, true, true, true, false, false, false, false, false, false];
        let lift = |first: f64, second: f64| {
            let predictions = [first, second, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
            evaluate(&predictions, &outcomes, None).unwrap().lift_at_10
        };
        assert_eq!([lift(0.9, 0.8), lift(0.9, 0.9)], [2.5, 2.5]);
        near("all alike", "lift", lift(0.5, 0.5), 1.0, 1e-15);
    }

    /// One bin from 0 to 0.1, an edge below; Wilson for 1 of 4: (1 + z²/2 ± z √(3/4 + z²/4)) / (4 + z²) with z² = 3.8415 is 0.0456, 0.6994.
    #[test]
    fn an_edge_belongs_to_the_lower_bin() {
        let found = evaluate(&[0.0, 0.1, 0.1, 0.05, 0.2], &[false, true, false, false, true], None).unwrap();
        assert_eq!(found.bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [4, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!((found.bins[0].observed_rate, found.bins[2].mean_prediction), (Some(0.25), None));
        near("first bin", "low", found.bins[0].low.unwrap(), 0.0456, 1e-4);
        near("first bin", "high", found.bins[0].high.unwrap(), 0.6994, 1e-4);
    }
}

mod digits {
    use super::*;

    /// p + (q - p) is not always q: what was learned is looked up, not computed. The double below 1 is as far from -1 as 1.
    #[test]
    fn at_what_it_learned_a_calibration_says_what_it_learned() {
        let rate = |count: u8| f64::from(count) / 49.0;
        let pairs = || (0..49).flat_map(|one| (one + 1..=49).map(move |other| (rate(one), rate(other))));
        assert!(pairs().any(|(from, to)| from + (to - from) > to) && pairs().any(|(from, to)| from + (to - from) < to));
        for (from, to) in pairs() {
            let steps = Isotonic { scores: vec![-1.0, 1.0, 2.0], probabilities: vec![from, to, to] };
            let said = [0.0, 1.0_f64.next_down(), 1.0, 1.5, 2.0, 3.0].map(|score| steps.probability(score));
            assert!(said.is_sorted() && said[2..].iter().all(|probability| *probability == to), "{said:?}");
        }
    }
}

mod mistakes {
    use super::*;

    fn code(predictions: &[f64], outcomes: &[bool], weights: Option<&[f64]>) -> (&'static str, String) {
        let error = evaluate(predictions, outcomes, weights).unwrap_err();
        assert!(error.message.ends_with('.'));
        (error.code, error.path)
    }

    #[test]
    fn every_mistake_is_an_error_with_its_place() {
        let both = [true, false];
        let table = [
            (code(&[], &[], None), ("empty", "predictions")),
            (code(&[0.1], &both, None), ("length-mismatch", "outcomes")),
            (code(&[0.1, 0.2], &both, Some(&[1.0])), ("length-mismatch", "weights")),
            (code(&[0.1, f64::NAN], &both, None), ("not-finite", "predictions[1]")),
            (code(&[f64::INFINITY, 0.1], &both, None), ("not-finite", "predictions[0]")),
            (code(&[0.1, 1.1], &both, None), ("out-of-range", "predictions[1]")),
            (code(&[-1e-9, 1.0], &both, None), ("out-of-range", "predictions[0]")),
            (code(&[0.1, 0.2], &both, Some(&[1.0, -1.0])), ("negative", "weights[1]")),
            (code(&[0.1, 0.2], &both, Some(&[f64::NAN, 1.0])), ("not-finite", "weights[0]")),
            (code(&[0.1, 0.2], &[true, true], None), ("one-class", "outcomes")),
            (code(&[0.1, 0.2], &[false, false], None), ("one-class", "outcomes")),
            (code(&[0.1, 0.2], &both, Some(&[1.0, 0.0])), ("one-class", "outcomes")),
        ];
        for ((code, path), wanted) in table {
            assert_eq!((code, path.as_str()), wanted);
        }
    }

    #[test]
    fn scores_that_are_no_probabilities_can_be_calibrated() {
        let scores = [-1e308, -3.0, 2.0, 1e308];
        let outcomes = [false, true, false, true];
        let (platt, isotonic) = (Platt::fit(&scores, &outcomes, None).unwrap(), Isotonic::fit(&scores, &outcomes, None).unwrap());
        for score in scores {
            assert!((0.0..=1.0).contains(&platt.probability(score)) && (0.0..=1.0).contains(&isotonic.probability(score)));
        }
        assert!(isotonic.probability(f64::NAN).is_nan());
    }
}

/// Predictions on a grid, so that ties occur and 1 - p is exact, and outcomes with at least one of each kind.
fn judged() -> impl Strategy<Value = (Vec<f64>, Vec<bool>)> {
    prop::collection::vec((0_u8..=64, any::<bool>()), 0..80).prop_map(|cases| {
        let all = cases.into_iter().chain([(20, true), (30, false)]);
        all.map(|(prediction, outcome)| (f64::from(prediction) / 64.0, outcome)).unzip()
    })
}

fn judge((predictions, outcomes): &(Vec<f64>, Vec<bool>)) -> Evaluation {
    evaluate(predictions, outcomes, None).unwrap()
}

proptest! {
    #[test]
    fn only_the_order_of_predictions_matters_for_auc_and_lift(cases in judged()) {
        let bent = (cases.0.iter().map(|p| p * p * (3.0 - 2.0 * p)).collect(), cases.1.clone());
        let (straight, bent) = (judge(&cases), judge(&bent));
        prop_assert_eq!((straight.auc, straight.lift_at_10), (bent.auc, bent.lift_at_10));
    }

    #[test]
    fn the_opposite_prediction_has_the_rest_of_the_area(cases in judged()) {
        let opposite = (cases.0.iter().map(|p| 1.0 - p).collect(), cases.1.clone());
        prop_assert!((judge(&cases).auc + judge(&opposite).auc - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_area_is_the_one_under_the_curve(cases in judged()) {
        let found = judge(&cases);
        let area: f64 = found.roc.windows(2).map(|pair| {
            (pair[1].false_positive_rate - pair[0].false_positive_rate) * (pair[1].true_positive_rate + pair[0].true_positive_rate) / 2.0
        }).sum();
        prop_assert!((area - found.auc).abs() < 1e-12);
        let last = found.roc.last().unwrap();
        prop_assert_eq!((last.false_positive_rate, last.true_positive_rate), (1.0, 1.0));
    }

    #[test]
    fn a_case_of_weight_two_is_two_cases(cases in judged()) {
        let weights: Vec<f64> = (0..cases.0.len()).map(|place| (place % 3) as f64).chain([1.0, 1.0]).collect();
        let (mut predictions, mut outcomes) = cases;
        predictions.extend([0.5, 0.5]);
        outcomes.extend([true, false]);
        let weighted = evaluate(&predictions, &outcomes, Some(&weights)).unwrap();
        let copies = |place: usize| std::iter::repeat_n(place, weights[place] as usize);
        let (p, y): (Vec<f64>, Vec<bool>) = (0..weights.len()).flat_map(copies).map(|place| (predictions[place], outcomes[place])).unzip();
        let plain = evaluate(&p, &y, None).unwrap();
        for (one, other) in [(weighted.auc, plain.auc), (weighted.brier, plain.brier), (weighted.log_loss, plain.log_loss), (weighted.ece, plain.ece), (weighted.lift_at_10, plain.lift_at_10)] {
            prop_assert!((one - other).abs() < 1e-12);
        }
    }

    #[test]
    fn figures_stay_within_their_bounds(cases in judged()) {
        let found = judge(&cases);
        for share in [found.auc, found.brier, found.ece, found.base_rate] {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        prop_assert!((0.0..=10.0 + 1e-12).contains(&found.lift_at_10));
        prop_assert_eq!(found.bins.iter().map(|bin| bin.count).sum::<usize>(), found.n);
        for bin in found.bins.iter().filter(|bin| bin.count > 0) {
            let (low, rate, high) = (bin.low.unwrap(), bin.observed_rate.unwrap(), bin.high.unwrap());
            prop_assert!(0.0 <= low && low <= rate && rate <= high && high <= 1.0);
            prop_assert!(bin.from <= bin.mean_prediction.unwrap() + 1e-12 && bin.mean_prediction.unwrap() <= bin.to + 1e-12);
        }
    }

    #[test]
    fn pooling_never_falls_keeps_the_sum_and_changes_nothing_twice(points in prop::collection::vec((-5.0..5.0, 0.1..4.0), 1..80)) {
        let (values, weights): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        let once = increasing(&values, &weights);
        prop_assert!(once.windows(2).all(|pair| pair[0] <= pair[1]));
        let sum = |values: &[f64]| values.iter().zip(&weights).map(|(value, weight)| value * weight).sum::<f64>();
        prop_assert!((sum(&once) - sum(&values)).abs() < 1e-9);
        prop_assert_eq!(increasing(&once, &weights), once);
    }

    #[test]
    fn calibration_keeps_the_order(cases in judged(), scale in 0.01..1000.0, shift in -50.0..50.0) {
        let scores: Vec<f64> = cases.0.iter().map(|p| p * scale + shift).collect();
        let isotonic = Isotonic::fit(&scores, &cases.1, None).unwrap();
        let mut sorted = scores.clone();
        sorted.sort_by(f64::total_cmp);
        let calibrated: Vec<f64> = sorted.iter().map(|score| isotonic.probability(*score)).collect();
        prop_assert!(calibrated.windows(2).all(|pair| pair[0] <= pair[1]));
        for (score, probability) in isotonic.scores.iter().zip(&isotonic.probabilities) {
            prop_assert_eq!(isotonic.probability(*score), *probability, "to the last digit");
        }
        // Among its own cases an isotonic calibration is calibrated: the mean is the base rate.
        let mean = calibrated.iter().sum::<f64>() / calibrated.len() as f64;
        prop_assert!((mean - judge(&cases).base_rate).abs() < 1e-9);
    }

    #[test]
    fn platts_curve_does_not_depend_on_the_scale(cases in judged(), scale in 0.001..1000.0, shift in -50.0..50.0) {
        let scores: Vec<f64> = cases.0.iter().map(|p| p * scale + shift).collect();
        let (plain, scaled) = (Platt::fit(&cases.0, &cases.1, None).unwrap(), Platt::fit(&scores, &cases.1, None).unwrap());
        for (p, score) in cases.0.iter().zip(&scores) {
            prop_assert!((plain.probability(*p) - scaled.probability(*score)).abs() < 1e-7);
        }
    }
}
