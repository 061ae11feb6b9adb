//! Two conversion rates compared: is there a difference, and how large may it be?

use super::Tally;
use crate::{
    error::Error,
    stats::{Normal, critical, wilson},
};
use serde::Serialize;

/// Two ends of a confidence interval, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What would count as a surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// The rates differ, either way.
    TwoSided,
    /// The treatment's rate is larger.
    Larger,
    /// The treatment's rate is smaller.
    Smaller,
}

/// A test's statistic and p value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZTest {
    /// Distance in standard errors; positive when the treatment's rate is larger.
    pub z: f64,
    /// Probability, were there no difference, of a result at least this surprising. Exact far below 1e-16.
    pub p: f64,
    /// Treatment's rate minus control's.
    pub difference: f64,
    /// Standard error of the difference, were there none.
    pub standard_error: f64,
}

/// Everything about two variations, control first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Conversions per visitor, control first.
    pub rates: [f64; 2],
    /// Treatment's rate minus control's.
    pub difference: f64,
    /// Lower end of Newcombe's interval for the difference.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// Treatment's rate over control's, minus 1: 0.1 is +10 %. Absent when nobody converted in the control.
    pub lift: Option<f64>,
    /// Lower end of Walter's interval for the lift.
    pub lift_low: f64,
    /// Upper end of it.
    pub lift_high: f64,
    /// Statistic of the pooled z test; positive when the treatment's rate is larger.
    pub z: f64,
    /// Its two-sided p value.
    pub p: f64,
    /// Confidence of both intervals, between 0 and 1.
    pub confidence: f64,
}

/// Compares two variations, control first: pooled z test, Newcombe's interval, lift.
///
/// The test and the intervals answer at the horizon planned beforehand. Read daily until something is significant,
/// they find differences that are not there.
///
/// # Errors
/// `confidence-out-of-range` unless `confidence` is between 0 and 1, both excluded.
///
/// ```
/// use privateer::insights::{Tally, compare};
/// let both = Tally::pair([1000.0, 1000.0], [100.0, 130.0])?;
/// let result = compare(both, 0.95)?;
/// assert!((result.p - 0.0354884504665).abs() < 1e-12);
/// # Ok::<(), privateer::error::Error>(())
/// ```
pub fn compare(both: [Tally; 2], confidence: f64) -> Result<Comparison, Error> {
    let Interval { low, high } = difference_interval(both, confidence)?;
    let lift_ends = lift_interval(both, confidence)?;
    let ZTest { z, p, difference, .. } = z_test(both, Alternative::TwoSided);
    let (lift, lift_low, lift_high) = (lift(both), lift_ends.low, lift_ends.high);
    Ok(Comparison { rates: both.map(Tally::rate), difference, low, high, lift, lift_low, lift_high, z, p, confidence })
}

/// The z test for two proportions with the variance of the pooled rate.
///
/// z = (pB - pA) / sqrt(p(1-p)(1/nA + 1/nB)) with p = (xA + xB)/(nA + nB); Fleiss, Levin and Paik, *Statistical
/// Methods for Rates and Proportions*, 3rd ed., 3.1, without continuity correction. Nobody or everybody converting
/// leaves no variance: z is 0 and p is 1 by convention, since the data cannot contradict equality.
pub fn z_test(both: [Tally; 2], alternative: Alternative) -> ZTest {
    let [a, b] = both;
    let (n, x) = (a.visitors() as f64 + b.visitors() as f64, a.conversions() as f64 + b.conversions() as f64);
    let per_visitor = 1.0 / a.visitors() as f64 + 1.0 / b.visitors() as f64;
    let standard_error = libm::sqrt(x / n * ((n - x) / n) * per_visitor);
    let difference = difference(both);
    let z = if standard_error > 0.0 { difference / standard_error } else { 0.0 };
    let no_variance = standard_error == 0.0;
    ZTest { z, p: if no_variance { 1.0 } else { p_value(z, alternative) }, difference, standard_error }
}

fn p_value(z: f64, alternative: Alternative) -> f64 {
    match alternative {
        Alternative::TwoSided => 2.0 * Normal::sf(libm::fabs(z)),
        Alternative::Larger => Normal::sf(z),
        Alternative::Smaller => Normal::cdf(z),
    }
}

/// Wilson's score interval for one rate: [`wilson`].
///
/// # Errors
/// As [`compare`].
pub fn rate_interval(tally: Tally, confidence: f64) -> Result<Interval, Error> {
    let (low, high) = wilson(tally.conversions() as f64, tally.visitors() as f64, critical(confidence)?);
    Ok(Interval { low, high })
}

/// Newcombe's hybrid score interval for the treatment's rate minus the control's.
///
/// d - sqrt((pB - lB)² + (uA - pA)²) to d + sqrt((uB - pB)² + (pA - lA)²), l and u from Wilson's intervals;
/// method 10 of Newcombe, *Statistics in Medicine* 17 (1998) 873. Within -1 and 1, defined for every pair of tallies.
///
/// # Errors
/// As [`compare`].
pub fn difference_interval(both: [Tally; 2], confidence: f64) -> Result<Interval, Error> {
    let [a, b] = [rate_interval(both[0], confidence)?, rate_interval(both[1], confidence)?];
    let [rate_a, rate_b] = both.map(Tally::rate);
    let difference = difference(both);
    Ok(Interval {
        low: difference - libm::hypot(rate_b - b.low, a.high - rate_a),
        high: difference + libm::hypot(b.high - rate_b, rate_a - a.low),
    })
}

/// Walter's interval for the lift, the ratio of rates minus 1.
///
/// The log of the ratio with half a conversion and half a visitor added on both sides, plus and minus z times
/// sqrt(1/(xB+½) - 1/(nB+½) + 1/(xA+½) - 1/(nA+½)); Walter, *Biometrika* 62 (1975) 371. Chosen over Katz's plain
/// form because it exists without conversions in a variation, which is when people ask. It is wide then, as it must
/// be. When everybody converted in both variations it has no width and should not be shown.
///
/// # Errors
/// As [`compare`].
pub fn lift_interval(both: [Tally; 2], confidence: f64) -> Result<Interval, Error> {
    let z = critical(confidence)?;
    let [(ratio_a, variance_a), (ratio_b, variance_b)] = both.map(adjusted);
    let (centre, half_width) = (ratio_b - ratio_a, z * libm::sqrt(variance_a + variance_b));
    Ok(Interval { low: libm::expm1(centre - half_width), high: libm::expm1(centre + half_width) })
}

/// Log of the rate with ½ added to both counts, and its variance 1/x - 1/n, written without cancellation.
fn adjusted(tally: Tally) -> (f64, f64) {
    let (x, n) = (tally.conversions() as f64 + 0.5, tally.visitors() as f64 + 0.5);
    (libm::log(x / n), (n - x) / (x * n))
}

/// Treatment's rate minus control's. The numerator is exact, so a small difference of large rates keeps its digits.
fn difference(both: [Tally; 2]) -> f64 {
    let [a, b] = both.map(|tally| (i128::from(tally.conversions()), i128::from(tally.visitors())));
    (b.0 * a.1 - a.0 * b.1) as f64 / (a.1 * b.1) as f64
}

/// Treatment's rate over control's, minus 1; the numerator exact as in [`difference`].
fn lift(both: [Tally; 2]) -> Option<f64> {
    let [a, b] = both.map(|tally| (i128::from(tally.conversions()), i128::from(tally.visitors())));
    (a.0 > 0).then(|| (b.0 * a.1 - a.0 * b.1) as f64 / (a.0 * b.1) as f64)
}
