//! Deciding one feature for one visitor.

use super::{
    Decision, Sink, Source,
    definition::{MOST_VARIATIONS, Rollout},
    feature::{Action, Feature, Rule},
    line::Line,
    payload::Payload,
    settings::Settings,
    sticky::Sticky,
    trace::Outcome,
};
use crate::{
    base::{
        Host,
        json::{Json, children},
    },
    condition::{Attributes, Context, Subject},
};

/// Everything that decisions depend on.
#[derive(Clone, Copy)]
pub struct Decider<'d> {
    /// The features and experiments.
    pub payload: &'d Payload,
    /// Whom decisions are for.
    pub attributes: &'d Attributes,
    /// What applies to all experiments.
    pub settings: &'d Settings,
    /// Assignments kept from before; `None` where none are kept.
    pub sticky: Option<&'d Sticky>,
    /// Whoever runs us.
    pub host: &'d dyn Host,
}

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

/// What the prerequisites of a rule say.
enum Gate {
    Open,
    /// The rule does not apply.
    Shut,
    /// The feature has no value.
    Blocked,
    Circle,
}

impl<'d> Decider<'d> {
    /// The first rule that applies decides; without one, the default value does. The feature must have been read.
    pub fn decide(&self, index: usize, sink: &mut Sink<'d>) -> Decision<'d> {
        self.begin(sink);
        self.evaluate(index, None, sink)
    }

    /// What one answer may take is counted from here on.
    pub(super) fn begin(&self, sink: &mut Sink<'d>) {
        self.payload.begin_decision();
        sink.evaluated = 0;
    }

    fn evaluate(&self, index: usize, before: Option<&Ancestors<'_>>, sink: &mut Sink<'d>) -> Decision<'d> {
        let Some(feature) = self.payload.feature(index) else { return Decision::plain(None, Source::UnknownFeature) };
        let depth = before.map_or(0, |before| before.depth + 1);
        sink.evaluated += 1;
        if depth > DEEPEST || sink.evaluated > MOST_EVALUATED || is_among(index, before) {
            return Decision::plain(None, Source::CyclicPrerequisite);
        }
        let ancestors = Ancestors { index, before, depth };
        for (place, rule) in feature.rules.iter().enumerate() {
            match self.gate(feature.document.place(rule.parents).filled(rule.parents), &ancestors, sink) {
                Gate::Open => {}
                Gate::Shut => {
                    sink.note(feature, rule, Outcome::Prerequisite);
                    continue;
                }
                Gate::Blocked => {
                    sink.note(feature, rule, Outcome::Gate);
                    return Decision::plain(None, Source::Prerequisite);
                }
                Gate::Circle => {
                    sink.note(feature, rule, Outcome::Circle);
                    return Decision::plain(None, Source::CyclicPrerequisite);
                }
            }
            if !self.passes(&rule.filters) {
                sink.note(feature, rule, Outcome::Filtered);
                continue;
            }
            if let Some(decision) = self.apply(feature, rule, place, sink) {
                return decision;
            }
        }
        Decision::plain(feature.default(), Source::DefaultValue)
    }

    fn apply(&self, feature: &'d Feature, rule: &'d Rule, place: usize, sink: &mut Sink<'d>) -> Option<Decision<'d>> {
        let document = &feature.document;
        let id = || document.place(rule.place).get_string("id").unwrap_or("");
        match &rule.action {
            Action::Nothing => sink.note(feature, rule, Outcome::Nothing),
            Action::Force(value, test, rollout) => {
                let outcome = match rollout {
                    _ if !self.means(*test, document) => Outcome::Condition,
                    Some(rollout) => self.rolled_out(rollout),
                    None => Outcome::Given,
                };
                sink.note(feature, rule, outcome);
                if outcome == Outcome::Given {
                    sink.replay(rule, document);
                    let value = Some(document.place(*value)).filter(|value| !value.is_null());
                    return Some(Decision { value, source: Source::Force, rule: id(), code: code(place, None), placed: None });
                }
            }
            Action::Run(experiment) => {
                let placed = self.run_and_count(experiment, document, Some(feature.index), sink);
                let run = placed.run;
                sink.note(feature, rule, Outcome::Ran(run));
                if run.is_in() && !placed.passes_through() {
                    return Some(Decision {
                        value: placed.value(),
                        source: Source::Experiment,
                        rule: id(),
                        code: code(place, Some(run.index)),
                        placed: Some(placed),
                    });
                }
            }
        }
        None
    }

    fn rolled_out(&self, Rollout { line, fallback }: &Rollout) -> Outcome<'d> {
        match self.hashed_or(line.attribute, *fallback).1 {
            None => Outcome::NoValue,
            Some(_) if line.hash.is_none() => Outcome::UnknownHash,
            Some(text) if line.holds(text) => Outcome::Given,
            Some(_) => Outcome::NotReached,
        }
    }

    /// What the prerequisites of a rule say, in their order.
    fn gate(&self, parents: Option<Json<'_>>, ancestors: &Ancestors<'_>, sink: &mut Sink<'d>) -> Gate {
        for parent in children(parents) {
            match self.prerequisite(parent, Some(ancestors), sink) {
                Gate::Open => {}
                closed => return closed,
            }
        }
        Gate::Open
    }

    /// Whether the prerequisites of an experiment of its own hold.
    pub(super) fn allowed_by(&self, parents: Json<'_>, sink: &mut Sink<'d>) -> bool {
        parents.children().all(|parent| matches!(self.prerequisite(parent, None, sink), Gate::Open))
    }

    /// What one prerequisite says. A feature that is not there has no value.
    fn prerequisite(&self, parent: Json<'_>, ancestors: Option<&Ancestors<'_>>, sink: &mut Sink<'d>) -> Gate {
        let found = parent.get_string("id").and_then(|id| self.payload.find(id));
        let decision = match found {
            Some(index) => self.evaluate(index, ancestors, sink),
            None => Decision::plain(None, Source::UnknownFeature),
        };
        match decision.source {
            Source::CyclicPrerequisite => Gate::Circle,
            _ if self.suits(parent, decision.value) => Gate::Open,
            _ if parent.get("gate").is_some_and(Json::truthy) => Gate::Blocked,
            _ => Gate::Shut,
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
    pub fn context(&self) -> Context<'d> {
        Context {
            subject: Subject::Visitor(self.attributes),
            groups: self.payload,
            host: self.host,
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
fn code(rule: usize, variation: Option<usize>) -> u32 {
    let variation = variation.map_or(0, |variation| variation * 2 + 1);
    RULES + (rule * 2 * MOST_VARIATIONS + variation) as u32
}

/// The first number of an outcome that a rule decides.
const RULES: u32 = 16;

/// The value of the outcome of a number; `None` is `null`.
pub fn value_of(feature: &Feature, code: u32) -> Option<Json<'_>> {
    let Some(outcome) = code.checked_sub(RULES) else {
        return feature.default().filter(|_| code == Source::DefaultValue as u32);
    };
    let place = |place: usize| feature.document.place(place);
    let variation = outcome as usize / 2 % MOST_VARIATIONS;
    match &feature.rules.get(outcome as usize / 2 / MOST_VARIATIONS)?.action {
        Action::Nothing => None,
        Action::Force(value, ..) => Some(place(*value)),
        Action::Run(experiment) => place(experiment.variations).item(variation),
    }
}
