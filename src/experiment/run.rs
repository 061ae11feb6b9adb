//! Running one experiment for one visitor, in the specification's order.

use super::{
    Engine, Placed, Sink,
    definition::{Experiment, Test},
    line::{choose, shared_out},
    sticky::Kept,
    target,
};
use crate::base::json::Document;

/// What came of a rule or an experiment: why a visitor is in it, or is not. The numbers are part of the trace.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub enum Reason {
    /// In: placed by the hash.
    Hashed = 1,
    /// In: an earlier assignment was kept.
    Sticky = 2,
    /// In: the address asks for the variation.
    Asked = 3,
    /// In: the variation was forced from outside, for all or for a look.
    Forced = 4,
    /// In: the definition forces the variation.
    Decided = 5,
    /// Out: fewer than two variations.
    TooFew = 11,
    /// Out: experiments are switched off.
    Disabled = 12,
    /// Out: it does not run at this address.
    Elsewhere = 13,
    /// Out: it is a draft, or switched off.
    Inactive = 14,
    /// Out: the visitor has no usable value of the hashed attribute.
    NoValue = 15,
    /// Out: outside the filters.
    Filtered = 16,
    /// Out: outside its part of the namespace.
    Namespace = 17,
    /// Out: the condition does not hold.
    Condition = 18,
    /// Out: a prerequisite does not hold.
    Prerequisite = 19,
    /// Out: an unknown version of the hash.
    UnknownHash = 20,
    /// Out: the visitor saw an older version that must not be mixed with this one.
    Blocked = 21,
    /// Out: the hash falls where no variation is.
    NotCovered = 22,
    /// Out: the variation that is forced does not exist.
    NoSuchVariation = 23,
    /// Out: nobody is placed in QA mode.
    Qa = 24,
    /// Out: it has ended.
    Stopped = 25,
    /// A rule gave its value.
    Given = 31,
    /// A prerequisite of a rule does not hold.
    Unmet = 32,
    /// A prerequisite that gates the whole feature does not hold.
    Gate = 33,
    /// The prerequisites lead back to the feature.
    Circle = 34,
    /// The visitor is outside the filters of a rule.
    OutsideFilters = 35,
    /// The condition of a rule that gives a value does not hold.
    NotMeant = 36,
    /// The visitor has no usable value of the attribute that a rollout hashes.
    NothingToHash = 37,
    /// A rollout hashes by an unknown version.
    UnknownVersion = 38,
    /// The rollout does not reach the visitor.
    NotReached = 39,
    /// A rule has neither a value nor variations.
    Nothing = 40,
}

impl Reason {
    /// Whether the visitor is in an experiment.
    pub fn is_in(self) -> bool {
        (self as u8) < Reason::TooFew as u8
    }

    /// Whether it is about an experiment that was run.
    pub fn is_of_run(self) -> bool {
        (self as u8) < Reason::Given as u8
    }
}

/// The outcome of running an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Run<'r> {
    /// Why.
    pub reason: Reason,
    /// The variation's index; 0 for those who are out.
    pub index: usize,
    /// The hashed attribute's number and text; no text where it has no usable value.
    pub hashed: (usize, Option<&'r str>),
    /// The place on the line, once it was found.
    pub place: Option<f64>,
}

impl Run<'_> {
    /// Whether the visitor is in the experiment.
    pub fn is_in(&self) -> bool {
        self.reason.is_in()
    }

    /// Whether the hash, or an assignment kept from it, decided: what counts as taking part.
    pub fn is_hashed(&self) -> bool {
        matches!(self.reason, Reason::Hashed | Reason::Sticky)
    }
}

