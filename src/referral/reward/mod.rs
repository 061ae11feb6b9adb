//! Rewards of a referral program: a pure function of the rules, what happened and the time, in whole numbers.
//!
//! What is paid for is a friend's own conversion, such as a purchase, and who is paid are this friend and the advocate who
//! brought them. **Depth is one**: rules for whoever stands above the advocate, or for recruitment itself, are refused when the
//! rules are read. The order of operations: entries that came twice are counted once; what cannot be used stops its conversion until somebody approves it; refunds make conversions smaller; each
//! friend is bound to their first advocate; rules grant, group by group of friends; the limits of a person hold them; the
//! budget holds all, oldest first. A statement says what is owed now: whoever has paid more takes the difference back, and
//! what a statement does not name is not owed.

mod bind;
mod entry;
mod grant;
mod line;
mod progress;
mod read;
mod settle;
mod sort;
mod when;
mod write;

use super::sentence;
use crate::{
    base::{
        Time,
        json::{Json, Section, Writer},
    },
    error::Error,
};
use alloc::{string::String, vec::Vec};

pub use entry::{Entry, Kind, entries};
pub use line::{Line, Side, State, Total};
pub use progress::Progress;
pub use write::write_problems;

/// The largest number that JavaScript counts exactly, 2⁵³: no amount, budget or sum is above it.
pub const MOST: i64 = 1 << 53;

/// What a reward is counted in. A currency's smallest unit, such as cents; points; days of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Whole minor units of the program's currency.
    #[default]
    Money,
    /// Whole points.
    Points,
    /// Whole days, such as 30 days of a membership.
    Days,
}

impl Unit {
    /// All, in the order of [`Rewards::budget`].
    pub const ALL: [Unit; 3] = [Unit::Money, Unit::Points, Unit::Days];

    /// Its word in definitions and statements.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Money => "money",
            Unit::Points => "points",
            Unit::Days => "days",
        }
    }
}

/// What one conversion, or one milestone, is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// A share of what the friend paid, in basis points (hundredths of a percent), 1 to 10,000.
    Share(i64),
    /// So many of a unit, 1 to [`MOST`].
    Amount(Unit, i64),
}

impl Worth {
    /// What it comes to for a payment, and in which unit.
    ///
    /// Shares are rounded down to whole minor units: no reward is then above its percentage, and neither is any sum of them.
    /// Nothing overflows: `paid` is parted at ten thousands, which changes no result.
    ///
    /// ```
    /// # use privateer::referral::reward::{Unit, Worth};
    /// assert_eq!(Worth::Share(250).of(9_999), (Unit::Money, 249)); // 2.5 % of 99.99 are 2.499 75
    /// ```
    pub fn of(self, paid: i64) -> (Unit, i64) {
        match self {
            Worth::Share(points) => (Unit::Money, paid / 10_000 * points + paid % 10_000 * points / 10_000),
            Worth::Amount(unit, amount) => (unit, amount),
        }
    }
}

/// What a number of friends brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From so many friends on; 0 where no friends are counted.
    pub friends: usize,
    /// What each conversion is worth then, or the milestone.
    pub worth: Worth,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Each conversion by itself: percent, fixed, points, days.
    Conversion,
    /// How many friends came together: each friend's first conversion is worth what the largest step that the group reached
    /// says. Four friends are on the step of three, where the next is that of five; more than the last step's are on the last.
    Group,
    /// How many friends there are: each step is paid once.
    Milestone,
}

/// One rule. Spans are in ms; what is not limited is [`MOST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in statements.
    pub id: String,
    /// Whether it pays the advocate, the friend.
    pub pays: [bool; 2],
    /// What it looks at.
    pub basis: Basis,
    /// From few friends to many; one of no friends for [`Basis::Conversion`].
    pub steps: Vec<Step>,
    /// Conversions below this bring nothing, nor do they count as a friend. Minor units.
    pub minimum: i64,
    /// Only the first conversion of a friend counts, of all that are in the history.
    pub first_only: bool,
    /// How long a friend's conversions count, from the one that bound them to their advocate on.
    pub duration: i64,
    /// The most that one conversion brings one person.
    pub cap: i64,
    /// The most that one person ever gets by this rule.
    pub cap_per_person: i64,
    /// How many conversions bring something to one person within any [`Rule::window`].
    pub at_most: usize,
    /// The window of [`Rule::at_most`]; of a group, how long after its first friend others still join it.
    pub window: i64,
}

/// How friends and advocates are rewarded; without rules, not at all.
#[derive(Clone, Debug, Default)]
pub struct Rewards {
    /// Three capitals, such as `EUR`; empty where no rule pays money.
    pub currency: String,
    /// How long after its conversion a reward is held, in ms.
    pub holding: i64,
    /// Whether somebody has to approve each conversion.
    pub manual: bool,
    /// The most that is ever given of money, points and days; [`MOST`] where nothing is said.
    pub budget: [i64; 3],
    /// In the order in which they share the budget.
    pub rules: Vec<Rule>,
}

impl Rewards {
    /// Whether anybody is rewarded at all.
    pub fn is_some(&self) -> bool {
        !self.rules.is_empty()
    }
}

/// What is owed to whom, and how far everybody is.
#[derive(Debug, Default, PartialEq)]
pub struct Statement<'h> {
    /// By the time of their conversions, then by the conversions' ids, then in the order of the rules.
    pub lines: Vec<Line<'h>>,
    /// By person; the advocate's first. Their sums are those of the lines.
    pub totals: Vec<Total<'h>>,
    /// How much of the budget is given: held, pending and approved rewards of everybody.
    pub spent: [i64; 3],
    /// By advocate, then in the order of the rules: how far they are on the way to the next step.
    pub progress: Vec<Progress<'h>>,
    /// As of when.
    pub now: Time,
    /// What was odd in the history: `conflict`, the same id with other content, of which the earliest holds; `currency`, a refund
    /// or a decision in another one, which stops its conversion; and `unknown-conversion`, a refund or a decision about what is
    /// not there. Their path is the id of the entry, or that of its conversion where it has none.
    pub problems: Vec<Error>,
}

/// Answers in one go, as a page and the insights build ask.
///
/// `program` is the section `referral`; `question` is `{"history":[…],"now":ms,"person":"…"}`. Of a person, an advocate's code or
/// a friend's id, only what concerns them is written; without one, everything. What is wrong with the rules or the history
/// is among the statement's problems.
pub fn answer(program: Json<'_>, question: Json<'_>, out: &mut Writer) {
    let mut problems = Vec::new();
    let mut rewards = Rewards::default();
    rewards.read(Section::new(program.get("rewards"), "$.referral.rewards", &mut problems));
    let history = entries(question.get("history"), &mut problems);
    let now = Time(question.get_number("now").unwrap_or(0.0) as i64);
    let mut statement = rewards.settle(&history, now);
    problems.append(&mut statement.problems);
    statement.problems = problems;
    statement.write(&rewards, question.get_string("person").unwrap_or(""), out);
}
