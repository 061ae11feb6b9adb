//! Testing the value of one attribute.

use super::{
    Context, Subject, Truth,
    check::mistake,
    compare,
    evaluate::{As, Evaluation},
};
use crate::base::json::{Document, Json, Word, print_integer};
use core::cmp::Ordering;

/// Which orders each operator lets pass: 1 for less, 2 for equal, 4 for greater, 8 for what is not comparable.
fn orders(word: Word) -> u8 {
    match word {
        Word::Less | Word::VersionLess => 1,
        Word::VersionEqual => 2,
        Word::LessOrEqual | Word::VersionLessOrEqual => 3,
        Word::Greater | Word::VersionGreater => 4,
        Word::GreaterOrEqual | Word::VersionGreaterOrEqual => 6,
        _ => 13,
    }
}

impl Evaluation<'_> {
    /// An object whose names all start with `$` (the empty one too) is a set of operators, anything else a value
    /// to be equal to.
    pub(super) fn test(&self, test: Json<'_>, value: Option<Json<'_>>, depth: u32) -> Truth {
        if is_operators(test) {
            return self.all(test, As::Operators(value), depth);
        }
        Truth::from(value.map_or(test.is_null(), |value| value.equals(test)))
    }

    pub(super) fn operate(&self, operand: Json<'_>, value: Option<Json<'_>>, depth: u32) -> Truth {
        let host = self.context.host;
        let word = operand.word();
        Truth::from(match word {
            Word::In | Word::NotIn | Word::InFolded | Word::NotInFolded => {
                let folded = matches!(word, Word::InFolded | Word::NotInFolded);
                let inside = matches!(word, Word::In | Word::InFolded);
                operand.is_list() && compare::among(value, operand, folded, host) == inside
            }
            Word::Equal => compare::same(value, operand),
            Word::NotEqual => !compare::same(value, operand),
            Word::Less | Word::LessOrEqual | Word::Greater | Word::GreaterOrEqual => {
                passes(compare::ordered(value, operand, self.context), word)
            }
            Word::VersionEqual
            | Word::VersionNotEqual
            | Word::VersionLess
            | Word::VersionLessOrEqual
            | Word::VersionGreater
            | Word::VersionGreaterOrEqual => passes(compare::versions(value, operand, host), word),
            Word::Exists => value.is_some() == operand.truthy(),
            Word::Pattern | Word::PatternFolded => self.matches(value, operand, word == Word::PatternFolded).unwrap_or(false),
            Word::InGroup | Word::NotInGroup => return self.in_group(value, operand, word == Word::InGroup),
            Word::Type => operand.string() == Some(value.map_or("null", Json::type_name)),
            Word::Not => return !self.test(operand, value, depth),
            Word::Size | Word::Element | Word::All | Word::AllFolded => match value.filter(|value| value.is_list()) {
                Some(list) => return self.about_list(operand, list, depth),
                None => false,
            },
            Word::Unknown => return Truth::Unknown,
            _ => false, // what joins conditions has no meaning here
        })
    }

    fn about_list(&self, operand: Json<'_>, list: Json<'_>, depth: u32) -> Truth {
        match operand.word() {
            Word::Size => self.length(operand, Some(list), depth),
            Word::Element => self.element(operand, list, depth),
            word if operand.is_list() => self.all(operand, As::Wanted(list, word == Word::AllFolded), depth),
            _ => Truth::No,
        }
    }

    fn matches(&self, value: Option<Json<'_>>, pattern: Json<'_>, folded: bool) -> Option<bool> {
        Some(self.context.host.matches(pattern.string()?, value?.string()?, folded))
    }

    /// Tests how long a list is; `null` for what is none.
    pub(super) fn length(&self, test: Json<'_>, list: Option<Json<'_>>, depth: u32) -> Truth {
        let Some(list) = list.filter(|list| list.is_list()) else { return self.test(test, None, depth) };
        let length = print_integer(list.length() as i64);
        let length = Document::read(&length, 0, self.context.host).unwrap_or_default();
        self.test(test, length.root(), depth)
    }

    /// Whatever `$all` asks for is a test of its own.
    pub(super) fn matches_wanted(&self, element: Json<'_>, wanted: Json<'_>, folded: bool, depth: u32) -> Truth {
        if folded && wanted.string().is_some() {
            return Truth::from(compare::same_folded(element, wanted, self.context.host));
        }
        self.test(wanted, Some(element).filter(|element| !element.is_null()), depth)
    }

    /// Operators test the element itself, unless one of them joins conditions; then, and for any other object, the element
    /// stands for the attributes.
    fn element(&self, test: Json<'_>, list: Json<'_>, depth: u32) -> Truth {
        if !test.is_object() {
            return Truth::No;
        }
        let joins = |part: Json<'_>| matches!(part.word(), Word::And | Word::Or | Word::Nor | Word::SavedGroup);
        let itself = is_operators(test) && !test.children().any(joins);
        if !itself && mistake(test).is_some() {
            self.limits.broken.set(true);
        }
        self.any(list, As::Elements(test, itself), depth)
    }

    /// `null` elements are passed over; `0`, `""` and `false` are not.
    pub(super) fn matches_element(&self, item: Json<'_>, test: Json<'_>, itself: bool, depth: u32) -> Truth {
        if item.is_null() {
            return Truth::No;
        }
        if itself {
            return self.test(test, Some(item), depth);
        }
        let context = Context { subject: Subject::Object(Some(item)), ..*self.context };
        Evaluation { context: &context, ..*self }.all(test, As::Entries, depth)
    }
}

fn passes(order: Option<Ordering>, word: Word) -> bool {
    orders(word) >> order.map_or(3, |order| order as i8 + 1) & 1 == 1
}

fn is_operators(test: Json<'_>) -> bool {
    test.is_object() && test.length() == 0
}
