//! Recency, frequency, monetary value: scores from 1 to 5, and what they come to.

use crate::stats::sorted;
use serde::{Deserialize, Serialize};

/// What is known of a customer's purchases. Units are the caller's, the same for all customers.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Customer {
    /// Time since the last purchase; less is better.
    pub recency: f64,
    /// How many purchases.
    pub frequency: f64,
    /// What they spent.
    pub monetary: f64,
}

/// Scores from 1 (worst fifth) to 5 (best).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rfm {
    /// How lately they bought.
    pub r: u8,
    /// How often.
    pub f: u8,
    /// How much.
    pub m: u8,
}

/// What a place on the grid of R and FM is called. Every place has one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    /// Lately, often and much.
    Champions,
    /// Often and much, and not long ago.
    Loyal,
    /// Lately, and more than once.
    PotentialLoyalists,
    /// Lately, and for the first time.
    New,
    /// Not long ago, little so far.
    Promising,
    /// In the middle of everything.
    NeedAttention,
    /// Little, and some time ago.
    AboutToSleep,
    /// Often or much, but long ago.
    AtRisk,
    /// Among the best, but longest ago.
    CannotLose,
    /// Little, and long ago.
    Hibernating,
    /// Little, and longest ago.
    Lost,
}

use Segment::*;

/// Rows: R from 1 to 5; columns: FM from 1 to 5.
const GRID: [[Segment; 5]; 5] = [
    [Lost, Hibernating, AtRisk, CannotLose, CannotLose],
    [Hibernating, Hibernating, AtRisk, AtRisk, AtRisk],
    [AboutToSleep, NeedAttention, NeedAttention, Loyal, Loyal],
    [Promising, PotentialLoyalists, PotentialLoyalists, Loyal, Champions],
    [New, PotentialLoyalists, PotentialLoyalists, Champions, Champions],
];

impl Rfm {
    /// F and M in one: their mean, rounded up at the half, so that either can lift.
    pub fn fm(self) -> u8 {
        (self.f + self.m).div_ceil(2)
    }

    /// The segment of the grid.
    pub fn segment(self) -> Segment {
        let place = |score: u8| usize::from(score.clamp(1, 5)) - 1;
        GRID[place(self.r)][place(self.fm())]
    }
}

/// The scores of all customers, in their order: 1 + floor(5 · share of customers that are strictly worse).
///
/// Equal values have equal scores, whatever the order; so where many are equal (half of all customers bought once), some
/// scores have nobody. What is no number counts as worst.
///
/// ```
/// use privateer::growth::{Customer, Segment, rfm};
/// let customers = [(90.0, 1.0, 20.0), (2.0, 9.0, 900.0)].map(|(recency, frequency, monetary)| Customer { recency, frequency, monetary });
/// let scores = rfm(&customers);
/// assert_eq!((scores[1].r, scores[1].f, scores[1].m), (3, 3, 3)); // better than one half of them
/// ```
pub fn rfm(customers: &[Customer]) -> Vec<Rfm> {
    let r = scores(customers.iter().map(|customer| -customer.recency));
    let f = scores(customers.iter().map(|customer| customer.frequency));
    let m = scores(customers.iter().map(|customer| customer.monetary));
    r.zip(f).zip(m).map(|((r, f), m)| Rfm { r, f, m }).collect()
}

/// Scores of values of which more is better.
fn scores(values: impl Iterator<Item = f64>) -> impl Iterator<Item = u8> {
    let values: Vec<f64> = values.map(|value| if value.is_nan() { f64::NEG_INFINITY } else { value }).collect();
    let sorted = sorted(&values);
    values.into_iter().map(move |value| {
        let worse = sorted.partition_point(|other| *other < value);
        // In whole numbers: a share of exactly three fifths is not to fall below by rounding.
        1 + (5 * worse / sorted.len()) as u8
    })
}
