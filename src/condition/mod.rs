//! Who is meant: GrowthBook's condition language, evaluated three-valued where it stands in the definition.
//!
//! A third outcome, *unknown*, stands for operators of a later version of the language. It never turns into a
//! pass, not even under `$not`: only [`Truth::Yes`] counts. Source: GrowthBook SDK specification 0.12.0.

mod check;
mod compare;
mod evaluate;
mod version;

use crate::base::{Host, json::Json, text::cut};

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
    /// The attributes: objects, of which a later one wins. What none of them has is missing.
    pub attributes: [Option<Json<'c>>; 3],
    /// Where the groups are that conditions name.
    pub groups: &'c dyn Groups,
    /// Whoever runs us.
    pub host: &'c dyn Host,
}

impl<'c> Context<'c> {
    /// The attribute at the end of a path; the last object that has the path's first step decides.
    pub fn attribute(&self, path: &str) -> Option<Json<'c>> {
        let name = cut(path, b'.').0;
        let owner = self.attributes.iter().rev().flatten().find(|object| object.member(name).is_some())?;
        owner.at(path)
    }

    /// The attribute of that name, dots and all.
    pub fn own_attribute(&self, name: &str) -> Option<Json<'c>> {
        self.attributes.iter().rev().flatten().find_map(|object| object.member(name)).filter(|value| !value.is_null())
    }
}

/// Saved groups.
pub trait Groups {
    /// A saved group as the payload has it; `None` when there is none of that id.
    fn group(&self, id: &str) -> Option<Json<'_>>;
}

/// No saved groups at all.
pub struct NoGroups;

impl Groups for NoGroups {
    fn group(&self, _: &str) -> Option<Json<'_>> {
        None
    }
}
