//! Deciding one feature for one visitor.

use super::{Assignment, Decision, Feature, Source, Subject, bucket};
use crate::base::json::Json;
use alloc::vec::Vec;

impl Feature {
    /// The first rule that applies decides; without one, the default value does. `key` is the feature's.
    ///
    /// Every experiment that the visitor was really placed in, also a holdout that let evaluation go on, is added
    /// to `exposures`; previews are not.
    pub fn decide<'p>(&'p self, key: &'p str, subject: &Subject<'_>, exposures: &mut Vec<Assignment<'p>>) -> Decision<'p> {
        let decision = |value, source, rule, assignment| Decision { value, source, rule, assignment };
        for (index, rule) in self.rules().enumerate() {
            if self.is_broken(index) || !subject.passes(rule.get("filters")) {
                continue;
            }
            let id = rule.get_string("id").unwrap_or("");
            if let Some(value) = rule.member("force") {
                if meant(rule, subject) && rolled_out(rule, key, subject) {
                    return decision(Some(value), Source::Force, id, None);
                }
            } else if let Some(assignment) = assign(rule, key, subject) {
                if assignment.bucket.is_some() {
                    exposures.push(assignment);
                }
                if !assignment.passes_through() {
                    return decision(assignment.value(), Source::Experiment, id, Some(assignment));
                }
            }
        }
        decision(self.default(), Source::DefaultValue, "", None)
    }
}

/// An empty condition means everybody, and so does a falsy one.
fn meant(rule: Json<'_>, subject: &Subject<'_>) -> bool {
    match rule.get("condition") {
        Some(condition) if condition.truthy() => subject.context.holds(condition),
        _ => true,
    }
}

/// With neither a range nor a coverage everybody is reached.
fn rolled_out(rule: Json<'_>, key: &str, subject: &Subject<'_>) -> bool {
    let (range, coverage) = (rule.get("range"), rule.get("coverage"));
    if range.is_none() && coverage.is_none() {
        return true;
    }
    let Some(place) = subject.place(rule, rule.get_filled("seed").unwrap_or(key)) else { return false };
    match range {
        Some(range) => bucket::holds(range, place),
        None => coverage.and_then(Json::number).is_some_and(|coverage| place < coverage),
    }
}

/// The visitor's variation; `None` when the visitor is not in the experiment.
fn assign<'p>(rule: Json<'p>, feature: &'p str, subject: &Subject<'_>) -> Option<Assignment<'p>> {
    let count = rule.get("variations").filter(|variations| variations.is_list())?.children().count();
    if count < 2 {
        return None;
    }
    let experiment = rule.get_filled("key").unwrap_or(feature);
    for (key, index) in subject.forced {
        if key == experiment {
            return (*index < count).then_some(Assignment { experiment, rule, index: *index, bucket: None });
        }
    }
    let place = subject.place(rule, rule.get_filled("seed").unwrap_or(experiment))?;
    if let Some(namespace) = rule.get("namespace").filter(|_| rule.get("filters").is_none())
        && !subject.in_namespace(rule, namespace)?
    {
        return None;
    }
    let index = bucket::choose(rule, count, place).filter(|_| meant(rule, subject))?;
    Some(Assignment { experiment, rule, index, bucket: Some(place) })
}
