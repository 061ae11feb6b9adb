//! Whom a decision is for.

use super::bucket;
use crate::{
    base::{
        hash,
        json::{Json, children, print_number},
    },
    condition::Context,
};
use alloc::string::String;

/// Whom a decision is for.
#[derive(Clone, Copy)]
pub struct Subject<'s> {
    /// The attributes and what conditions on them need.
    pub context: Context<'s>,
    /// Variations shown for a preview, by experiment key.
    pub forced: &'s [(String, usize)],
}

impl Subject<'_> {
    /// The place on a rule's line; `None` without a usable value or for an unknown version of the hash.
    pub(super) fn place(&self, rule: Json<'_>, seed: &str) -> Option<f64> {
        let version = rule.get_number("hashVersion").filter(|version| *version != 0.0);
        hash::place(&self.hash_value(rule)?, seed, version.unwrap_or(1.0))
    }

    /// The text that a rule hashes.
    pub fn hash_value(&self, rule: Json<'_>) -> Option<String> {
        self.attribute_text(rule.get_filled("hashAttribute"))
    }

    /// Whether the visitor lies in a range of every filter of a rule.
    pub(super) fn passes(&self, filters: Option<Json<'_>>) -> bool {
        children(filters).all(|filter| self.passes_one(filter).unwrap_or(false))
    }

    fn passes_one(&self, filter: Json<'_>) -> Option<bool> {
        let value = self.attribute_text(filter.get_filled("attribute"))?;
        let version = filter.get_number("hashVersion").unwrap_or(2.0);
        let place = hash::place(&value, filter.get_string("seed").unwrap_or(""), version)?;
        Some(children(filter.get("ranges")).any(|range| bucket::holds(range, place)))
    }

    /// Whether the visitor lies in a rule's namespace: `[id, start, end]`, always by hash version 1.
    pub(super) fn in_namespace(&self, rule: Json<'_>, namespace: Json<'_>) -> Option<bool> {
        let seed = ["__", namespace.item(0)?.string()?].concat();
        let place = hash::place(&self.hash_value(rule)?, &seed, 1.0)?;
        Some(namespace.item_number(1)? <= place && place < namespace.item_number(2)?)
    }

    /// Only a text that is not empty and a finite number other than 0 can be hashed.
    fn attribute_text(&self, attribute: Option<&str>) -> Option<String> {
        let value = self.context.own_attribute(attribute.unwrap_or("id"))?;
        match value.number() {
            Some(number) => (number != 0.0 && number.is_finite()).then(|| print_number(number, self.context.host)),
            None => value.string().filter(|text| !text.is_empty()).map(String::from),
        }
    }
}
