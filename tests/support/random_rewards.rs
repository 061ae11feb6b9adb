//! Programs and histories at random, small enough that everything that can meet does.

use super::host::Native;
use privateer::{
    base::Time,
    referral::reward::{Basis, Entry, Kind, MOST, Rewards, Rule, Step, Unit, Worth},
};

pub const START: i64 = 1_772_323_200_000;
pub const DAY: i64 = 86_400_000;
/// Conversions, and refunds of any of them; some have no id.
const ORDERS: [&str; 8] = ["o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7"];
const REFUNDS: [&str; 3] = ["r", "s", ""];
/// What is said about conversions, and conversions themselves, more often.
const KINDS: [Kind; 8] = [
    Kind::Conversion,
    Kind::Conversion,
    Kind::Conversion,
    Kind::Conversion,
    Kind::Refund,
    Kind::Approved,
    Kind::Rejected,
    Kind::Unclear,
];
const ADVOCATES: [&str; 4] = ["ADA", "BOB", "CY", ""];
/// One friend is an advocate, too.
const FRIENDS: [&str; 6] = ["f0", "f1", "f2", "f3", "f4", "BOB"];
const AMOUNTS: [i64; 8] = [0, 1, 19, 999, 1_000, 12_345, 100_000, MOST];

/// Choices that follow from a seed.
pub struct Chance(Native);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(Native::seeded(seed))
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.0.next() % most as u64) as usize
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of the choices, or none at all, most often.
    fn bound(&mut self, choices: &[i64]) -> i64 {
        if self.one_in(3) { self.of(choices) } else { MOST }
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    fn amount(&mut self, may_be_share: bool) -> Worth {
        match self.below(4) {
            0 | 1 if may_be_share => Worth::Share(self.of(&[1, 250, 500, 3_333, 10_000])),
            unit => Worth::Amount(self.of(&Unit::ALL), [1, 30, 500, 5_000][unit]),
        }
    }

    fn rule(&mut self, id: usize) -> Rule {
        let basis = self.of(&[Basis::Conversion, Basis::Conversion, Basis::Group, Basis::Milestone]);
        let counts: &[usize] = match basis {
            Basis::Conversion => &[0],
            _ => self.of::<&[usize]>(&[&[1, 2, 4], &[2, 3], &[3]]),
        };
        let worth = |friends: &usize| Step { friends: *friends, worth: self.amount(basis != Basis::Milestone) };
        let steps = counts.iter().map(worth).collect();
        let pays = if basis == Basis::Milestone { [true, false] } else { self.of(&[[true, false], [false, true], [true, true]]) };
        Rule {
            id: format!("rule {id}"),
            pays,
            basis,
            steps,
            minimum: self.of(&[0, 0, 1, 1_000]),
            first_only: self.one_in(2),
            duration: self.bound(&[1, DAY, 7 * DAY]),
            cap: self.bound(&[1, 499, 500, 20_000]),
            cap_per_person: self.bound(&[1, 600, 40_000]),
            at_most: self.of(&[usize::MAX, usize::MAX, 1, 2]),
            window: self.bound(&[1, DAY, 3 * DAY]),
        }
    }

    pub fn rewards(&mut self) -> Rewards {
        Rewards {
            currency: "EUR".into(),
            holding: self.of(&[0, DAY, 30 * DAY]),
            manual: self.one_in(3),
            budget: [(); 3].map(|()| self.bound(&[0, 1, 700, 50_000])),
            rules: (0..1 + self.below(4)).map(|id| self.rule(id)).collect(),
        }
    }

    fn time(&mut self) -> Time {
        Time(START + self.below(11) as i64 * (DAY / 2) + self.of(&[0, 0, 1]))
    }

    fn entry(&mut self) -> Entry<'static> {
        let kind = self.of(&KINDS);
        let order = self.below(8);
        let time = self.time();
        if kind == Kind::Conversion {
            let currency = if self.one_in(12) { "USD" } else { self.of(&["EUR", ""]) };
            let amount = Some(self.of(&AMOUNTS)).filter(|_| !self.one_in(9));
            let (advocate, friend) = (self.of(&ADVOCATES), self.of(&FRIENDS));
            return Entry { time, kind, id: ORDERS[order], of: "", advocate, friend, amount, currency };
        }
        let id = if kind == Kind::Refund { self.of(&REFUNDS) } else { "" };
        let currency = if self.one_in(20) { "USD" } else { "" };
        let amount = Some(self.of(&AMOUNTS)).filter(|_| kind == Kind::Refund && !self.one_in(3));
        Entry { time, kind, id, of: ORDERS[order], amount, currency, ..Entry::default() }
    }

    pub fn history(&mut self) -> Vec<Entry<'static>> {
        (0..self.below(15)).map(|_| self.entry()).collect()
    }
}
