//! Decisions and exposures.

use super::Client;
use crate::{
    base::{Time, json::Writer},
    condition::Context,
    event::Kind,
    experiment::{Assignment, Decision, Payload, Subject},
    tracking::consent::Consent,
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// What a feature is for this visitor. Changes nothing.
    pub fn decide(&self, feature: &str) -> Decision<'_> {
        self.decide_with(feature, &mut Vec::new())
    }

    /// Whether the payload is still on its way.
    pub fn loading(&self) -> bool {
        self.site.loading
    }

    /// The features' keys, in the payload's order.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.site.payload.keys()
    }

    /// A feature was shown: each experiment behind it is recorded, once per variation and hashed value.
    pub(super) fn expose(&mut self, feature: &str, now: Time) {
        if self.consent == Consent::Denied {
            return; // not told now, so to be told once the visitor allows it
        }
        let mut exposures = Vec::new();
        self.decide_with(feature, &mut exposures);
        let subject = self.subject();
        let views: Vec<(String, String)> = exposures.iter().map(|assignment| viewed(assignment, &subject, feature)).collect();
        for (mark, properties) in views {
            if !self.visitor.exposed.contains(&mark) {
                self.record(Kind::Track, "Experiment Viewed", &properties, now);
                self.visitor.remember_exposure(mark);
            }
        }
    }

    /// Forces a variation in every experiment of a feature, or ends that.
    pub(super) fn preview(&mut self, feature: &str, variation: Option<usize>) {
        let Some((found, key)) = self.site.payload.feature(feature) else { return };
        for rule in found.rules().filter(|rule| rule.get("variations").is_some()) {
            let experiment = rule.get_filled("key").unwrap_or(key);
            self.previews.retain(|(other, _)| other != experiment);
            self.previews.extend(variation.map(|variation| (experiment.into(), variation)));
        }
    }

    fn decide_with<'c>(&'c self, feature: &str, exposures: &mut Vec<Assignment<'c>>) -> Decision<'c> {
        match self.site.payload.feature(feature) {
            Some((found, key)) => found.decide(key, &self.subject(), exposures),
            None => Payload::unknown(),
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject { context: self.context_of_visitor(), forced: &self.previews }
    }

    /// What conditions on the visitor see.
    pub(super) fn context_of_visitor(&self) -> Context<'_> {
        let attributes = [self.known.root(), self.traits.root(), self.told.root()];
        Context { attributes, groups: &self.site.payload, host: &*self.host }
    }
}

/// What tells an exposure from others, and its properties by Segment's A/B testing specification.
fn viewed(assignment: &Assignment<'_>, subject: &Subject<'_>, feature: &str) -> (String, String) {
    let key = assignment.variation_key();
    let mut out = Writer::default();
    out.open('{').key("experiment_id").string(assignment.experiment).key("variation_id").string(&key);
    for (member, name) in [("experiment_name", assignment.name()), ("variation_name", assignment.variation_name())] {
        if let Some(name) = name {
            out.key(member).string(name);
        }
    }
    let properties = out.key("feature_id").string(feature).close('}').finish();
    let hashed = subject.hash_value(assignment.rule).unwrap_or_default();
    ([assignment.experiment, "\n", &key, "\n", &hashed].concat(), properties)
}
