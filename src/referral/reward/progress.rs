//! How far an advocate is: "1 more friend to 30 %".

use super::{Basis, MOST, Rule, Step, Unit, Worth, bind::Case};
use crate::base::{Time, json::print_integer};
use alloc::string::String;

/// How far an advocate is on the way of one rule with steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'h> {
    /// The advocate's code.
    pub who: &'h str,
    /// The rule, of groups or milestones.
    pub rule: &'h Rule,
    /// How many friends there are, of the group that is open now or of all, pending ones included.
    pub friends: usize,
    /// Until when others can still join the group; `None` where there is no such time, or no group is open.
    pub until: Option<Time>,
}

impl<'h> Progress<'h> {
    /// Of the group that was opened last, or of all friends.
    pub(super) fn of(who: &'h str, rule: &'h Rule, group: &[&Case<'_>], now: Time) -> Progress<'h> {
        let first = group.first().filter(|_| rule.basis == Basis::Group && rule.window < MOST);
        let is_over = first.is_some_and(|first| !rule.joins(first, now));
        let until = first.filter(|_| !is_over).map(|first| first.entry.time.plus(rule.window));
        Progress { who, rule, friends: if is_over { 0 } else { group.len() }, until }
    }

    /// The step that is reached, if any.
    pub fn present(&self) -> Option<Step> {
        self.rule.step(self.friends)
    }

    /// The next step; `None` on the last.
    pub fn next(&self) -> Option<Step> {
        self.rule.steps.iter().find(|step| step.friends > self.friends).copied()
    }

    /// How many friends are missing to the next step; 0 on the last.
    pub fn needed(&self) -> usize {
        self.next().map_or(0, |step| step.friends - self.friends)
    }

    /// The same in English, such as `1 more friend to 30 %`. An amount of money is not written, for how many decimals a
    /// currency has is the page's to know.
    pub fn sentence(&self) -> String {
        let Some(next) = self.next() else { return "The last step is reached.".into() };
        let mut text = print_integer(self.needed() as i64);
        text.push_str(if self.needed() == 1 { " more friend to " } else { " more friends to " });
        match next.worth {
            Worth::Share(points) => {
                text.push_str(&percent(points));
                text.push_str(" %");
            }
            Worth::Amount(Unit::Money, _) => text.push_str("the next reward"),
            Worth::Amount(unit, amount) => {
                text.push_str(&print_integer(amount));
                text.push(' ');
                text.push_str(unit.word());
            }
        }
        text
    }
}

/// Basis points as a percentage, exactly.
pub(super) fn percent(points: i64) -> String {
    let mut text = print_integer(points / 100);
    let (tenths, hundredths) = (points / 10 % 10, points % 10);
    if tenths + hundredths > 0 {
        text.push('.');
        text.push_str(&print_integer(tenths));
    }
    if hundredths > 0 {
        text.push_str(&print_integer(hundredths));
    }
    text
}
