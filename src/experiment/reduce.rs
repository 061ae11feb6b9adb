//! A payload for one visitor, or for one part of a site: without what cannot matter there.

use super::{
    needed::needed_groups,
    prune::{Known, Pruned, Saved, prune},
    select::Filters,
};
use crate::{
    base::{
        Host,
        json::{Document, Json, Writer, children, merge},
    },
    error::Error,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

/// A condition that nobody meets.
const NEVER: &str = r#"{"$not":{}}"#;

/// Prerequisites of this name are holdouts, which keep visitors out of everything and so are always needed.
const HOLDOUT: &str = "$holdout:";

/// Reduces a payload: `{payload, attributes?, globalAttributes?, include?, exclude?, prerequisites?}`, all as in the
/// GrowthBook SDKs, to the payload with what is asked for, pruned by the attributes that are known.
///
/// Errors: `wrong-type` for an input without a payload; as [`Document::read`].
pub fn reduce_payload(input: &str, host: &dyn Host) -> Result<String, Error> {
    let input = Document::read(input, u32::MAX, host)?;
    let payload = input.get("payload").filter(|payload| payload.is_object());
    let payload = payload.ok_or_else(|| Error::new("wrong-type", "payload", "The payload must be an object {…}."))?;
    let attributes = Document::read(&merge(input.get("globalAttributes"), input.get("attributes")), u32::MAX, host)?;
    let saved = Saved::read(payload.get("savedGroups"));
    let known = Known { attributes: attributes.root(), groups: &saved, host };
    let filters = Filters { include: input.get("include"), exclude: input.get("exclude") };
    let holdouts_only = input.get("prerequisites").and_then(Json::string) == Some("filter");
    Reduction { payload, known, saved: &saved, filters, holdouts_only }.write()
}

struct Reduction<'r> {
    payload: Json<'r>,
    known: Known<'r>,
    saved: &'r Saved<'r>,
    filters: Filters<'r>,
    /// Whether features that are not asked for come along only as holdouts.
    holdouts_only: bool,
}

impl<'r> Reduction<'r> {
    /// The payload with its sections reduced, and what else it has untouched.
    fn write(&self) -> Result<String, Error> {
        let experiments: Vec<Json<'r>> = self.experiments().collect();
        let features = self.features(&experiments);
        let bandits = self.payload.get("contextualBandits").filter(|bandits| bandits.truthy());
        let mut out = Writer::default();
        out.open('{').key("features").raw(&self.write_features(&features));
        out.key("experiments").raw(&self.write_experiments(&experiments));
        if let Some(bandits) = bandits {
            out.key("contextualBandits").raw(&self.write_bandits(bandits, &self.referenced(&features, &experiments)));
        }
        let reduced = out.close('}').finish();
        let reduced = Document::read(&reduced, u32::MAX, self.known.host)?;
        let root = reduced.root().unwrap_or(self.payload);
        let groups = needed_groups(root, &self.saved.0, self.known)?;
        Ok(self.assemble(root, &groups))
    }

    fn assemble(&self, reduced: Json<'_>, groups: &str) -> String {
        let mut out = Writer::default();
        out.open('{');
        for member in self.payload.children() {
            if member.name() != "savedGroups" && reduced.member(member.name()).is_none() {
                out.key(member.name()).raw(member.text());
            }
        }
        for member in reduced.children() {
            out.key(member.name()).raw(member.text());
        }
        out.key("savedGroups").raw(groups).close('}').finish()
    }

