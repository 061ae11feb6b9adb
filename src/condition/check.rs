//! Finding mistakes before a condition is used.

use crate::{
    base::json::{Json, Word},
    error::Error,
};

/// Refuses what the language has no meaning for: a condition that is no object, a list of conditions that is none.
///
/// A rule with such a condition never applies, whatever surrounds the mistake. What this engine merely does not
/// know is no mistake: it evaluates to unknown. Errors: `malformed-condition`, with the path below `condition`.
pub fn check(condition: Json<'_>) -> Result<(), Error> {
    let Some(mistake) = mistake(condition) else { return Ok(()) };
    let path = condition.document().trail(condition, mistake.place());
    Err(malformed(mistake, &path))
}

/// The error about a part of a condition that [`mistake`] found.
fn malformed(mistake: Json<'_>, path: &str) -> Error {
    let is_joint = !mistake.is_object() && joins(mistake.word());
    let message = if is_joint { "A list [ … ] of conditions belongs here." } else { "A condition is an object {…}." };
    Error::new("malformed-condition", path, message)
}

/// The first part of a condition that has no meaning.
pub(super) fn mistake(condition: Json<'_>) -> Option<Json<'_>> {
    if !condition.is_object() {
        return Some(condition);
    }
    for entry in condition.children() {
        let word = entry.word();
        if joins(word) && !entry.is_list() {
            return Some(entry);
        }
        if joins(word) {
            for part in entry.children() {
                if let Some(found) = mistake(part) {
                    return Some(found);
                }
            }
        }
        if word == Word::Not
            && let Some(found) = mistake(entry)
        {
            return Some(found);
        }
    }
    None
}

/// Whether a name joins the conditions of a list.
fn joins(word: Word) -> bool {
    matches!(word, Word::And | Word::Or | Word::Nor)
}
