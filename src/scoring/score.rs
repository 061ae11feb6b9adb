//! Counting events and summing points.

use super::{Model, Reason, Score, Tally};
use crate::{
    base::{Host, json::Json},
    condition::{Context, NoGroups},
    event::Event,
};
use alloc::{borrow::Cow, vec::Vec};

impl Model {
    /// Counts an event for every rule that it matches.
    pub fn count(&self, tally: &mut Tally, event: &Event, host: &dyn Host) {
        let context = Context { attributes: event.properties.root(), groups: &NoGroups, host };
        for rule in self.rules() {
            let named = rule.get("event").and_then(Json::string).is_some_and(|name| name == event.rule_name());
            if named && rule.get("where").is_none_or(|condition| context.holds(condition)) {
                tally.add(&text(rule, "id"));
            }
        }
    }

    /// The score for a tally and the visitor's attributes. Rules that add nothing give no line.
    pub fn score(&self, tally: &Tally, attributes: Option<Json<'_>>, host: &dyn Host) -> Score {
        let context = Context { attributes, groups: &NoGroups, host };
        let mut reasons: Vec<Reason> = Vec::new();
        for rule in self.rules() {
            let reason = reason(rule, tally, &context);
            if reason.points != 0.0 {
                let at = reasons.iter().position(|other| other.points.abs() < reason.points.abs());
                reasons.insert(at.unwrap_or(reasons.len()), reason);
            }
        }
        let sum = total(&reasons);
        let (bound, rule, label) = match sum > self.maximum {
            true => (self.maximum, "cap", "The most a score can be"),
            false => (self.minimum, "floor", "The least a score can be"),
        };
        if sum > self.maximum || sum < self.minimum {
            reasons.push(Reason { rule: rule.into(), label: label.into(), points: bound - sum, count: 1 });
        }
        Score { total: total(&reasons), reasons }
    }

    fn rules(&self) -> impl Iterator<Item = Json<'_>> {
        let rules = self.document.get("rules").into_iter().flat_map(Json::children).enumerate();
        rules.filter(|(index, _)| !self.broken.contains(index)).map(|(_, rule)| rule)
    }
}

/// `maximum` is the most points that a rule can add, or take away.
fn reason(rule: Json<'_>, tally: &Tally, context: &Context<'_>) -> Reason {
    let id = text(rule, "id");
    let count = match rule.get("attributes") {
        Some(condition) => i64::from(context.holds(condition)),
        None => tally.of(&id),
    };
    let number = |name| rule.get(name).and_then(Json::number);
    let most = number("maximum").map_or(f64::MAX, f64::abs);
    let points = (number("points").unwrap_or(0.0) * count as f64).min(most).max(-most);
    let label = rule.get("label").and_then(Json::filled).unwrap_or_else(|| id.clone());
    Reason { label: label.into_owned(), rule: id.into_owned(), points, count }
}

fn text<'d>(rule: Json<'d>, name: &str) -> Cow<'d, str> {
    rule.get(name).and_then(Json::string).unwrap_or_default()
}

/// Always in the order of the lines, so that whoever adds them up gets the same number.
fn total(reasons: &[Reason]) -> f64 {
    reasons.iter().fold(0.0, |sum, reason| sum + reason.points)
}
