//! Visitors, and how many of them converted.

use crate::error::Error;

/// The largest number JavaScript counts to without gaps, 2^53 - 1.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// Visitors of one variation and how many of them converted: at least one visitor, no more conversions than visitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    visitors: u64,
    conversions: u64,
}

impl Tally {
    /// Checks two counts as they come from JavaScript.
    ///
    /// # Errors
    /// `not-finite`, `negative`, `not-whole`, `too-large` (above 2^53 - 1), `no-visitors` and
    /// `conversions-exceed-visitors`; the path is `visitors` or `conversions`.
    pub fn new(visitors: f64, conversions: f64) -> Result<Tally, Error> {
        let tally = Tally { visitors: count(visitors, "visitors")?, conversions: count(conversions, "conversions")? };
        match () {
            () if tally.visitors == 0 => Err(Error::new("no-visitors", "visitors", "There must be at least one visitor.")),
            () if tally.conversions > tally.visitors => Err(more_conversions_than_visitors()),
            () => Ok(tally),
        }
    }

    /// Two tallies at once, control first; paths such as `$.visitors[1]`.
    ///
    /// # Errors
    /// As [`Tally::new`].
    pub fn pair(visitors: [f64; 2], conversions: [f64; 2]) -> Result<[Tally; 2], Error> {
        let one = |at: usize| Tally::new(visitors[at], conversions[at]).map_err(|error| at_index(error, at));
        Ok([one(0)?, one(1)?])
    }

    /// Visitors, 1 to 2^53 - 1.
    pub fn visitors(self) -> u64 {
        self.visitors
    }

    /// Visitors who converted, 0 to all.
    pub fn conversions(self) -> u64 {
        self.conversions
    }

    /// Conversions per visitor, 0 to 1.
    pub fn rate(self) -> f64 {
        self.conversions as f64 / self.visitors as f64
    }
}

/// A count: whole, from 0 to 2^53 - 1.
pub(super) fn count(number: f64, path: &str) -> Result<u64, Error> {
    let (code, message) = match number {
        _ if !number.is_finite() => ("not-finite", "A count must be a number."),
        _ if number < 0.0 => ("negative", "A count cannot be negative."),
        _ if number > LARGEST => ("too-large", "A count above 2^53 - 1 is not exact."),
        _ if number != libm::trunc(number) => ("not-whole", "A count must be whole."),
        _ => return Ok(number as u64),
    };
    Err(Error::new(code, path, message))
}

fn more_conversions_than_visitors() -> Error {
    let message = "There are more conversions than visitors. Count each visitor who converted once.";
    Error::new("conversions-exceed-visitors", "conversions", message)
}

fn at_index(mut error: Error, index: usize) -> Error {
    error.path = format!("$.{}[{index}]", error.path);
    error
}
