//! Results as GrowthBook's SDKs write them.

use super::{Decider, Decision, Placed, bandit::Leaf};
use crate::base::{
    Host,
    json::{Json, Writer},
};

/// What an experiment of a rule takes over where the rule has something there.
const TAKEN: [&str; 13] = [
    "hashAttribute",
    "fallbackAttribute",
    "disableStickyBucketing",
    "namespace",
    "meta",
    "ranges",
    "name",
    "phase",
    "seed",
    "hashVersion",
    "filters",
    "condition",
    "weights",
];

impl Decider<'_> {
    /// `{value, on, off, source, ruleId, experiment?, experimentResult?}`
    pub fn write_decision(&self, decision: &Decision<'_>, source: &str, out: &mut Writer) {
        let on = decision.value.is_some_and(Json::truthy);
        out.open('{').key("value").raw(decision.value.map_or("null", Json::text));
        out.key("on").boolean(on).key("off").boolean(!on);
        out.key("source").string(source).key("ruleId").string(decision.rule);
        if let Some(placed) = &decision.placed {
            self.write_experiment(placed, out.key("experiment"));
            self.write_result(placed, out.key("experimentResult"));
        }
        out.close('}');
    }

    /// `{key, featureId, inExperiment, hashUsed, variationId, value, hashAttribute, hashValue, stickyBucketUsed, …}`
    pub fn write_result(&self, placed: &Placed<'_>, out: &mut Writer) {
        let Placed { run, .. } = placed;
        let name = self.attributes.hashed_name(run.hashed.0);
        let value = run.hashed.1.and(self.attributes.own(name));
        let kept = matches!(run.reason, super::Reason::Sticky | super::Reason::Blocked);
        out.open('{')
            .key("key")
            .string(&placed.variation_key())
            .key("featureId")
            .optional(placed.feature.map(|index| self.payload.name(index)));
        out.key("inExperiment").boolean(run.is_in()).key("hashUsed").boolean(run.is_hashed());
        out.key("variationId").integer(run.index as i64).key("value").raw(placed.value().map_or("null", Json::text));
        out.key("hashAttribute").string(name).key("hashValue").raw(value.map_or("\"\"", Json::text));
        out.key("stickyBucketUsed").boolean(kept);
        if let Some(name) = placed.variation_name() {
            out.key("name").string(name);
        }
        if let Some(place) = run.place.filter(|_| run.is_hashed()) {
            out.key("bucket").number(place, self.host);
        }
        if placed.passes_through() {
            out.key("passthrough").boolean(true);
        }
        if let Some(leaf) = self.leaf_of(placed).filter(|_| run.is_hashed()) {
            write_leaf(&leaf, placed, self.host, out);
        }
        out.close('}');
    }

    /// The experiment that a rule amounts to: its key and variations, and what it takes over from the rule.
    fn write_experiment(&self, placed: &Placed<'_>, out: &mut Writer) {
        let rule = placed.definition();
        let leaf = self.leaf_of(placed);
        let weights = leaf.and_then(|leaf| leaf.weights());
        out.open('{').key("variations").raw(placed.document.place(placed.experiment.variations).text());
        out.key("key").string(&placed.experiment.key);
        for name in TAKEN {
            let taken = weights.filter(|_| name == "weights").or_else(|| rule.get(name));
            if let Some(value) = taken.filter(|value| value.truthy()) {
                out.key(name).raw(value.text());
            }
        }
        for name in ["coverage", "bucketVersion", "minBucketVersion"] {
            if let Some(value) = rule.member(name) {
                out.key(name).raw(value.text());
            }
        }
        if let Some(leaf) = leaf.filter(|_| placed.run.is_hashed()) {
            out.key("contextualBandit").open('{');
            write_leaf(&leaf, placed, self.host, out);
            out.close('}');
        }
        out.close('}');
    }

    fn leaf_of(&self, placed: &Placed<'_>) -> Option<Leaf<'_>> {
        self.leaf(placed.experiment, placed.document)
    }
}

/// `"leafId", "variationWeights", "banditVersion"?`
fn write_leaf(leaf: &Leaf<'_>, placed: &Placed<'_>, host: &dyn Host, out: &mut Writer) {
    out.key("leafId").raw(leaf.id().map_or("-1", Json::text));
    out.key("variationWeights");
    match leaf.weights().or_else(|| placed.definition().get("weights")) {
        Some(weights) => {
            out.raw(weights.text());
        }
        None => {
            out.open('[');
            for _ in 0..placed.experiment.count {
                out.number(1.0 / placed.experiment.count as f64, host);
            }
            out.close(']');
        }
    }
    if let Some(version) = leaf.version() {
        out.key("banditVersion").raw(version.text());
    }
}
