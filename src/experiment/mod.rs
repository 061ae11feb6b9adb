//! Features and experiments: GrowthBook's SDK payload, decided without a server.
//!
//! [`Payload`] finds features, [`Subject`] is whom they are decided for. Rules are read where they stand in the
//! payload. Source of all semantics: GrowthBook SDK specification 0.12.0.

mod bucket;
mod check;
mod decide;
mod payload;
mod subject;

use crate::base::json::Json;
use alloc::string::String;

pub use payload::{Feature, Payload};
pub use subject::Subject;

/// Why a value was served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// No rule matched.
    DefaultValue,
    /// A rule forces it.
    Force,
    /// An experiment chose it.
    Experiment,
    /// The payload has no such feature.
    UnknownFeature,
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
    /// The experiment that decided, if one did.
    pub assignment: Option<Assignment<'p>>,
}

/// A visitor's place in an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Assignment<'p> {
    /// The experiment's key.
    pub experiment: &'p str,
    /// The rule that describes the experiment.
    pub(crate) rule: Json<'p>,
    /// The variation's index.
    pub index: usize,
    /// The visitor's place on the line, when that decided; `None` when the variation was forced for a preview.
    pub bucket: Option<f64>,
}

impl Source {
    /// The GrowthBook SDKs' word for it.
    pub fn word(self) -> &'static str {
        match self {
            Source::DefaultValue => "defaultValue",
            Source::Force => "force",
            Source::Experiment => "experiment",
            Source::UnknownFeature => "unknownFeature",
        }
    }
}

impl<'p> Assignment<'p> {
    /// The variation's value.
    pub fn value(&self) -> Option<Json<'p>> {
        self.rule.get("variations")?.item(self.index)
    }

    /// The experiment's name for people.
    pub fn name(&self) -> Option<&'p str> {
        self.rule.get_filled("name")
    }

    /// The variation's name for people.
    pub fn variation_name(&self) -> Option<&'p str> {
        self.meta()?.get_filled("name")
    }

    /// The variation's key in events: the one in `meta`, else its index.
    pub fn variation_key(&self) -> String {
        let own = self.meta().and_then(|meta| meta.get_filled("key"));
        own.map_or_else(|| crate::base::json::print_integer(self.index as i64), String::from)
    }

    /// Whether evaluation goes on after it was recorded (a holdout).
    fn passes_through(&self) -> bool {
        self.meta().and_then(|meta| meta.get("passthrough")).is_some_and(Json::truthy)
    }

    fn meta(&self) -> Option<Json<'p>> {
        self.rule.get("meta")?.item(self.index)
    }
}
