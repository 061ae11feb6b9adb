//! Progressive forms: which fields to ask for next.

use crate::stats::order;

/// A field that somebody could be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// The smaller, the sooner; of equals the earlier in the list.
    pub order: i32,
    /// It is asked for only when this one is known; empty: at any time.
    pub after: &'a str,
}

/// The next fields, at most `most`: those that are not known, were not asked for in vain `tries` times already, and whose condition
/// holds.
///
/// ```
/// use privateer::growth::{Field, next_fields};
/// let fields = [("email", 1, ""), ("company", 2, ""), ("size", 3, "company")].map(|(name, order, after)| Field { name, order, after });
/// assert_eq!(next_fields(&fields, &[], &[], 2, 3), ["email", "company"]);
/// assert_eq!(next_fields(&fields, &["email", "company"], &[], 2, 3), ["size"]);
/// assert_eq!(next_fields(&fields, &["email"], &["company", "company", "company"], 2, 3), [""; 0]);
/// ```
pub fn next_fields<'a>(fields: &[Field<'a>], known: &[&str], asked: &[&str], most: usize, tries: usize) -> Vec<&'a str> {
    let times = |name: &str| asked.iter().filter(|each| **each == name).count();
    let is_open = |field: &&Field<'_>| {
        let is_due = field.after.is_empty() || known.contains(&field.after);
        is_due && !known.contains(&field.name) && times(field.name) < tries
    };
    let open: Vec<&Field<'_>> = fields.iter().filter(is_open).collect();
    let next = order(open.len(), &|one, other| open[one].order.cmp(&open[other].order));
    next.into_iter().take(most).map(|place| open[place].name).collect()
}
