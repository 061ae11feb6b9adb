//! Why a feature is what it is: every rule that was tried, and what came of it.

use super::{
    Engine, Reason,
    feature::{Action, Feature, Rule},
    line,
};
use crate::base::json::Writer;

/// A rule that was tried.
#[derive(Clone, Copy)]
pub struct Step<'t> {
    /// The feature.
    pub feature: &'t Feature,
    /// The rule.
    pub rule: &'t Rule,
    /// What came of it.
    pub reason: Reason,
    /// The variation's index; 0 where it is none.
    pub variation: usize,
}

impl Step<'_> {
    /// `{"feature","id","outcome",…}` and the numbers that decided: the hashed text, its place, the ranges.
    pub fn write(&self, out: &mut Writer, engine: &Engine) {
        let rule = self.feature.document.place(self.rule.place);
        out.open('{').member("feature", engine.payload.name(self.feature.index));
        out.member("rule", rule.get_string("id").unwrap_or("")).count("outcome", self.reason as i64);
        let own = match &self.rule.action {
            Action::Run(experiment) if self.reason.is_of_run() => {
                out.member("experiment", &experiment.key).count("variation", self.variation as i64);
                Some((&experiment.line, experiment.stand_in()))
            }
            Action::Force(_, _, Some(rollout)) => Some((&rollout.line, rollout.fallback)),
            _ => None,
        };
        if let Some((own, fallback)) = own {
            let hashed = engine.hashed_or(own.attribute, fallback);
            out.member("attribute", engine.attributes.hashed_name(hashed.0)).key("value").optional(hashed.1);
            if let Some(place) = hashed.1.and_then(|text| own.place(text)) {
                out.key("bucket").number(place, &*engine.host);
            }
            line::write(&own.ranges, out.key("ranges"), &*engine.host);
        }
        if let Some(condition) = rule.get("condition") {
            out.json("condition", Some(condition));
        }
        out.close('}');
    }
}
