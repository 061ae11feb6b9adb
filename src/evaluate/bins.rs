//! Whether of what was given 30 % three in ten came true.

use super::{Sample, sample::Case};
use crate::stats::{critical, wilson};
use serde::Serialize;

/// How many bins of equal width there are.
pub const BINS: usize = 10;
const WIDTH: f64 = 0.1;
const CONFIDENCE: f64 = 0.95;

/// The cases whose prediction lies above `from` and not above `to`; the first bin has 0 as well.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The lower edge.
    pub from: f64,
    /// The upper edge.
    pub to: f64,
    /// How many cases, those of weight 0 not among them.
    pub count: usize,
    /// Their mean prediction; `None` where there are none, as all that follows.
    pub mean_prediction: Option<f64>,
    /// The share of them that came true.
    pub observed_rate: Option<f64>,
    /// Lower end of Wilson's 95 % interval for the observed rate.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
}

/// The ten bins with the weight of each, by rising prediction. Edges are the multiples of 0.1 as doubles, and an edge belongs to the
/// lower bin, as in scikit-learn's `calibration_curve(strategy="uniform")`.
///
/// With weights, means and rates are weighted, and the interval is the one of as many equal cases as say the same: (Σw)² / Σw² (Kish,
/// *Survey Sampling*, 1965, 11.7).
pub(super) fn bins(sample: &Sample) -> Vec<(Bin, f64)> {
    let mut rest = sample.cases.as_slice();
    let mut next = |number: usize| {
        let edges = (edge(number), edge(number + 1));
        let (inside, above) = rest.split_at(rest.partition_point(|case| case.prediction <= edges.1));
        rest = above;
        bin(edges, inside)
    };
    (0..BINS).map(&mut next).collect()
}

fn edge(number: usize) -> f64 {
    if number == BINS { 1.0 } else { number as f64 * WIDTH }
}

fn bin((from, to): (f64, f64), cases: &[Case]) -> (Bin, f64) {
    if cases.is_empty() {
        let nothing = Bin { from, to, count: 0, mean_prediction: None, observed_rate: None, low: None, high: None };
        return (nothing, 0.0);
    }
    let sum = |of: fn(&Case) -> f64| cases.iter().map(of).sum::<f64>();
    let weight = sum(|case| case.weight);
    let observed = (sum(|case| case.weight * case.outcome()) / weight).min(1.0);
    let mean = sum(|case| case.weight * case.prediction) / weight;
    let equal_cases = weight * (weight / sum(|case| case.weight * case.weight));
    let (low, high) = wilson(observed * equal_cases, equal_cases, critical(CONFIDENCE).unwrap_or(f64::NAN));
    let [mean_prediction, observed_rate, low, high] = [mean, observed, low, high].map(Some);
    (Bin { from, to, count: cases.len(), mean_prediction, observed_rate, low, high }, weight)
}

/// The expected calibration error: the mean distance of observed rate and mean prediction over the bins, by the weight of their cases
/// (Naeini, Cooper, Hauskrecht, AAAI 2015). 0 is calibrated; at most 1. It depends on the bins: compare only what was binned alike.
pub(super) fn ece(bins: &[(Bin, f64)]) -> f64 {
    let all: f64 = bins.iter().map(|(_, weight)| weight).sum();
    let off = |bin: &Bin| Some(libm::fabs(bin.mean_prediction? - bin.observed_rate?));
    bins.iter().filter_map(|(bin, weight)| Some(weight / all * off(bin)?)).sum()
}