    fn experiments(&self) -> impl Iterator<Item = Json<'r>> {
        let list = self.payload.get("experiments").filter(|list| list.is_list());
        children(list).filter(|experiment| self.filters.select(*experiment))
    }

    /// The features to keep, by name: those asked for, and what they and the experiments depend on.
    fn features(&self, experiments: &[Json<'r>]) -> BTreeMap<&'r str, Json<'r>> {
        let all = children(self.payload.get("features").filter(|features| features.is_object()));
        let all: BTreeMap<&str, Json<'_>> = all.map(|feature| (feature.name(), feature)).collect();
        let mut kept: BTreeMap<&str, Json<'_>> = BTreeMap::new();
        let mut ahead: Vec<Json<'_>> = all.values().copied().filter(|feature| self.filters.select(*feature)).collect();
        ahead.extend(experiments.iter().flat_map(|experiment| self.parents(*experiment, &all)));
        while let Some(feature) = ahead.pop() {
            if kept.insert(feature.name(), feature).is_none() {
                ahead.extend(self.rules(feature).flat_map(|rule| self.parents(rule, &all)));
            }
        }
        kept
    }

    /// The features that a rule or an experiment depends on.
    fn parents(&self, rule: Json<'r>, all: &BTreeMap<&str, Json<'r>>) -> Vec<Json<'r>> {
        let ids = children(rule.get("parentConditions")).filter_map(|parent| parent.get_string("id"));
        let followed = ids.filter(|id| !self.holdouts_only || id.starts_with(HOLDOUT));
        followed.filter_map(|id| all.get(id).copied()).collect()
    }

    /// A feature's rules without those for other projects. A feature that only came along keeps all of them: its value
    /// must be the one that it has where it belongs.
    fn rules(&self, feature: Json<'r>) -> impl Iterator<Item = Json<'r>> {
        let scoped = self.filters.in_project(feature);
        let rules = children(feature.get("rules").filter(|rules| rules.is_list()));
        rules.filter(move |rule| !(scoped && self.filters.is_elsewhere(*rule)))
    }

    /// The contextual bandits that the kept rules and experiments use.
    fn referenced(&self, features: &BTreeMap<&str, Json<'r>>, experiments: &[Json<'r>]) -> BTreeSet<&'r str> {
        let rules = features.values().flat_map(|feature| self.rules(*feature));
        rules.chain(experiments.iter().copied()).filter_map(|rule| rule.get_string("contextualBanditRef")).collect()
    }

    fn write_features(&self, features: &BTreeMap<&str, Json<'r>>) -> String {
        let mut out = Writer::default();
        out.open('{');
        for (name, feature) in features {
            let rules = |out: &mut Writer| self.rules(*feature).for_each(|rule| self.write_rule(rule, true, out));
            write_with(*feature, "rules", rules, out.key(name));
        }
        out.close('}').finish()
    }

    fn write_experiments(&self, experiments: &[Json<'r>]) -> String {
        let mut out = Writer::default();
        out.open('[');
        experiments.iter().for_each(|experiment| self.write_rule(*experiment, false, &mut out));
        out.close(']').finish()
    }

    /// A rule or an experiment with its condition pruned. What never applies stays all the same, for the assignments
    /// that were kept of an experiment do not ask for its condition; but nobody needs to see a value that is forced
    /// for others. (An experiment's `force` is a variation, which a kept assignment may need.)
    fn write_rule(&self, rule: Json<'_>, is_rule: bool, out: &mut Writer) {
        let condition = rule.get("condition").filter(|condition| condition.truthy());
        let Some(pruned) = condition.map(|condition| prune(condition, self.known)) else {
            out.raw(rule.text());
            return;
        };
        out.open('{');
        for member in rule.children() {
            match (member.name(), &pruned) {
                ("condition", Pruned::Decided(true)) => {}
                ("condition", Pruned::Decided(false)) => drop(out.key("condition").raw(NEVER)),
                ("condition", Pruned::Open(rest)) => drop(out.key("condition").raw(rest)),
                ("force", Pruned::Decided(false)) if is_rule => drop(out.key("force").raw("null")),
                (name, _) => drop(out.key(name).raw(member.text())),
            }
        }
        out.close('}');
    }

    fn write_bandits(&self, bandits: Json<'_>, referenced: &BTreeSet<&str>) -> String {
        let mut out = Writer::default();
        out.open('{');
        for bandit in bandits.children().filter(|bandit| referenced.contains(bandit.name())) {
            let leaves = |out: &mut Writer| children(bandit.get("contexts")).for_each(|leaf| self.write_leaf(leaf, out));
            write_with(bandit, "contexts", leaves, out.key(bandit.name()));
        }
        out.close('}').finish()
    }

    /// A context of a bandit with its condition pruned; nothing of one that never applies. One that always does goes
    /// on hiding those after it, so it stays.
    fn write_leaf(&self, leaf: Json<'_>, out: &mut Writer) {
        if !leaf.is_object() {
            out.raw(leaf.text());
            return;
        }
        let pruned = leaf.get("condition").map_or(Pruned::Decided(true), |condition| prune(condition, self.known));
        let condition = match &pruned {
            Pruned::Decided(false) => return,
            Pruned::Decided(true) => "{}",
            Pruned::Open(rest) => rest,
        };
        out.open('{');
        for member in leaf.children().filter(|member| member.name() != "condition") {
            out.key(member.name()).raw(member.text());
        }
        out.key("condition").raw(condition).close('}');
    }
}

/// An object as it is, but for one list, whose elements `write` writes; unchanged where it has no such list.
fn write_with(object: Json<'_>, list: &str, write: impl Fn(&mut Writer), out: &mut Writer) {
    if !object.get(list).is_some_and(Json::is_list) {
        out.raw(object.text());
        return;
    }
    out.open('{');
    for member in object.children() {
        out.key(member.name());
        if member.name() != list {
            out.raw(member.text());
            continue;
        }
        out.open('[');
        write(out);
        out.close(']');
    }
    out.close('}');
}
