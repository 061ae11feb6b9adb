//! Evaluating conditions.

use super::{
    Context, Subject, Truth,
    check::mistake,
    groups::{DEEPEST, Path},
};
use crate::base::json::{Json, Word};
use core::{cell::Cell, ops::Not};

/// One condition being evaluated. How deep it is at the moment is told from call to call.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'e> {
    pub context: &'e Context<'e>,
    pub limits: &'e Limits,
    pub path: Option<&'e Path<'e>>,
}

/// What counts for a condition as a whole.
#[derive(Default)]
pub(super) struct Limits {
    /// Groups resolved so far.
    pub groups: Cell<u32>,
    /// Whether a part was found that makes the whole condition false, whatever surrounds it.
    pub broken: Cell<bool>,
}

/// What the children of a value are evaluated as.
#[derive(Clone, Copy)]
pub(super) enum As<'v> {
    /// The entries of a condition.
    Entries,
    /// Conditions.
    Conditions,
    /// Operators on a value.
    Operators(Option<Json<'v>>),
    /// What is asked for, each of which an element of the list must match; `true`: whatever the case of letters.
    Wanted(Json<'v>, bool),
    /// Elements that may match what [`As::Wanted`] asks for.
    Candidates(Json<'v>, bool),
    /// Elements that may match the test of `$elemMatch`; `true`: as values, not as attributes.
    Elements(Json<'v>, bool),
}

impl Context<'_> {
    /// Whether a condition surely holds. One that is malformed does not.
    pub fn holds(&self, condition: Json<'_>) -> bool {
        mistake(condition).is_none() && self.evaluate(condition) == Truth::Yes
    }

    /// The three-valued outcome of a condition that was checked.
    pub fn evaluate(&self, condition: Json<'_>) -> Truth {
        let limits = Limits::default();
        let outcome = Evaluation { context: self, limits: &limits, path: None }.all(condition, As::Entries, 0);
        if limits.broken.get() { Truth::No } else { outcome }
    }

    /// The three-valued outcome of the test of one attribute, in a condition that the groups of `path` led to; `None`
    /// where a part was found that makes the whole condition false.
    pub fn evaluate_test(&self, test: Json<'_>, value: Option<Json<'_>>, path: Option<&Path<'_>>) -> Option<Truth> {
        let limits = Limits::default();
        let outcome = Evaluation { context: self, limits: &limits, path }.test(test, value, 0);
        (!limits.broken.get()).then_some(outcome)
    }
}

impl<'e> Evaluation<'e> {
    /// The lowest outcome of the children decides.
    pub fn all(&self, parent: Json<'_>, each: As<'_>, depth: u32) -> Truth {
        self.join(parent, each, Truth::No, depth)
    }

    /// The highest outcome of the children decides.
    pub fn any(&self, parent: Json<'_>, each: As<'_>, depth: u32) -> Truth {
        self.join(parent, each, Truth::Yes, depth)
    }

    /// The first child with the outcome `last` ends it; else an unknown one counts, else the opposite of `last`. Nothing
    /// survives being nested too deep.
    fn join(&self, parent: Json<'_>, each: As<'_>, last: Truth, depth: u32) -> Truth {
        if depth > DEEPEST {
            self.limits.broken.set(true);
            return Truth::No;
        }
        let mut joined = !last;
        let depth = depth + u32::from(matches!(each, As::Entries | As::Operators(_)));
        for child in parent.children() {
            let outcome = self.child(child, each, depth);
            if outcome == last {
                return last;
            }
            if outcome == Truth::Unknown {
                joined = outcome;
            }
        }
        joined
    }

    fn child(&self, child: Json<'_>, each: As<'_>, depth: u32) -> Truth {
        match each {
            As::Entries => self.entry(child, depth),
            As::Conditions => self.all(child, As::Entries, depth),
            As::Operators(value) => self.operate(child, value, depth),
            As::Wanted(list, folded) => self.any(list, As::Candidates(child, folded), depth),
            As::Candidates(wanted, folded) => self.matches_wanted(child, wanted, folded, depth),
            As::Elements(test, itself) => self.matches_element(child, test, itself, depth),
        }
    }

    fn entry(&self, entry: Json<'_>, depth: u32) -> Truth {
        match entry.word() {
            Word::And => self.all(entry, As::Conditions, depth),
            Word::Or => self.any_or_empty(entry, depth),
            Word::Nor => !self.any_or_empty(entry, depth),
            Word::Not => !self.all(entry, As::Entries, depth),
            Word::SavedGroup => self.saved_group(entry, depth),
            _ => self.about(entry, depth),
        }
    }

    /// An entry about an attribute.
    fn about(&self, entry: Json<'_>, depth: u32) -> Truth {
        let value = match (self.context.subject, entry.note()) {
            (Subject::Visitor(attributes), number @ 1..) => attributes.numbered(number),
            (subject, _) => subject.attribute(entry.name()),
        };
        match if value.is_none() { self.list_of(entry.name()) } else { None } {
            Some(list) => self.length(entry, list, depth),
            None => self.test(entry, value, depth),
        }
    }

    /// What an entry called `length` asks for the length of.
    fn list_of(&self, name: &str) -> Option<Option<Json<'e>>> {
        let path = name.strip_suffix("length")?;
        match (path.strip_suffix('.'), self.context.subject) {
            (Some(path), subject) => Some(subject.attribute(path)),
            (None, Subject::Object(list)) if path.is_empty() => Some(list),
            _ => None,
        }
    }

    /// An empty list of alternatives holds.
    fn any_or_empty(&self, list: Json<'_>, depth: u32) -> Truth {
        if list.length() == 0 { Truth::Yes } else { self.any(list, As::Conditions, depth) }
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(sure: bool) -> Truth {
        if sure { Truth::Yes } else { Truth::No }
    }
}