impl Engine {
    /// Runs an experiment, for a feature or alone, and counts what is to be counted.
    pub fn run_and_count<'r>(
        &'r self,
        experiment: &'r Experiment,
        document: &'r Document,
        feature: Option<usize>,
        sink: &mut Sink<'r>,
    ) -> Placed<'r> {
        let run = Run { reason: Reason::TooFew, index: 0, hashed: self.hashed(experiment), place: None };
        let mut placed = Placed { experiment, document, feature, run };
        (placed.run.reason, placed.run.index) = self.place(experiment, document, &mut placed.run, sink);
        if placed.run.is_hashed() {
            sink.expose(&placed, &self.attributes);
        }
        placed
    }

    fn place<'r>(
        &'r self,
        experiment: &Experiment,
        document: &Document,
        run: &mut Run<'_>,
        sink: &mut Sink<'r>,
    ) -> (Reason, usize) {
        let out = |reason| (reason, 0);
        let count = experiment.count;
        let existing = |index: f64, reason| match index >= 0.0 && index < count as f64 {
            true => (reason, index as usize),
            false => out(Reason::NoSuchVariation),
        };
        if count < 2 {
            return out(Reason::TooFew);
        }
        if !self.settings.enabled {
            return out(Reason::Disabled);
        }
        if experiment.targets > 0 && !target::matches(document.place(experiment.targets), &self.settings.url, &*self.host) {
            return out(Reason::Elsewhere);
        }
        if let Some(index) = self.settings.asked(&experiment.key, count) {
            return (Reason::Asked, index);
        }
        if let Some(index) = self.settings.forced(&experiment.key) {
            return existing(index, Reason::Forced);
        }
        if experiment.inactive {
            return out(Reason::Inactive);
        }
        let Some(text) = run.hashed.1 else { return out(Reason::NoValue) };
        let kept = self.kept(experiment, document);
        if !matches!(kept, Kept::Variation(_))
            && let Some(reason) = self.is_outside(experiment, document, text, sink)
        {
            return out(reason);
        }
        let Some(place) = experiment.line.place(text) else { return out(Reason::UnknownHash) };
        run.place = Some(place);
        let index = match (kept, self.leaf(experiment, document).and_then(|leaf| leaf.weights())) {
            (Kept::Variation(index), _) => Some(index),
            (Kept::Blocked, _) => return out(Reason::Blocked),
            (Kept::Nothing, Some(weights)) if document.place(experiment.place).get("ranges").is_none() => {
                let coverage = document.place(experiment.place).get_number("coverage").unwrap_or(1.0);
                choose(&shared_out(count, coverage, Some(weights)), place)
            }
            _ => choose(&experiment.line.ranges, place),
        };
        let Some(index) = index.filter(|index| *index < count) else { return out(Reason::NotCovered) };
        match experiment.forced {
            Some(forced) => existing(forced, Reason::Decided),
            None if self.settings.qa => out(Reason::Qa),
            None if experiment.stopped => out(Reason::Stopped),
            None => (if matches!(kept, Kept::Nothing) { Reason::Hashed } else { Reason::Sticky }, index),
        }
    }

    /// Why a visitor without an assignment from before must stay outside.
    fn is_outside<'r>(&'r self, experiment: &Experiment, document: &Document, text: &str, sink: &mut Sink<'r>) -> Option<Reason> {
        if !self.passes(&experiment.filters) {
            return Some(Reason::Filtered);
        }
        if experiment.namespace.as_ref().is_some_and(|namespace| !namespace.holds(text)) {
            return Some(Reason::Namespace);
        }
        if !self.means(experiment.condition, document) {
            return Some(Reason::Condition);
        }
        let parents = document.place(experiment.parents);
        if experiment.parents > 0 && self.gate(parents, None, sink) != Reason::Given {
            return Some(Reason::Prerequisite);
        }
        None
    }

    /// The number and the text of the attribute that an experiment hashes. Another may stand in for a missing one
    /// where assignments are kept.
    fn hashed(&self, experiment: &Experiment) -> (usize, Option<&str>) {
        self.hashed_or(experiment.line.attribute, experiment.stand_in())
    }

    pub(super) fn hashed_or(&self, own: usize, fallback: Option<usize>) -> (usize, Option<&str>) {
        let text = self.attributes.hashed(own);
        let stand_in = fallback.filter(|_| text.is_none() && self.sticky.is_some());
        match stand_in.and_then(|fallback| Some((fallback, self.attributes.hashed(fallback)?))) {
            Some((fallback, text)) => (fallback, Some(text)),
            None => (own, text),
        }
    }

    /// Whether a condition of a definition surely holds for the visitor.
    pub(super) fn means(&self, test: Test, document: &Document) -> bool {
        match test {
            Test::EVERYBODY => true,
            Test::NOBODY => false,
            Test(place) => self.context().evaluate(document.place(place)) == crate::condition::Truth::Yes,
        }
    }
}
