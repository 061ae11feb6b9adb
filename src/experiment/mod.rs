//! Features and experiments: GrowthBook's SDK payload, decided without a server.
//!
//! [`Engine`] is the whole of it. A [`Payload`] finds features and reads each on first use into
//! a `feature::Rule` or a `definition::Experiment`; whatever is decided of them is a method of the engine. Source of all
//! semantics: GrowthBook SDK specification 0.12.0.

mod bandit;
mod decide;
mod definition;
mod engine;
mod feature;
mod fields;
pub mod line;
mod needed;
mod payload;
pub mod prune;
mod redirect;
pub mod reduce;
mod result;
mod run;
mod section;
mod select;
mod settings;
mod sticky;
mod target;
mod trace;

use crate::{
    base::json::{Document, Json, print_integer},
    condition::Attributes,
};
use alloc::{string::String, vec::Vec};

pub use decide::value_of;
pub use definition::Experiment;
pub use engine::Engine;
pub use payload::Payload;
pub use run::{Reason, Run};
pub use settings::{Settings, asked};
pub use sticky::{PREFIX as STICKY_PREFIX, Sticky};
pub use trace::Step;

/// Why a value was served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// The payload has no such feature.
    UnknownFeature,
    /// No rule matched.
    DefaultValue,
    /// A prerequisite that gates the feature does not hold.
    Prerequisite,
    /// The prerequisites lead back to the feature.
    CyclicPrerequisite,
    /// A rule forces it.
    Force,
    /// An experiment chose it.
    Experiment,
}

/// What a feature is for one visitor.
#[derive(Debug)]
pub struct Decision<'p> {
    /// The value; `None` is `null`.
    pub value: Option<Json<'p>>,
    /// Why.
    pub source: Source,
    /// The deciding rule's id, or nothing.
    pub rule: &'p str,
    /// A number for this outcome: equal numbers of one feature mean equal values.
    pub code: u32,
    /// The place in the experiment that decided, if one did.
    pub placed: Option<Placed<'p>>,
}

/// A visitor's place in an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'p> {
    /// The experiment.
    pub experiment: &'p Experiment,
    /// Where its definition stands.
    pub document: &'p Document,
    /// The index of the feature it is a rule of.
    pub feature: Option<usize>,
    /// What came of it.
    pub run: Run<'p>,
}

/// What is noticed while a feature is decided.
#[derive(Default)]
pub struct Sink<'p> {
    /// The place in the experiment that was run last by a rule.
    pub decided: Option<Placed<'p>>,
    /// Whether an experiment was met that this visitor was not yet counted in.
    pub due: bool,
    /// Places in experiments that count, in order; only where they were asked for.
    pub placed: Option<Vec<Placed<'p>>>,
    /// Exposures that a server decided, `{experiment, result}`, in order; only where places are asked for.
    pub tracks: Vec<Json<'p>>,
    /// Every rule tried; only where they were asked for.
    pub steps: Option<Vec<Step<'p>>>,
    /// How many features were evaluated on the way.
    pub evaluated: u32,
}

impl Source {
    /// The source of the outcome of a number that no rule decided.
    fn of(code: u32) -> Source {
        let plain = [Source::UnknownFeature, Source::DefaultValue, Source::Prerequisite];
        plain.get(code as usize).copied().unwrap_or(Source::CyclicPrerequisite)
    }

    /// The GrowthBook SDKs' word for it.
    pub fn word(self) -> &'static str {
        match self {
            Source::DefaultValue => "defaultValue",
            Source::Force => "force",
            Source::Experiment => "experiment",
            Source::UnknownFeature => "unknownFeature",
            Source::Prerequisite => "prerequisite",
            Source::CyclicPrerequisite => "cyclicPrerequisite",
        }
    }
}

impl<'p> Decision<'p> {
    /// A decision without a rule.
    pub fn plain(value: Option<Json<'p>>, source: Source) -> Decision<'p> {
        Decision { value, source, rule: "", code: source as u32, placed: None }
    }
}

impl<'p> Placed<'p> {
    /// The definition.
    pub fn definition(&self) -> Json<'p> {
        self.document.place(self.experiment.place)
    }

    /// The variation's value; `None` is `null`.
    pub fn value(&self) -> Option<Json<'p>> {
        let value = self.document.place(self.experiment.variations).item(self.run.index);
        value.filter(|value| self.experiment.variations > 0 && !value.is_null())
    }

    /// The experiment's name for people.
    pub fn name(&self) -> Option<&'p str> {
        self.definition().get_filled("name")
    }

    /// The variation's name for people.
    pub fn variation_name(&self) -> Option<&'p str> {
        self.meta()?.get_filled("name")
    }

    /// The variation's key: the one in `meta`, else its index.
    pub fn variation_key(&self) -> String {
        let own = self.meta().and_then(|meta| meta.get_filled("key"));
        own.map_or_else(|| print_integer(self.run.index as i64), String::from)
    }

    /// Whether evaluation goes on after it was recorded (a holdout).
    pub fn passes_through(&self) -> bool {
        let own = || self.meta().and_then(|meta| meta.get("passthrough")).is_some_and(Json::truthy);
        self.experiment.passes_through && own()
    }

    /// What the assignment is called where it is kept; `None` where it is not.
    pub fn to_keep(&self) -> Option<String> {
        self.experiment.sticky.then(|| sticky::assignment_name(self.experiment))
    }

    /// Takes note that the exposure was counted.
    pub fn counted(&self, attributes: &Attributes) {
        self.experiment.exposed.set(mark(&self.run, attributes));
    }

    fn meta(&self) -> Option<Json<'p>> {
        self.definition().get("meta")?.item(self.run.index)
    }
}

impl<'p> Sink<'p> {
    /// Notices the exposures that a server decided with a rule (GrowthBook's remote evaluation).
    fn replay(&mut self, rule: &feature::Rule, document: &'p Document) {
        let tracks = rule.tracks.get();
        self.due |= tracks > 0;
        if tracks > 0 && self.placed.is_some() {
            rule.tracks.set(0);
            for track in document.place(tracks).children() {
                self.tracks.push(track);
            }
        }
    }

    /// Notices a place that counts.
    fn expose(&mut self, placed: &Placed<'p>, attributes: &Attributes) {
        let news = placed.experiment.exposed.get() != mark(&placed.run, attributes);
        self.due |= news;
        if let Some(places) = &mut self.placed {
            places.push(*placed);
        }
    }
}

/// What tells an exposure from the one before: the variation and the attribute, and how often its text had changed.
fn mark(run: &Run<'_>, attributes: &Attributes) -> (u32, u32) {
    ((run.index as u32 + 1) | ((run.hashed.0 as u32) << 16), attributes.changes(run.hashed.0))
}
