//! Deciding one feature for one visitor.

use super::{
    Decision, Engine, Reason, Sink, Source, Step,
    definition::{MOST_VARIATIONS, Rollout},
    feature::{Action, Feature, Rule},
    line::Line,
};
use crate::{
    base::json::Json,
    condition::{Context, Subject},
};

/// The features on the way from the one asked for to the one being evaluated.
#[derive(Clone, Copy)]
pub(super) struct Ancestors<'a> {
    index: usize,
    before: Option<&'a Ancestors<'a>>,
    depth: u32,
}

/// Longer chains of prerequisites come from mistakes or malice, and following them could exhaust the stack.
const DEEPEST: u32 = 128;
/// The most features that one decision evaluates: where prerequisites share prerequisites, the work can double with each.
const MOST_EVALUATED: u32 = 4096;

impl Engine {
    /// What a feature is for the visitor. It must have been read.
    pub fn decision<'d>(&'d self, index: usize, sink: &mut Sink<'d>) -> Decision<'d> {
        let code = self.outcome(index, sink);
        let plain = Decision::plain(None, Source::UnknownFeature);
        let Some(feature) = self.payload.feature(index) else { return plain };
        let value = value_of(feature, code);
        let Some(rule) = rule_of(feature, code) else { return Decision { value, source: Source::of(code), code, ..plain } };
        let rule_id = feature.document.place(rule.place).get_string("id").unwrap_or("");
        let placed = sink.decided.filter(|_| is_variation(code));
        let source = if placed.is_some() { Source::Experiment } else { Source::Force };
        Decision { value, source, rule: rule_id, code, placed }
    }

