//! How many users there will be, if all goes on as it does.

use crate::error::Error;

/// A viral loop: each user brings `k` new ones within one cycle, once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// How many users there are at first, S.
    pub start: f64,
    /// How many each brings.
    pub k: f64,
    /// How long that takes, in any unit of time, above 0.
    pub cycle: f64,
}

impl Projection {
    /// Whether there can be such a loop.
    ///
    /// # Errors
    /// `out-of-range` at the member: a number below 0, or no number; a cycle of 0.
    pub fn check(&self) -> Result<(), Error> {
        let fits = |number: f64| number.is_finite() && number >= 0.0;
        let parts = [("start", fits(self.start)), ("k", fits(self.k)), ("cycle", fits(self.cycle) && self.cycle > 0.0)];
        let message = "A number of 0 or more belongs here, and a cycle above 0.";
        let wrong = parts.iter().find(|(_, fits)| !fits);
        wrong.map_or(Ok(()), |(name, _)| Err(Error::new("out-of-range", *name, message)))
    }

    /// All users after a time of the cycle's unit, those of the start included: S + SK + SK² + … with one term for each cycle that is over, which is
    /// S (K^(t/cycle + 1) - 1) / (K - 1), and between the ends of cycles what that formula has there. For K = 1 it is S (t/cycle + 1).
    ///
    /// Each user invites in one cycle only. Formulas in which everybody invites again in each, S (1 + K)^(t/cycle), are found in
    /// public calculators, and promise far too much. Markets are not endless, so for K above 1 it holds at the beginning only.
    ///
    /// Infinite where no double holds it; no number for a time before the start.
    ///
    /// ```
    /// use privateer::growth::Projection;
    /// let loops = Projection { start: 100.0, k: 0.5, cycle: 2.0 };
    /// assert_eq!([0.0, 2.0, 4.0, 10.0].map(|time| loops.total(time)), [100.0, 150.0, 175.0, 196.875]);
    /// ```
    pub fn total(&self, time: f64) -> f64 {
        let Projection { start, k, cycle } = *self;
        let terms = time / cycle + 1.0;
        match k - 1.0 {
            _ if time.is_nan() || time < 0.0 => f64::NAN,
            0.0 => start * terms,
            // K^n - 1 as e^(n ln K) - 1, by the function that keeps the digits that K^n - 1 loses near 1.
            above => start * (libm::expm1(terms * libm::log(k)) / above),
        }
    }

    /// What it comes to in the end: S / (1 - K). `None` for a K of 1 or more, which has no end.
    pub fn limit(&self) -> Option<f64> {
        (self.k < 1.0).then(|| self.start / (1.0 - self.k))
    }
}
