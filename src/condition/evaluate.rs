//! Evaluating conditions.

use super::{
    Context, Subject, Truth, check,
    groups::{DEEPEST, Path},
    operator::{self, Operator},
};
use crate::base::json::{Children, Json};
use core::{cell::Cell, ops::Not};

/// One condition being evaluated. How deep it is at the moment is told from call to call.
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

impl Context<'_> {
    /// Whether a condition surely holds. One that is malformed does not.
    pub fn holds(&self, condition: Json<'_>) -> bool {
        check(condition).is_ok() && self.evaluate(condition) == Truth::Yes
    }

    /// The three-valued outcome of a condition that was checked.
    pub fn evaluate(&self, condition: Json<'_>) -> Truth {
        let limits = Limits::default();
        let outcome = Evaluation { context: self, limits: &limits, path: None }.evaluate(condition, 0);
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
    /// All entries must hold.
    pub fn evaluate(&self, condition: Json<'_>, depth: u32) -> Truth {
        if self.is_too_deep(depth) {
            return Truth::No;
        }
        all(condition.children(), |entry| self.entry(entry, depth + 1))
    }

    /// Whether conditions or tests are nested too deep, which no condition survives.
    pub fn is_too_deep(&self, depth: u32) -> bool {
        if depth > DEEPEST {
            self.limits.broken.set(true);
        }
        depth > DEEPEST
    }

    fn entry(&self, entry: Json<'_>, depth: u32) -> Truth {
        match operator::of(entry) {
            Operator::And => all(entry.children(), |part| self.evaluate(part, depth)),
            Operator::Or => self.any_or_empty(entry, depth),
            Operator::Nor => !self.any_or_empty(entry, depth),
            Operator::Not => !self.evaluate(entry, depth),
            Operator::SavedGroup => self.saved_group(entry, depth),
            _ => {
                let value = self.attribute(entry);
                match if value.is_none() { self.list_of(entry) } else { None } {
                    Some(list) => self.length(entry, list, depth),
                    None => self.test(entry, value, depth),
                }
            }
        }
    }

    /// What an entry called `length` asks for the length of.
    fn list_of(&self, entry: Json<'_>) -> Option<Option<Json<'e>>> {
        match (entry.name(), self.context.subject) {
            ("length", Subject::Object(list)) => Some(list.filter(|list| list.is_list())),
            (name, subject) => Some(subject.attribute(name.strip_suffix(".length")?)),
        }
    }

    /// The attribute that an entry is about.
    fn attribute(&self, entry: Json<'_>) -> Option<Json<'e>> {
        match (self.context.subject, entry.note().number) {
            (Subject::Visitor(attributes), number @ 1..) => attributes.numbered(number),
            (subject, _) => subject.attribute(entry.name()),
        }
    }

    /// An empty list of alternatives holds.
    fn any_or_empty(&self, list: Json<'_>, depth: u32) -> Truth {
        if list.children().next().is_none() { Truth::Yes } else { any(list.children(), |part| self.evaluate(part, depth)) }
    }
}

/// The lowest outcome decides.
pub(super) fn all(parts: Children<'_>, mut evaluate: impl FnMut(Json<'_>) -> Truth) -> Truth {
    let mut outcome = Truth::Yes;
    for part in parts {
        match evaluate(part) {
            Truth::No => return Truth::No,
            Truth::Unknown => outcome = Truth::Unknown,
            Truth::Yes => {}
        }
    }
    outcome
}

/// The highest outcome decides.
pub(super) fn any(parts: Children<'_>, mut evaluate: impl FnMut(Json<'_>) -> Truth) -> Truth {
    !all(parts, |part| !evaluate(part))
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
