//! Results as GrowthBook's SDKs write them.

use super::{Decision, Engine, Placed, bandit::Leaf};
use crate::base::json::{Json, Writer};

/// What an experiment of a rule takes over where the rule has something there; its weights come last.
static TAKEN: [&str; 12] = [
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
];

impl Engine {
    /// `{value, on, off, source, ruleId, experiment?, experimentResult?}`
    pub fn write_decision(&self, decision: &Decision<'_>, source: &str, out: &mut Writer) {
        let on = decision.value.is_some_and(Json::truthy);
        out.open('{').json("value", decision.value).flag("on", on).flag("off", !on);
        out.member("source", source).member("ruleId", decision.rule);
        if let Some(placed) = &decision.placed {
            self.write_experiment(placed, out.key("experiment"));
            self.write_result(placed, out.key("experimentResult"));
        }
        out.close('}');
    }

    /// `{key, featureId, inExperiment, hashUsed, variationId, value, hashAttribute, hashValue, stickyBucketUsed, …}`
    pub fn write_result(&self, placed: &Placed<'_>, out: &mut Writer) {
        let run = &placed.run;
        let name = self.attributes.hashed_name(run.hashed.0);
        let value = run.hashed.1.and(self.attributes.own(name));
        let kept = matches!(run.reason, super::Reason::Sticky | super::Reason::Blocked);
        out.open('{').member("key", &placed.variation_key());
        out.key("featureId").optional(placed.feature.map(|index| self.payload.name(index)));
        out.flag("inExperiment", run.is_in()).flag("hashUsed", run.is_hashed());
        out.count("variationId", run.index as i64).json("value", placed.value());
        out.member("hashAttribute", name).key("hashValue").raw(value.map_or("\"\"", Json::text));
        out.flag("stickyBucketUsed", kept);
        if let Some(name) = placed.variation_name() {
            out.member("name", name);
        }
        if run.is_hashed() {
            out.key("bucket").number(run.place.unwrap_or(0.0), &*self.host);
        }
        if placed.passes_through() {
            out.flag("passthrough", true);
        }
        self.write_leaf(placed, out);
        out.close('}');
    }

    /// The experiment that a rule amounts to: its key and variations, and what it takes over from the rule.
    fn write_experiment(&self, placed: &Placed<'_>, out: &mut Writer) {
        let rule = placed.definition();
        let leaf = self.leaf_of(placed);
        out.open('{').json("variations", Some(placed.document.place(placed.experiment.variations)));
        out.member("key", &placed.experiment.key);
        for name in &TAKEN {
            write_truthy(name, rule.get(name), out);
        }
        write_truthy("weights", leaf.and_then(|leaf| leaf.weights()).or_else(|| rule.get("weights")), out);
        for name in &["coverage", "bucketVersion", "minBucketVersion"] {
            if let Some(value) = rule.member(name) {
                out.json(name, Some(value));
            }
        }
        if leaf.is_some() && placed.run.is_hashed() {
            out.key("contextualBandit").open('{');
            self.write_leaf(placed, out);
            out.close('}');
        }
        out.close('}');
    }

    /// `"leafId", "variationWeights", "banditVersion"?` of whoever the hash placed in an experiment with a bandit.
    fn write_leaf(&self, placed: &Placed<'_>, out: &mut Writer) {
        let Some(leaf) = self.leaf_of(placed).filter(|_| placed.run.is_hashed()) else { return };
        out.key("leafId").raw(leaf.id().map_or("-1", Json::text));
        match leaf.weights().or_else(|| placed.definition().get("weights")) {
            Some(weights) => drop(out.json("variationWeights", Some(weights))),
            None => {
                out.key("variationWeights").open('[');
                for _ in 0..placed.experiment.count {
                    out.number(1.0 / placed.experiment.count as f64, &*self.host);
                }
                out.close(']');
            }
        }
        if let Some(version) = leaf.version() {
            out.json("banditVersion", Some(version));
        }
    }

    fn leaf_of(&self, placed: &Placed<'_>) -> Option<Leaf<'_>> {
        self.leaf(placed.experiment, placed.document)
    }
}

fn write_truthy(name: &str, value: Option<Json<'_>>, out: &mut Writer) {
    if let Some(value) = value.filter(|value| value.truthy()) {
        out.json(name, Some(value));
    }
}
