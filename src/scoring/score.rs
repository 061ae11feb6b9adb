//! Counting events and summing points.

use super::{Model, Reason, Score, Tally};
use crate::{
    base::{Host, json::Json},
    condition::{Context, NoGroups, Subject},
    event::Event,
};
use alloc::vec::Vec;
use core::mem::swap;

impl Model {
    /// Counts an event for every rule that it matches.
    pub fn count(&self, tally: &mut Tally, event: &Event<'_>, host: &dyn Host) {
        let context = Context { subject: Subject::Object(event.properties), groups: &NoGroups, host, coerces: false };
        for rule in self.rules() {
            let named = rule.get_string("event") == Some(event.rule_name());
            if named && rule.get("where").is_none_or(|condition| context.holds(condition)) {
                tally.add(rule.get_string("id").unwrap_or(""));
            }
        }
    }

    /// The score for a tally and the visitor's attributes in `context`. Rules that add nothing give no line.
    pub fn score(&self, tally: &Tally, context: &Context<'_>) -> Score<'_> {
        let mut reasons: Vec<Reason<'_>> = Vec::new();
        for rule in self.rules() {
            let reason = reason(rule, tally, context);
            if reason.points == 0.0 {
                continue;
            }
            reasons.push(reason);
            let mut rest = reasons.as_mut_slice();
            while let Some((last, earlier)) = rest.split_last_mut()
                && let Some(before) = earlier.last_mut()
                && before.points.abs() < last.points.abs()
            {
                swap(before, last);
                rest = earlier;
            }
        }
        let sum = total(&reasons);
        let (bound, rule, label) = match sum > self.maximum {
            true => (self.maximum, "cap", "The most a score can be"),
            false => (self.minimum, "floor", "The least a score can be"),
        };
        if sum > self.maximum || sum < self.minimum {
            reasons.push(Reason { rule, label, points: bound - sum, count: 1 });
        }
        Score { total: total(&reasons), reasons }
    }

    fn rules(&self) -> impl Iterator<Item = Json<'_>> {
        self.rules.iter().map(|place| self.document.place(*place))
    }
}

/// `maximum` is the most points that a rule can add, or take away.
fn reason<'d>(rule: Json<'d>, tally: &Tally, context: &Context<'_>) -> Reason<'d> {
    let id = rule.get_string("id").unwrap_or("");
    let count = match rule.get("attributes") {
        Some(condition) => i64::from(context.holds(condition)),
        None => tally.of(id),
    };
    let most = rule.get_number("maximum").unwrap_or(f64::MAX).abs();
    let points = (rule.get_number("points").unwrap_or(0.0) * count as f64).min(most).max(-most);
    Reason { rule: id, label: rule.get_filled("label").unwrap_or(id), points, count }
}

/// Always in the order of the lines, so that whoever adds them up gets the same number.
fn total(reasons: &[Reason<'_>]) -> f64 {
    reasons.iter().fold(0.0, |sum, reason| sum + reason.points)
}
