//! Choices that follow from a seed.

use super::support::host::Native;

pub struct Chance(Native);

impl Chance {
    /// Those of one input among all that a seed gives.
    pub fn of(seed: u64, number: u64) -> Chance {
        Chance(Native::seeded(Native::seeded(seed).next().wrapping_add(number)))
    }

    /// A number below `limit`; of an empty choice, 0.
    pub fn below(&self, limit: usize) -> usize {
        (self.0.next() % limit.max(1) as u64) as usize
    }

    pub fn once_in(&self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'c, T>(&self, choices: &'c [T]) -> &'c T {
        &choices[self.below(choices.len())]
    }

    pub fn word<'c>(&self, words: &[&'c str]) -> &'c str {
        self.pick::<&str>(words)
    }
}
