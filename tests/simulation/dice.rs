//! Choices that follow from a seed.

use crate::support::host::Native;

/// Every random choice of one visit.
pub struct Dice(Native);

impl Dice {
    pub fn of(seed: u64) -> Dice {
        Dice(Native::seeded(seed))
    }

    pub fn next(&self) -> u64 {
        self.0.next()
    }

    /// A number below `limit`.
    pub fn below(&self, limit: usize) -> usize {
        (self.0.next() % limit.max(1) as u64) as usize
    }

    /// Once in so many times; never for 0.
    pub fn once_in(&self, times: usize) -> bool {
        times > 0 && self.below(times) == 0
    }

    /// From `least` to `most`, both included.
    pub fn between(&self, least: i64, most: i64) -> i64 {
        least + (self.0.next() % (most - least + 1) as u64) as i64
    }

    pub fn pick<'d, T>(&self, choices: &'d [T]) -> &'d T {
        &choices[self.below(choices.len())]
    }

    /// The index of a choice, each as likely as its weight says.
    pub fn weighed<T>(&self, choices: &[(usize, T)]) -> usize {
        let mut rest = self.below(choices.iter().map(|(weight, _)| weight).sum());
        choices
            .iter()
            .position(|(weight, _)| {
                rest < *weight || {
                    rest -= weight;
                    false
                }
            })
            .unwrap_or(0)
    }
}
