//! Testing the value of one attribute.

use super::{
    Subject, Truth, compare,
    evaluate::{Evaluation, all, any},
    operator::{self, Operator},
};
use crate::base::json::{Document, Json, print_integer};

impl Evaluation<'_> {
    /// An object whose names all start with `$` (the empty one too) is a set of operators, anything else a value
    /// to be equal to.
    pub(super) fn test(&self, test: Json<'_>, value: Option<Json<'_>>, depth: u32) -> Truth {
        if is_operators(test) {
            if self.is_too_deep(depth) {
                return Truth::No;
            }
            return all(test.children(), |operator| self.operate(operator, value, depth + 1));
        }
        Truth::from(value.map_or(test.is_null(), |value| value.equals(test)))
    }

    fn operate(&self, operand: Json<'_>, value: Option<Json<'_>>, depth: u32) -> Truth {
        let (host, kind) = (self.context.host, operator::of(operand));
        let compared = || compare::ordered(value, operand, self.context);
        let versions = || compare::versions(value, operand, host);
        let among = |folded| operand.is_list() && compare::among(value, operand, folded, host);
        let not_among = |folded| operand.is_list() && !compare::among(value, operand, folded, host);
        Truth::from(match kind {
            Operator::Equal => compare::same(value, operand),
            Operator::NotEqual => !compare::same(value, operand),
            Operator::Less => compared().is_some_and(|order| order.is_lt()),
            Operator::LessOrEqual => compared().is_some_and(|order| order.is_le()),
            Operator::Greater => compared().is_some_and(|order| order.is_gt()),
            Operator::GreaterOrEqual => compared().is_some_and(|order| order.is_ge()),
            Operator::VersionEqual => versions().is_some_and(|order| order.is_eq()),
            Operator::VersionNotEqual => !versions().is_some_and(|order| order.is_eq()),
            Operator::VersionLess => versions().is_some_and(|order| order.is_lt()),
            Operator::VersionLessOrEqual => versions().is_some_and(|order| order.is_le()),
            Operator::VersionGreater => versions().is_some_and(|order| order.is_gt()),
            Operator::VersionGreaterOrEqual => versions().is_some_and(|order| order.is_ge()),
            Operator::Exists => value.is_some() == operand.truthy(),
            Operator::In => among(false),
            Operator::NotIn => not_among(false),
            Operator::InFolded => among(true),
            Operator::NotInFolded => not_among(true),
            Operator::InGroup => return self.in_group(value, operand, true),
            Operator::NotInGroup => return self.in_group(value, operand, false),
            Operator::Pattern => self.matches(value, operand, false).unwrap_or(false),
            Operator::PatternFolded => self.matches(value, operand, true).unwrap_or(false),
            Operator::Type => operand.string() == Some(value.map_or("null", Json::type_name)),
            Operator::Size => return self.size(operand, value, depth),
            Operator::All => return self.has_all(operand, value, false, depth),
            Operator::AllFolded => return self.has_all(operand, value, true, depth),
            Operator::Element => return self.element(operand, value, depth),
            Operator::Not => return !self.test(operand, value, depth),
            Operator::And | Operator::Or | Operator::Nor | Operator::SavedGroup | Operator::SavedGroups => false,
            Operator::Attribute | Operator::Unknown => return Truth::Unknown,
        })
    }

    fn matches(&self, value: Option<Json<'_>>, pattern: Json<'_>, folded: bool) -> Option<bool> {
        Some(self.context.host.matches(pattern.string()?, value?.string()?, folded))
    }

    fn size(&self, test: Json<'_>, list: Option<Json<'_>>, depth: u32) -> Truth {
        if list.is_some_and(Json::is_list) { self.length(test, list, depth) } else { Truth::No }
    }

    /// Tests how long a list is; `null` for what is none.
    pub(super) fn length(&self, test: Json<'_>, list: Option<Json<'_>>, depth: u32) -> Truth {
        let Some(list) = list.filter(|list| list.is_list()) else { return self.test(test, None, depth) };
        let length = print_integer(list.children().count() as i64);
        let length = Document::read(&length, 0, self.context.host).unwrap_or_default();
        self.test(test, length.root(), depth)
    }

    /// Every item that is asked for must match some element, each as a test of its own.
    fn has_all(&self, items: Json<'_>, list: Option<Json<'_>>, folded: bool, depth: u32) -> Truth {
        let Some(list) = list.filter(|list| list.is_list() && items.is_list()) else { return Truth::No };
        all(items.children(), |item| {
            any(list.children(), |element| match folded && item.string().is_some() {
                true => Truth::from(compare::same_folded(element, item, self.context.host)),
                false => self.test(item, Some(element).filter(|element| !element.is_null()), depth),
            })
        })
    }

    /// `null` elements are passed over; `0`, `""` and `false` are not. Operators test the element itself, unless
    /// one of them joins conditions; then, and for any other object, the element stands for the attributes.
    fn element(&self, test: Json<'_>, list: Option<Json<'_>>, depth: u32) -> Truth {
        let Some(list) = list.filter(|list| list.is_list() && test.is_object()) else { return Truth::No };
        let joins = |part| matches!(operator::of(part), Operator::And | Operator::Or | Operator::Nor | Operator::SavedGroup);
        let itself = is_operators(test) && !test.children().any(joins);
        if !itself && super::check(test).is_err() {
            self.limits.broken.set(true);
        }
        any(list.children(), |item| match item.is_null() {
            true => Truth::No,
            false if itself => self.test(test, Some(item), depth),
            false => {
                let context = super::Context { subject: Subject::Object(Some(item)), ..*self.context };
                Evaluation { context: &context, ..*self }.evaluate(test, depth)
            }
        })
    }
}

fn is_operators(test: Json<'_>) -> bool {
    test.is_object() && test.children().all(|member| operator::of(member) != Operator::Attribute)
}