    /// The number of the outcome of a feature for the visitor: what [`Engine::decision`] comes to. The first rule that applies
    /// decides; without one, the default value does.
    pub fn outcome<'d>(&'d self, index: usize, sink: &mut Sink<'d>) -> u32 {
        self.begin(sink);
        self.evaluate(index, None, sink)
    }

    /// What one answer may take is counted from here on.
    pub(super) fn begin(&self, sink: &mut Sink<'_>) {
        self.payload.begin_decision();
        sink.evaluated = 0;
    }

    fn evaluate<'d>(&'d self, index: usize, before: Option<&Ancestors<'_>>, sink: &mut Sink<'d>) -> u32 {
        let Some(feature) = self.payload.feature(index) else { return Source::UnknownFeature as u32 };
        let depth = before.map_or(0, |before| before.depth + 1);
        sink.evaluated += 1;
        if depth > DEEPEST || sink.evaluated > MOST_EVALUATED || is_among(index, before) {
            return Source::CyclicPrerequisite as u32;
        }
        let ancestors = Ancestors { index, before, depth };
        for (place, rule) in feature.rules.iter().enumerate() {
            let reason = self.attempt(feature, rule, &ancestors, sink);
            let placed = sink.decided.as_ref().filter(|_| reason.is_in());
            let variation = placed.map_or(0, |placed| placed.run.index);
            let stays = placed.is_some_and(|placed| !placed.passes_through());
            if let Some(steps) = &mut sink.steps {
                steps.push(Step { feature, rule, reason, variation });
            }
            match reason {
                Reason::Given => return code(place, 0),
                Reason::Gate => return Source::Prerequisite as u32,
                Reason::Circle => return Source::CyclicPrerequisite as u32,
                _ if stays => return code(place, variation * 2 + 1),
                _ => {}
            }
        }
        Source::DefaultValue as u32
    }

    /// What comes of a rule.
    fn attempt<'d>(&'d self, feature: &'d Feature, rule: &'d Rule, ancestors: &Ancestors<'_>, sink: &mut Sink<'d>) -> Reason {
        let document = &feature.document;
        if rule.parents > 0 {
            let reason = self.gate(document.place(rule.parents), Some(ancestors), sink);
            if reason != Reason::Given {
                return reason;
            }
        }
        if !self.passes(&rule.filters) {
            return Reason::OutsideFilters;
        }
        match &rule.action {
            Action::Nothing => Reason::Nothing,
            Action::Force(_, test, rollout) => {
                let reason = match rollout {
                    _ if !self.means(*test, document) => Reason::NotMeant,
                    Some(rollout) => self.rolled_out(rollout),
                    None => Reason::Given,
                };
                if reason == Reason::Given {
                    sink.replay(rule, document);
                }
                reason
            }
            Action::Run(experiment) => {
                let placed = self.run_and_count(experiment, document, Some(feature.index), sink);
                sink.decided = Some(placed);
                placed.run.reason
            }
        }
    }

    fn rolled_out(&self, Rollout { line, fallback }: &Rollout) -> Reason {
        match self.hashed_or(line.attribute, *fallback).1 {
            None => Reason::NothingToHash,
            Some(_) if line.hash.is_none() => Reason::UnknownVersion,
            Some(text) if line.holds(text) => Reason::Given,
            Some(_) => Reason::NotReached,
        }
    }

    /// What the first of the prerequisites that does not hold says; [`Reason::Given`] where all hold. Those of an experiment
    /// of its own have no ancestors.
    pub(super) fn gate<'d>(&'d self, parents: Json<'_>, ancestors: Option<&Ancestors<'_>>, sink: &mut Sink<'d>) -> Reason {
        if !parents.is_list() {
            return Reason::Prerequisite; // what cannot be read never passes
        }
        for parent in parents.children() {
            let reason = self.prerequisite(parent, ancestors, sink);
            if reason != Reason::Given {
                return reason;
            }
        }
        Reason::Given
    }

    /// What one prerequisite says. A feature that is not there has no value.
    fn prerequisite<'d>(&'d self, parent: Json<'_>, ancestors: Option<&Ancestors<'_>>, sink: &mut Sink<'d>) -> Reason {
        let found = parent.get_string("id").and_then(|id| self.payload.find(id)).unwrap_or(usize::MAX);
        let code = self.evaluate(found, ancestors, sink);
        if code == Source::CyclicPrerequisite as u32 {
            return Reason::Circle;
        }
        let value = self.payload.feature(found).and_then(|feature| value_of(feature, code));
        match self.suits(parent, value) {
            true => Reason::Given,
            false if parent.get("gate").is_some_and(Json::truthy) => Reason::Gate,
            false => Reason::Unmet,
        }
    }

    /// Whether a prerequisite's condition holds for the value of its feature.
    fn suits(&self, parent: Json<'_>, value: Option<Json<'_>>) -> bool {
        let context = Context { subject: Subject::Feature(value), ..self.context() };
        parent.member("condition").is_none_or(|condition| context.holds(condition))
    }

    /// Whether the visitor lies in all the filters.
    pub(super) fn passes(&self, filters: &[Line]) -> bool {
        filters.iter().all(|line| self.attributes.hashed(line.attribute).is_some_and(|text| line.holds(text)))
    }

    /// What conditions on the visitor see.
    pub fn context(&self) -> Context<'_> {
        Context {
            subject: Subject::Visitor(&self.attributes),
            groups: &self.payload,
            host: &*self.host,
            coerces: self.settings.coerces,
        }
    }
}

fn is_among(index: usize, mut ancestors: Option<&Ancestors<'_>>) -> bool {
    while let Some(ancestor) = ancestors {
        if ancestor.index == index {
            return true;
        }
        ancestors = ancestor.before;
    }
    false
}

/// A number for each outcome of a feature: below [`RULES`] for those without a rule; else from the lowest bit on: whether
/// it is a variation, which one, and of which rule.
fn code(rule: usize, variation: usize) -> u32 {
    RULES + (rule * 2 * MOST_VARIATIONS + variation) as u32
}

/// The first number of an outcome that a rule decides.
const RULES: u32 = 16;

fn is_variation(code: u32) -> bool {
    code >= RULES && code % 2 == 1
}

/// The rule that decided the outcome of a number, if one did.
fn rule_of(feature: &Feature, code: u32) -> Option<&Rule> {
    feature.rules.get(code.checked_sub(RULES)? as usize / 2 / MOST_VARIATIONS)
}

/// The value of the outcome of a number; `None` is `null`.
pub fn value_of(feature: &Feature, code: u32) -> Option<Json<'_>> {
    let Some(rule) = rule_of(feature, code) else {
        return feature.default().filter(|_| code == Source::DefaultValue as u32);
    };
    let value = match &rule.action {
        Action::Nothing => None,
        Action::Force(value, ..) => Some(feature.document.place(*value)),
        Action::Run(experiment) => {
            feature.document.place(experiment.variations).item((code - RULES) as usize / 2 % MOST_VARIATIONS)
        }
    };
    value.filter(|value| !value.is_null())
}
