//! Whom a decision is for.

use super::bucket;
use crate::{
    base::{
        hash,
        json::{Json, print_number},
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
    /// The place on the line and the text that was hashed; `None` without a usable value or for an unknown
    /// version of the hash. `described` names the attribute under `attribute` and the version as `hashVersion`.
    pub(super) fn place(&self, described: Json<'_>, attribute: &str, seed: &str, version: f64) -> Option<(f64, String)> {
        let attribute = described.get(attribute).and_then(Json::filled);
        let value = self.hash_value(attribute.as_deref().unwrap_or("id"))?;
        let given = described.get("hashVersion").and_then(Json::number).filter(|version| *version != 0.0);
        Some((hash::place(&value, seed, given.unwrap_or(version))?, value))
    }

    /// Whether the visitor lies in a range of every filter of a rule.
    pub(super) fn passes(&self, filters: Option<Json<'_>>) -> bool {
        filters.is_none_or(|filters| {
            filters.children().all(|filter| {
                let seed = filter.get("seed").and_then(Json::string).unwrap_or_default();
                let place = self.place(filter, "attribute", &seed, 2.0);
                place.is_some_and(|(place, _)| {
                    filter.get("ranges").is_some_and(|ranges| ranges.children().any(|range| bucket::holds(range, place)))
                })
            })
        })
    }

    /// Whether the visitor lies in a namespace: `[id, start, end]`, always by hash version 1.
    pub(super) fn in_namespace(&self, rule: Json<'_>, namespace: Json<'_>) -> bool {
        let inside = || {
            let seed = ["__", &namespace.item(0)?.string()?].concat();
            let attribute = rule.get("hashAttribute").and_then(Json::filled);
            let place = hash::place(&self.hash_value(attribute.as_deref().unwrap_or("id"))?, &seed, 1.0)?;
            Some(namespace.item(1)?.number()? <= place && place < namespace.item(2)?.number()?)
        };
        inside().unwrap_or(false)
    }

    /// Only a text that is not empty and a number other than 0 can be hashed.
    fn hash_value(&self, attribute: &str) -> Option<String> {
        let value = self.context.attributes?.get(attribute)?;
        match value.number() {
            Some(number) => (number != 0.0 && number.is_finite()).then(|| print_number(number, self.context.host)),
            None => value.filled().map(|text| text.into_owned()),
        }
    }
}
