//! The standard normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, PI};

/// 1/sqrt(2) minus the double nearest to it.
const FRAC_1_SQRT_2_REST: f64 = -4.833646656726457e-17;

/// The standard normal distribution: mean 0, standard deviation 1.
///
/// Not a number in, not a number out; infinities are allowed.
#[derive(Clone, Copy, Debug)]
pub struct Normal;

impl Normal {
    /// Density at `x`: exp(-x²/2) / sqrt(2π).
    pub fn density(x: f64) -> f64 {
        libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * PI)
    }

    /// Probability of at most `x`, as erfc(-x/sqrt 2) / 2 (NIST DLMF 7.18.1 with 7.2.2).
    ///
    /// ```
    /// # use privateer::stats::Normal;
    /// assert_eq!(Normal::cdf(0.0), 0.5);
    /// assert!(Normal::cdf(-37.5) > 4e-308); // not 0
    /// ```
    pub fn cdf(x: f64) -> f64 {
        Normal::sf(-x)
    }

    /// Probability of more than `x`: never written as `1 - cdf`, which is 0 from 8.3 on.
    ///
    /// x/sqrt 2 is rounded, and erfc magnifies that by x². So the part lost in rounding is kept and put back with
    /// erfc's derivative, -2/sqrt π · exp(-t²).
    pub fn sf(x: f64) -> f64 {
        let near = x * FRAC_1_SQRT_2;
        if libm::fabs(near) > 30.0 || near.is_nan() {
            return libm::erfc(near) / 2.0;
        }
        let lost = libm::fma(x, FRAC_1_SQRT_2, -near) + x * FRAC_1_SQRT_2_REST;
        libm::erfc(near) / 2.0 - lost * libm::exp(-near * near) / libm::sqrt(PI)
    }

    /// Natural logarithm of [`Normal::sf`], also where that is too small for a double.
    pub fn ln_sf(x: f64) -> f64 {
        if x < 30.0 {
            return libm::log(Normal::sf(x));
        }
        -x * x / 2.0 - libm::log(2.0 * PI) / 2.0 + libm::log(mills(x))
    }

    /// The `x` that is not exceeded with probability `p`; the inverse of [`Normal::cdf`].
    ///
    /// 0 gives minus infinity, 1 infinity, anything outside not a number. The start is Abramowitz and Stegun 26.2.23
    /// (error below 4.5e-4); two of Halley's steps on the cdf then reach the last digits.
    ///
    /// ```
    /// # use privateer::stats::Normal;
    /// assert!((Normal::quantile(0.975) - 1.959963984540054).abs() < 1e-15);
    /// ```
    pub fn quantile(p: f64) -> f64 {
        match p {
            0.0 => f64::NEG_INFINITY,
            1.0 => f64::INFINITY,
            0.5 => 0.0,
            _ if p > 0.5 && p < 1.0 => -lower_quantile(1.0 - p),
            _ if p > 0.0 && p < 0.5 => lower_quantile(p),
            _ => f64::NAN,
        }
    }
}

fn lower_quantile(p: f64) -> f64 {
    let x = rough_quantile(p);
    halley(halley(x, p), p)
}

/// Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.2.23.
fn rough_quantile(p: f64) -> f64 {
    let t = libm::sqrt(-2.0 * libm::log(p));
    let above = 2.515517 + t * (0.802853 + t * 0.010328);
    let below = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    above / below - t
}

/// One step of Halley's method for cdf(x) = p: the second derivative over the first is -x.
fn halley(x: f64, p: f64) -> f64 {
    let newton = (Normal::cdf(x) - p) / Normal::density(x);
    if newton.is_finite() { x - newton / (1.0 + x * newton / 2.0) } else { x }
}

/// Upper tail over density, by Laplace's continued fraction 1/(x + 1/(x + 2/(x + 3/(x + ...
/// (Abramowitz and Stegun 26.2.14); from 30 on, 20 levels are more than a double holds.
fn mills(x: f64) -> f64 {
    1.0 / (1..=20).rev().fold(x, |rest, level| x + f64::from(level) / rest)
}
