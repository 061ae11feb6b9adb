//! How long codes have to be.

use super::{Codes, Kind};

/// Without a word on it.
pub(super) const USUAL: usize = 8;
/// The check character included.
pub(super) const SHORTEST: usize = 4;
pub(super) const LONGEST: usize = 20;
/// More codes cannot be expected.
pub(super) const MOST: u32 = 100_000_000;

/// Random codes may clash with odds below 1 in 1,000: k(k - 1)/2N < 1/1,000, so N > 500·k(k - 1).
const CARE: u64 = 500;

impl Codes {
    /// The length, from 4 to 20, for so many codes, at most 100 million. Random ones are so long that the odds of any clash among all of them
    /// are below 1 in 1,000 (by the union bound k(k-1)/2N, so never more); others, that there is one for each. `None` where 20
    /// characters are not enough.
    ///
    /// ```
    /// use privateer::referral::code::Codes;
    /// assert_eq!(Codes::usual().length_for(100_000), Some(10)); // 500 · 10⁵ · 10⁵ = 5 · 10¹² < 31⁹ = 2.6 · 10¹³, and the check
    /// ```
    pub fn length_for(&self, expected: u32) -> Option<usize> {
        let codes = u64::from(expected.min(MOST));
        let needed = match self.kind {
            Kind::Random => self.digits(CARE * codes * codes.saturating_sub(1)),
            Kind::Derived | Kind::Server => self.digits(codes.saturating_sub(1)) + 1, // the first tells how often it was drawn
        };
        let length = needed + usize::from(self.check);
        (length <= LONGEST).then_some(length.max(SHORTEST))
    }

    /// How many digits the number takes: the least d with sizeᵈ above it.
    fn digits(&self, mut number: u64) -> usize {
        let mut digits = 0;
        while number > 0 {
            number /= u64::from(self.alphabet.size().max(2));
            digits += 1;
        }
        digits
    }
}
