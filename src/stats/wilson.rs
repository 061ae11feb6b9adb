//! Wilson's score interval, and how far intervals reach.

use super::Normal;
use crate::error::Error;

/// Wilson's score interval for a rate of `x` in `n`, `z` standard errors wide, without continuity correction: its two ends.
///
/// The two p with |x/n - p| = z sqrt(p(1-p)/n); Wilson, *JASA* 22 (1927) 209. `0 <= x <= n` and `n > 0`, not necessarily whole.
/// The ends stay within 0 and 1, and it keeps its promise for few conversions where x/n ± 1.96 sd does not. Each end is the stable
/// root of the quadratic, so an `x` of 0 gives exactly 0 below, and `n` exactly 1 above.
///
/// ```
/// # use privateer::stats::wilson;
/// let (low, high) = wilson(0.0, 10.0, 1.959963984540054); // z² / (n + z²) above
/// assert!(low == 0.0 && (high - 0.277_532_799_862_889).abs() < 1e-14);
/// ```
pub fn wilson(x: f64, n: f64, z: f64) -> (f64, f64) {
    (low(x, n, z), 1.0 - low(n - x, n, z))
}

/// The lower root of (n + z²) p² - (2x + z²) p + x²/n = 0, as product of the roots over the upper one.
fn low(x: f64, n: f64, z: f64) -> f64 {
    let upper = x + z * z / 2.0 + z * libm::sqrt(x * ((n - x) / n) + z * z / 4.0);
    x / n * (x / upper)
}

/// How many standard errors a two-sided interval reaches: 1.96 for 0.95.
///
/// # Errors
/// `confidence-out-of-range` unless `confidence` is between 0 and 1, both excluded.
pub fn critical(confidence: f64) -> Result<f64, Error> {
    if confidence > 0.0 && confidence < 1.0 {
        return Ok(-Normal::quantile((1.0 - confidence) / 2.0));
    }
    let message = "The confidence must lie between 0 and 1; 0.95 is usual.";
    Err(Error::new("confidence-out-of-range", "$.confidence", message))
}
