//! Who is meant: GrowthBook's condition language, evaluated three-valued where it stands in the definition.
//!
//! A third outcome, *unknown*, stands for operators of a later version of the language. It never turns into a
//! pass, not even under `$not`: only [`Truth::Yes`] counts. Source: GrowthBook SDK specification 0.12.0.

mod attributes;
mod check;
mod compare;
mod evaluate;
mod groups;
mod number;
mod test;
mod version;

use crate::base::{Host, json::Json, text::cut};

pub use attributes::{Attributes, LAYERS};
pub use check::check;
pub use compare::among;
pub use groups::{DEEPEST, Groups, MOST_GROUPS, NoGroups, Path};
pub use number::number;

/// The outcome of a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It uses something that this engine does not know.
    Unknown,
    /// It holds.
    Yes,
}

/// What a condition is evaluated against.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// Who or what it is about.
    pub subject: Subject<'c>,
    /// Where the groups are that conditions name.
    pub groups: &'c dyn Groups,
    /// Whoever runs us.
    pub host: &'c dyn Host,
    /// Whether `$lt $lte $gt $gte` convert values as JavaScript does, as specification 0.8.0 has it.
    pub coerces: bool,
}

/// Who or what a condition is about.
#[derive(Clone, Copy)]
pub enum Subject<'c> {
    /// A visitor.
    Visitor(&'c Attributes),
    /// An object's members, or a list's elements by their indices; any other value has none.
    Object(Option<Json<'c>>),
    /// The value of a feature, as the one attribute `value`.
    Feature(Option<Json<'c>>),
}

impl<'c> Subject<'c> {
    /// The attribute at the end of a path.
    pub fn attribute(self, path: &str) -> Option<Json<'c>> {
        match self {
            Subject::Visitor(attributes) => attributes.at(path),
            Subject::Object(object) => object?.at(path),
            Subject::Feature(value) => match cut(path, b'.') {
                ("value", None) => value.filter(|value| !value.is_null()),
                ("value", Some(rest)) => value?.at(rest),
                _ => None,
            },
        }
    }
}
