//! Why a feature is what it is: every rule that was tried, and what came of it.

use super::{
    Sink,
    feature::{Action, Feature, Rule},
    line,
    run::Run,
};
use crate::base::json::Writer;

/// What came of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'t> {
    /// It gave its value.
    Given,
    /// A prerequisite does not hold.
    Prerequisite,
    /// A prerequisite that gates the whole feature does not hold.
    Gate,
    /// The prerequisites lead back to the feature.
    Circle,
    /// The visitor is outside its filters.
    Filtered,
    /// Its condition does not hold.
    Condition,
    /// The visitor has no usable value of the attribute it hashes.
    NoValue,
    /// It hashes by an unknown version.
    UnknownHash,
    /// The rollout does not reach the visitor.
    NotReached,
    /// It has neither a value nor variations.
    Nothing,
    /// It ran an experiment.
    Ran(Run<'t>),
}

/// A rule that was tried.
#[derive(Clone, Copy)]
pub struct Step<'t> {
    /// The feature.
    pub feature: &'t Feature,
    /// The rule.
    pub rule: &'t Rule,
    /// What came of it.
    pub outcome: Outcome<'t>,
}

impl PartialEq for Outcome<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Outcome<'_> {
    /// The number in a trace: those of [`super::Reason`] for experiments, from 31 on for the rest.
    pub fn number(&self) -> i64 {
        match self {
            Outcome::Given => 31,
            Outcome::Prerequisite => 32,
            Outcome::Gate => 33,
            Outcome::Circle => 34,
            Outcome::Filtered => 35,
            Outcome::Condition => 36,
            Outcome::NoValue => 37,
            Outcome::UnknownHash => 38,
            Outcome::NotReached => 39,
            Outcome::Nothing => 40,
            Outcome::Ran(run) => run.reason as i64,
        }
    }
}

impl<'t> Sink<'t> {
    /// Notices what came of a rule.
    pub(super) fn note(&mut self, feature: &'t Feature, rule: &'t Rule, outcome: Outcome<'t>) {
        if let Some(steps) = &mut self.steps {
            steps.push(Step { feature, rule, outcome });
        }
    }
}

impl Step<'_> {
    /// `{"feature","id","outcome",…}` and the numbers that decided: the hashed text, its place, the ranges.
    pub fn write(&self, out: &mut Writer, decider: &super::Decider<'_>) {
        let rule = self.feature.document.place(self.rule.place);
        out.open('{')
            .key("feature")
            .string(decider.payload.name(self.feature.index))
            .key("rule")
            .string(rule.get_string("id").unwrap_or(""));
        out.key("outcome").integer(self.outcome.number());
        let (own, hashed) = match (&self.rule.action, &self.outcome) {
            (Action::Run(experiment), Outcome::Ran(run)) => {
                out.key("experiment").string(&experiment.key).key("variation").integer(run.index as i64);
                (Some(&experiment.line), run.hashed)
            }
            (Action::Force(_, _, Some(rollout)), _) => {
                (Some(&rollout.line), decider.hashed_or(rollout.line.attribute, rollout.fallback))
            }
            _ => (None, (0, None)),
        };
        if let Some(own) = own {
            out.key("attribute").string(decider.attributes.hashed_name(hashed.0)).key("value").optional(hashed.1);
            if let Some(place) = hashed.1.and_then(|text| own.place(text)) {
                out.key("bucket").number(place, decider.host);
            }
            line::write(&own.ranges, out.key("ranges"), decider.host);
        }
        if let Some(condition) = rule.get("condition") {
            out.key("condition").raw(condition.text());
        }
        out.close('}');
    }
}
