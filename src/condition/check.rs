//! Finding mistakes before a condition is used.

use super::operator::{self, Operator};
use crate::{base::json::Json, error::Error};

/// Refuses what the language has no meaning for: a condition that is no object, a list of conditions that is none.
///
/// A rule with such a condition never applies, whatever surrounds the mistake. What this engine merely does not
/// know is no mistake: it evaluates to unknown. Errors: `malformed-condition`, with the path below `condition`.
pub fn check(condition: Json<'_>) -> Result<(), Error> {
    if !condition.is_object() {
        return Err(malformed("A condition is an object {…}."));
    }
    for entry in condition.children() {
        let checked = match operator::of(entry) {
            Operator::And | Operator::Or | Operator::Nor if !entry.is_list() => {
                Err(malformed("A list [ … ] of conditions belongs here."))
            }
            Operator::And | Operator::Or | Operator::Nor => entry.children().try_for_each(check),
            Operator::Not => check(entry),
            _ => Ok(()),
        };
        checked.map_err(|error| error.within(entry.name()).within("."))?;
    }
    Ok(())
}

fn malformed(message: &str) -> Error {
    Error::new("malformed-condition", "", message)
}
