//! The lines of a statement, and what people's lines sum to.

use super::{Rule, Unit};
use crate::base::Time;

/// Who is rewarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Who passed the link on.
    #[default]
    Advocate,
    /// Who arrived with it.
    Friend,
}

impl Side {
    /// Both.
    pub const ALL: [Side; 2] = [Side::Advocate, Side::Friend];

    /// Its word in statements.
    pub fn word(self) -> &'static str {
        if self == Side::Advocate { "advocate" } else { "friend" }
    }
}

/// How far a reward is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing is owed; the line says why.
    #[default]
    None,
    /// Everything of the conversion went back, and so does the reward.
    ClawedBack,
    /// Somebody looked at the conversion and pays nothing for it.
    Rejected,
    /// Somebody has to look at the conversion.
    Pending,
    /// The conversion may still be refunded.
    Held,
    /// To be paid.
    Approved,
}

impl State {
    /// Those of rewards that are owed, in the order in which a reward goes through them.
    pub const OWED: [State; 3] = [State::Pending, State::Held, State::Approved];

    /// Its word in statements.
    pub fn word(self) -> &'static str {
        match self {
            State::None => "none",
            State::ClawedBack => "clawed-back",
            State::Rejected => "rejected",
            State::Pending => "pending",
            State::Held => "held",
            State::Approved => "approved",
        }
    }
}

/// What one rule owes one person for one conversion or one milestone. Rule, conversion, side, person and friends together name
/// it, and stay the same when it is recomputed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line<'h> {
    /// Which rule; `None` where no rule is asked about the conversion.
    pub rule: Option<&'h Rule>,
    /// The id of the conversion; empty for milestones, which many bring about.
    pub conversion: &'h str,
    /// Which of the two.
    pub to: Side,
    /// The advocate's code, or the friend's id.
    pub who: &'h str,
    /// Of the amount.
    pub unit: Unit,
    /// What is owed now, 0 to [`super::MOST`].
    pub amount: i64,
    /// How far it is.
    pub state: State,
    /// Until when it is held.
    pub due: Time,
    /// The friends of the tier or milestone; 0 where none are counted.
    pub friends: usize,
    /// Why it is nothing, or not what the rule says; empty where it is.
    ///
    /// `unclear` (pending, for something that was said about the conversion cannot be used), `currency`, `self` (the friend is the advocate), `no-advocate`, `rejected`, `refund`, `minimum`, `repeat` (not the first
    /// conversion), `too-late`, `tier` (too few friends), `rounding` (less than the smallest unit), `cap`, `limit`, `budget`,
    /// `already-bound` (it came with another's code, and is the first advocate's).
    pub why: &'static str,
    /// When the conversion was that it is for, or that reached the milestone.
    pub(super) time: Time,
    /// That conversion's id.
    pub(super) by: &'h str,
    /// The place of the rule and the side.
    pub(super) rank: usize,
}

impl Line<'_> {
    /// Owes no more than this, and says why it is less.
    pub(super) fn limit(&mut self, most: i64, why: &'static str) {
        if self.amount > most {
            self.amount = most;
            // Why it is not paid says more than why it is less.
            if most == 0 || self.why != "unclear" {
                self.why = why;
            }
        }
        if self.amount == 0 && self.state >= State::Pending {
            self.state = State::None;
        }
    }
}

/// What one person has of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total<'h> {
    /// Which of the two.
    pub to: Side,
    /// The advocate's code, or the friend's id.
    pub who: &'h str,
    /// Of the amounts.
    pub unit: Unit,
    /// Pending, held, approved.
    pub amounts: [i64; 3],
}
