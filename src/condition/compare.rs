//! Comparing values. A missing value is `null`.

use super::{Context, version};
use crate::base::{
    Host,
    json::{Json, print_number},
};
use core::cmp::Ordering;

/// The same scalar of the same type.
pub fn same(value: Option<Json<'_>>, operand: Json<'_>) -> bool {
    value.map_or(operand.is_null(), |value| value.is_same(operand))
}

/// The same scalar; texts are, whatever the case of their letters.
pub fn same_folded(value: Json<'_>, operand: Json<'_>, host: &dyn Host) -> bool {
    match (value.string(), operand.string()) {
        (Some(left), Some(right)) if left.is_ascii() && right.is_ascii() => left.eq_ignore_ascii_case(right),
        (Some(left), Some(right)) => host.lower_case(left) == host.lower_case(right),
        _ => value.is_same(operand),
    }
}

/// A member of the list; for a list value, any of its elements is.
pub fn among(value: Option<Json<'_>>, list: Json<'_>, folded: bool, host: &dyn Host) -> bool {
    let equal = |value: Option<Json<'_>>, operand| match value {
        Some(value) if folded => same_folded(value, operand, host),
        _ => same(value, operand),
    };
    let member = |value: Option<Json<'_>>| match value.and_then(Json::string) {
        Some(text) if !folded => list.has_text(text),
        _ => list.children().any(|operand| equal(value, operand)),
    };
    match value {
        Some(value) if value.is_list() => value.children().any(|item| member(Some(item))),
        _ => member(value),
    }
}

/// Number with number, or text with text by UTF-16 code units; any other pair is not comparable, unless the context
/// converts values.
pub fn ordered(value: Option<Json<'_>>, operand: Json<'_>, context: &Context<'_>) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (value.and_then(Json::string), operand.string()) {
        return Some(left.encode_utf16().cmp(right.encode_utf16()));
    }
    if context.coerces {
        return to_number(value, context.host)?.partial_cmp(&to_number(Some(operand), context.host)?);
    }
    value?.number()?.partial_cmp(&operand.number()?)
}

/// As JavaScript's relational operators convert scalars; lists and objects are not comparable.
fn to_number(value: Option<Json<'_>>, host: &dyn Host) -> Option<f64> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Some(0.0) };
    let text = value.string().map(|text| if text.is_empty() { 0.0 } else { host.parse_number(text) });
    value.number().or(text).or(value.boolean().map(f64::from))
}

/// As versions: two texts or two numbers.
pub fn versions(value: Option<Json<'_>>, operand: Json<'_>, host: &dyn Host) -> Option<Ordering> {
    let value = value?;
    match (value.number(), operand.number()) {
        (Some(left), Some(right)) => Some(version::compare(&print_number(left, host), &print_number(right, host))),
        _ => Some(version::compare(value.string()?, operand.string()?)),
    }
}
