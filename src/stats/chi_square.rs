//! The chi-square distribution.

use super::gamma;

/// The chi-square distribution: the sum of `degrees` squared standard normal numbers.
///
/// Degrees of freedom above 0, not necessarily whole. Negative values have probability 0 below them; not a number in,
/// or degrees not above 0, gives not a number.
#[derive(Clone, Copy, Debug)]
pub struct ChiSquare {
    /// Degrees of freedom.
    pub degrees: f64,
}

impl ChiSquare {
    /// Probability of at most `x`: P(degrees/2, x/2) (NIST DLMF 8.2.4).
    pub fn cdf(self, x: f64) -> f64 {
        self.tail(x, gamma::lower, 0.0)
    }

    /// Probability of more than `x`: Q(degrees/2, x/2); the p value of a chi-square test.
    ///
    /// ```
    /// # use privateer::stats::ChiSquare;
    /// let p = ChiSquare { degrees: 2.0 }.sf(100.0);
    /// assert!((p / (-50.0_f64).exp() - 1.0).abs() < 1e-13); // two degrees: exp(-x/2)
    /// ```
    pub fn sf(self, x: f64) -> f64 {
        self.tail(x, gamma::upper, 1.0)
    }

    fn tail(self, x: f64, of: fn(f64, f64) -> f64, at_zero: f64) -> f64 {
        match () {
            () if x.is_nan() || self.degrees.is_nan() || self.degrees <= 0.0 => f64::NAN,
            () if x <= 0.0 => at_zero,
            () => of(self.degrees / 2.0, x / 2.0),
        }
    }
}
