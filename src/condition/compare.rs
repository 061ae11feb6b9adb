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
        return Some(left.bytes().map(rank).cmp(right.bytes().map(rank)));
    }
    number(value, context).partial_cmp(&number(Some(operand), context))
}

/// UTF-8 sorts as UTF-16 does, but for U+E000 to U+FFFF, which come behind all that take two units there.
fn rank(byte: u8) -> u8 {
    if matches!(byte, 0xee | 0xef) { byte | 0xf0 } else { byte }
}

/// NaN for what is no number. Where values are converted, as JavaScript's relational operators convert scalars; lists and
/// objects are not comparable.
fn number(value: Option<Json<'_>>, context: &Context<'_>) -> f64 {
    let number = value.and_then(Json::number);
    if !context.coerces || number.is_some() {
        return number.unwrap_or(f64::NAN);
    }
    let Some(value) = value else { return 0.0 };
    match value.string() {
        Some("") => 0.0,
        Some(text) => context.host.parse_number(text),
        None if value.is_null() => 0.0,
        None => value.boolean().map_or(f64::NAN, f64::from),
    }
}

/// As versions: two texts or two numbers.
pub fn versions(value: Option<Json<'_>>, operand: Json<'_>, host: &dyn Host) -> Option<Ordering> {
    let value = value?;
    match (value.number(), operand.number()) {
        (Some(left), Some(right)) => Some(version::compare(&print_number(left, host), &print_number(right, host))),
        _ => Some(version::compare(value.string()?, operand.string()?)),
    }
}
