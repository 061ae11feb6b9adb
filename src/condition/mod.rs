//! Who is meant: GrowthBook's condition language, evaluated three-valued where it stands in the definition.
//!
//! A third outcome, *unknown*, stands for operators of a later version of the language. It never turns into a
//! pass, not even under `$not`: only [`Truth::Yes`] counts. Source: GrowthBook SDK specification 0.12.0.

mod check;
mod compare;
mod evaluate;
mod version;

use crate::base::{Host, json::Json};

pub use check::check;
pub use compare::among;

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
    /// The attributes: an object. Without it every attribute is missing.
    pub attributes: Option<Json<'c>>,
    /// Where the groups are that conditions name.
    pub groups: &'c dyn Groups,
    /// Whoever runs us.
    pub host: &'c dyn Host,
}

/// Saved groups.
pub trait Groups {
    /// The members of a saved group, a list; `None` when there is none of that id.
    fn group(&self, id: &str) -> Option<Json<'_>>;
}

/// No saved groups at all.
pub struct NoGroups;

impl Groups for NoGroups {
    fn group(&self, _: &str) -> Option<Json<'_>> {
        None
    }
}
