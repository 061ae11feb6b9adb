//! Sample ratio mismatch: did the variations get the traffic they were meant to get?

use super::tally::count;
use crate::{error::Error, stats::ChiSquare};
use serde::Serialize;

/// Below this p value a split is called broken. Small, because the check is repeated daily on every experiment.
pub const MISMATCH_BELOW: f64 = 0.001;

/// How far visitors strayed from the planned split.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SampleRatio {
    /// Pearson's chi-square, 0 for a perfect split.
    pub statistic: f64,
    /// Degrees of freedom: variations with a weight, minus one.
    pub df: u32,
    /// Probability of straying at least this far by chance.
    pub p: f64,
    /// Whether `p` is below [`MISMATCH_BELOW`]: assignment or logging is broken, and results should not be read.
    pub mismatch: bool,
}

/// Pearson's chi-square test of visitors against weights: Σ (observed - expected)² / expected.
///
/// Weights are relative; only their ratios count. A variation without weight takes no part, neither in the sum nor in
/// the degrees of freedom. No visitors at all give p = 1: there is nothing to contradict the plan.
///
/// # Errors
/// `length-mismatch`; a count's error (see [`super::Tally::new`]); `weight-out-of-range` for one negative or not
/// finite; `weights-sum-zero`; `too-few-variations` with fewer than two weights above 0; and
/// `visitors-without-weight` when somebody saw a variation meant for nobody, which no chance explains.
///
/// ```
/// use privateer::insights::sample_ratio;
/// let split = sample_ratio(&[15_752.0, 15_257.0], &[0.5, 0.5])?;
/// assert!((split.p - 0.00493873).abs() < 1e-8 && !split.mismatch);
/// # Ok::<(), privateer::error::Error>(())
/// ```
pub fn sample_ratio(visitors: &[f64], weights: &[f64]) -> Result<SampleRatio, Error> {
    check(visitors, weights)?;
    let (all, weight): (f64, f64) = (visitors.iter().sum(), weights.iter().sum());
    let weighted = visitors.iter().zip(weights).filter(|(_, weight)| **weight > 0.0);
    let df = weighted.clone().count() as u32 - 1;
    let statistic = weighted.map(|(seen, share)| term(*seen, all * (share / weight))).sum();
    let p = ChiSquare { degrees: f64::from(df) }.sf(statistic);
    Ok(SampleRatio { statistic, df, p, mismatch: p < MISMATCH_BELOW })
}

fn term(observed: f64, expected: f64) -> f64 {
    let difference = observed - expected;
    if difference == 0.0 { 0.0 } else { difference * (difference / expected) }
}

fn check(visitors: &[f64], weights: &[f64]) -> Result<(), Error> {
    if visitors.len() != weights.len() {
        return Err(Error::new("length-mismatch", "weights", "Give one weight for each variation."));
    }
    for (index, (&seen, &weight)) in visitors.iter().zip(weights).enumerate() {
        check_variation(seen, weight, index)?;
    }
    match weights.iter().filter(|weight| **weight > 0.0).count() {
        0 => Err(Error::new("weights-sum-zero", "weights", "At least two weights must be above 0.")),
        1 => Err(Error::new("too-few-variations", "weights", "A split needs two variations with a weight.")),
        _ => Ok(()),
    }
}

fn check_variation(seen: f64, weight: f64, index: usize) -> Result<(), Error> {
    let seen = count(seen, &format!("visitors[{index}]"))?;
    let at = |code, message: &str| Err(Error::new(code, format!("weights[{index}]"), message));
    match () {
        () if !weight.is_finite() || weight < 0.0 => at("weight-out-of-range", "A weight must be a number, 0 or above."),
        () if weight == 0.0 && seen > 0 => {
            at("visitors-without-weight", "Visitors saw a variation that has no weight: check the assignment, or the weights.")
        }
        () => Ok(()),
    }
}
