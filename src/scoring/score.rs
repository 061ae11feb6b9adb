//! Points, summed up with their reasons.

use super::{
    Model,
    ledger::{Ledger, insert},
    missing::name_missing,
    rule::{Present, Rule, Source, Worth},
};
use crate::condition::Context;
use alloc::{string::String, vec::Vec};

/// What a lead is scored by; last the sum of the first two.
pub const AXES: [&str; 4] = ["fit", "engagement", "value", "total"];
pub(super) const TOTAL: usize = 3;
const VALUE: usize = 2;

/// What holds a group's points, an axis or the total within its bounds, in thousandths.
#[derive(Debug)]
pub(super) struct Bound {
    pub name: String,
    /// The axis; of a group `None`.
    pub axis: Option<usize>,
    pub least: i64,
    pub most: i64,
}

/// A lead score. Points are thousandths, whole numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score<'m> {
    /// Fit, engagement, value, total: each the sum of its lines; `None` where the lead is not scored, which is not 0.
    pub axes: [Option<i64>; 4],
    /// What made it, largest first; last, where needed, the lines that hold a group, an axis or the total within bounds.
    pub reasons: Vec<Reason<'m>>,
    /// What each rule counted, in the model's order.
    pub(super) worths: Vec<Worth>,
    /// The rules that disqualify the lead.
    pub disqualified: Vec<&'m str>,
    /// Attributes that rules ask for, and that nobody knows.
    pub missing: Vec<&'m str>,
}

/// One line of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason<'m> {
    /// The rule's id; `cap` or `floor` for a line that holds others within bounds.
    pub rule: &'m str,
    /// The rule's label for people; what is held.
    pub label: &'m str,
    /// Thousandths of points.
    pub points: i64,
    /// What was counted.
    pub count: f64,
    /// The number of the event that counted last.
    pub(super) last: Option<u32>,
    /// The axis, a place in [`AXES`].
    pub axis: usize,
    pub(super) group: &'m str,
}

impl Model {
    /// The score of a ledger and of the attributes in `context`. Rules that add nothing give no line.
    pub fn score(&self, ledger: &Ledger, context: &Context<'_>, present: Present<'_>) -> Score<'_> {
        self.score_with(ledger, context, present, None)
    }

    /// The same, had one more event of a rule happened, or did its attributes hold.
    pub(super) fn score_with(
        &self,
        ledger: &Ledger,
        context: &Context<'_>,
        present: Present<'_>,
        more: Option<usize>,
    ) -> Score<'_> {
        let mut score = Score { worths: Vec::with_capacity(self.rules.len()), ..Score::default() };
        for (number, rule) in self.rules.iter().enumerate() {
            let worth = self.worth(rule, ledger, context, present, more == Some(number), &mut score);
            score.worths.push(worth);
            if rule.disqualifies && worth.value > 0.0 {
                score.disqualified.push(&rule.id);
            }
            if worth.points != 0 {
                let label = self.document.place(rule.place).get_filled("label").unwrap_or(&rule.id);
                let Worth { value: count, points, last } = worth;
                score.add(Reason { rule: &rule.id, label, points, count, last, axis: rule.axis, group: &rule.group });
            }
        }
        for bound in &self.bounds {
            score.hold(bound);
        }
        score.sum_up();
        score
    }

    fn worth<'m>(
        &'m self,
        rule: &'m Rule,
        ledger: &Ledger,
        context: &Context<'_>,
        present: Present<'_>,
        more: bool,
        score: &mut Score<'m>,
    ) -> Worth {
        let is_scored = match rule.source {
            Source::Events(_) => true,
            Source::Attributes(place) => name_missing(self.document.place(place), &rule.number, context, &mut score.missing),
        };
        if is_scored && let Some(axis) = score.axes.get_mut(rule.axis) {
            *axis = Some(0);
        }
        match rule.source {
            Source::Events(matcher) => {
                let moments = ledger.moments.get(matcher).map_or(&[][..], Vec::as_slice);
                if more { rule.of_one_more(moments, present) } else { rule.of_events(moments, present) }
            }
            Source::Attributes(place) => {
                let number = || context.subject.attribute(&rule.number)?.number();
                let number = if rule.number.is_empty() { Some(1.0) } else { number() };
                rule.of_attributes(more || context.holds(self.document.place(place)), number)
            }
        }
    }
}

impl<'m> Score<'m> {
    /// Adds a line, after those that weigh as much or more.
    fn add(&mut self, reason: Reason<'m>) {
        let smaller = self.reasons.iter().rev().take_while(|other| other.points.abs() < reason.points.abs()).count();
        insert(&mut self.reasons, reason, smaller);
    }

    /// Adds the line that holds others within their bounds, if they are beyond.
    fn hold(&mut self, bound: &'m Bound) {
        let held = |reason: &&Reason<'_>| match bound.axis {
            Some(TOTAL) => reason.axis != VALUE,
            Some(axis) => reason.axis == axis,
            None => reason.group == bound.name,
        };
        let sum: i64 = self.reasons.iter().filter(held).map(|reason| reason.points).sum();
        let axis = bound.axis.or_else(|| self.reasons.iter().find(held).map(|reason| reason.axis));
        let axis = axis.filter(|axis| *axis == TOTAL || self.axes.get(*axis).is_some_and(Option::is_some));
        let points = sum.min(bound.most).max(bound.least) - sum;
        if points != 0
            && let Some(axis) = axis
        {
            let rule = if points < 0 { "cap" } else { "floor" };
            let line = Reason { rule, label: &bound.name, points, count: 1.0, last: None, axis, group: "" };
            self.reasons.push(line);
        }
    }

    fn sum_up(&mut self) {
        let mut sums = [0; 4];
        for reason in &self.reasons {
            // A bound of the total is no axis' own.
            let own = if reason.axis == TOTAL { None } else { sums.get_mut(reason.axis) };
            if let Some(sum) = own {
                *sum += reason.points;
            }
            if reason.axis != VALUE {
                sums[TOTAL] += reason.points;
            }
        }
        self.axes[TOTAL] = self.axes[0].or(self.axes[1]);
        for (axis, sum) in self.axes.iter_mut().zip(sums) {
            *axis = axis.map(|_| sum);
        }
    }
}
