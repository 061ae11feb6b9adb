//! Evaluating conditions.

use super::{
    Context, Subject, Truth, check,
    groups::{DEEPEST, Path},
    operator::{self, Operator},
};
use crate::base::json::{Children, Json};
use core::{cell::Cell, ops::Not};

/// One condition being evaluated.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'e> {
    pub context: Context<'e>,
    pub limits: &'e Limits,
    pub path: Option<&'e Path<'e>>,
    pub depth: u32,
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
        let outcome = Evaluation { context: *self, limits: &limits, path: None, depth: 0 }.evaluate(condition);
        if limits.broken.get() { Truth::No } else { outcome }
    }

    /// The three-valued outcome of the test of one attribute, in a condition that the groups of `path` led to; `None`
    /// where a part was found that makes the whole condition false.
    pub fn evaluate_test(&self, test: Json<'_>, value: Option<Json<'_>>, path: Option<&Path<'_>>) -> Option<Truth> {
        let limits = Limits::default();
        let outcome = Evaluation { context: *self, limits: &limits, path, depth: 0 }.test(test, value);
        (!limits.broken.get()).then_some(outcome)
    }
}

impl<'e> Evaluation<'e> {
    /// All entries must hold.
    pub fn evaluate(&self, condition: Json<'_>) -> Truth {
        let Some(deeper) = self.deeper() else { return Truth::No };
        all(condition.children(), |entry| deeper.entry(entry))
    }

    /// One level further down, of conditions or of tests; `None` where it goes too deep, which no condition survives.
    pub fn deeper(&self) -> Option<Evaluation<'e>> {
        if self.depth > DEEPEST {
            self.limits.broken.set(true);
            return None;
        }
        Some(Evaluation { depth: self.depth + 1, ..*self })
    }

    fn entry(&self, entry: Json<'_>) -> Truth {
        match operator::of(entry) {
            Operator::And => all(entry.children(), |part| self.evaluate(part)),
            Operator::Or => self.any_or_empty(entry),
            Operator::Nor => !self.any_or_empty(entry),
            Operator::Not => !self.evaluate(entry),
            Operator::SavedGroup => self.saved_group(entry),
            _ => match (self.attribute(entry), entry.name().strip_suffix(".length")) {
                (None, Some(list)) => self.length(entry, self.context.subject.attribute(list)),
                (value, _) => self.test(entry, value),
            },
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
    fn any_or_empty(&self, list: Json<'_>) -> Truth {
        if list.children().next().is_none() { Truth::Yes } else { any(list.children(), |part| self.evaluate(part)) }
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
