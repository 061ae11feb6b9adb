//! Comparing values. A missing value is `null`.

use super::{Context, version};
use crate::base::json::Json;
use core::cmp::Ordering;

/// The same scalar of the same type.
pub fn same(value: Option<Json<'_>>, operand: Json<'_>) -> bool {
    value.map_or(operand.is_null(), |value| value.is_same(operand))
}

/// A member of the list; for a list value, any of its elements is.
pub fn among(value: Option<Json<'_>>, list: Json<'_>) -> bool {
    let member = |value: Option<Json<'_>>| list.children().any(|operand| same(value, operand));
    match value {
        Some(value) if value.is_list() => value.children().any(|item| member(Some(item))),
        _ => member(value),
    }
}

/// Number with number, or text with text by UTF-16 code units; any other pair is not comparable.
pub fn ordered(value: Option<Json<'_>>, operand: Json<'_>) -> Option<Ordering> {
    let value = value?;
    match (value.number(), operand.number()) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        _ => Some(value.string()?.encode_utf16().cmp(operand.string()?.encode_utf16())),
    }
}

impl Context<'_> {
    /// As versions: two texts or two numbers.
    pub(super) fn versions(&self, value: Option<Json<'_>>, operand: Json<'_>) -> Option<Ordering> {
        let value = value?;
        let comparable = value.number().is_some() == operand.number().is_some();
        let (left, right) = (version::sort_key(value, self.host)?, version::sort_key(operand, self.host)?);
        comparable.then(|| left.cmp(&right))
    }
}
