//! Deciding one feature for one visitor.

use super::{Assignment, Decision, Feature, Source, Subject, bucket};
use crate::base::json::Json;
use alloc::{borrow::Cow, string::String, vec::Vec};

impl Feature {
    /// The first rule that applies decides; without one, the default value does.
    ///
    /// Every experiment that the visitor was really placed in, also a holdout that let evaluation go on, is added
    /// to `exposures`; previews are not.
    pub fn decide<'p>(&'p self, key: &str, subject: &Subject<'_>, exposures: &mut Vec<Assignment<'p>>) -> Decision<'p> {
        for rule in self.rules() {
            if let Some((value, source, assignment)) = apply(rule, key, subject, exposures) {
                let id = rule.get("id").and_then(Json::string);
                return Decision { value, source, rule: id.unwrap_or_default(), assignment };
            }
        }
        Decision { value: self.default(), source: Source::DefaultValue, rule: Cow::Borrowed(""), assignment: None }
    }
}

type Served<'p> = (Option<Json<'p>>, Source, Option<Assignment<'p>>);

fn apply<'p>(rule: Json<'p>, key: &str, subject: &Subject<'_>, exposures: &mut Vec<Assignment<'p>>) -> Option<Served<'p>> {
    if !subject.passes(rule.get("filters")) {
        return None;
    }
    if let Some(value) = rule.member("force") {
        let reached = meant(rule, subject) && rolled_out(rule, key, subject);
        return reached.then_some((Some(value), Source::Force, None));
    }
    let assignment = assign(rule, key, subject)?;
    if assignment.bucket.is_some() {
        exposures.push(assignment.clone());
    }
    (!assignment.passes_through()).then(|| (assignment.value(), Source::Experiment, Some(assignment)))
}

/// An empty condition means everybody, and so does a falsy one.
fn meant(rule: Json<'_>, subject: &Subject<'_>) -> bool {
    rule.get("condition").filter(|condition| condition.truthy()).is_none_or(|condition| subject.context.holds(condition))
}

/// With neither a range nor a coverage everybody is reached.
fn rolled_out(rule: Json<'_>, key: &str, subject: &Subject<'_>) -> bool {
    let (range, coverage) = (rule.get("range"), rule.get("coverage"));
    if range.is_none() && coverage.is_none() {
        return true;
    }
    let seed = text(rule, "seed", key);
    subject.place(rule, "hashAttribute", &seed, 1.0).is_some_and(|(place, _)| match range {
        Some(range) => bucket::holds(range, place),
        None => coverage.and_then(Json::number).is_some_and(|coverage| place < coverage),
    })
}

/// The visitor's variation; `None` when the visitor is not in the experiment.
fn assign<'p>(rule: Json<'p>, feature: &str, subject: &Subject<'_>) -> Option<Assignment<'p>> {
    let count = rule.get("variations").filter(|variations| variations.is_list())?.children().count();
    let experiment = text(rule, "key", feature);
    if count < 2 {
        return None;
    }
    if let Some((_, index)) = subject.forced.iter().find(|(key, _)| *key == *experiment) {
        let assignment = Assignment { experiment, rule, index: *index, bucket: None, hash_value: String::new() };
        return (*index < count).then_some(assignment);
    }
    let seed = text(rule, "seed", &experiment);
    let (place, hash_value) = subject.place(rule, "hashAttribute", &seed, 1.0)?;
    let elsewhere =
        rule.get("filters").is_none() && rule.get("namespace").is_some_and(|namespace| !subject.in_namespace(rule, namespace));
    if elsewhere || !meant(rule, subject) {
        return None;
    }
    let index = bucket::choose(rule, count, place)?;
    Some(Assignment { experiment, rule, index, bucket: Some(place), hash_value })
}

/// Names given as empty texts count as not given.
pub(super) fn text<'p>(rule: Json<'p>, name: &str, otherwise: &str) -> Cow<'p, str> {
    rule.get(name).and_then(Json::filled).unwrap_or_else(|| Cow::Owned(otherwise.into()))
}
