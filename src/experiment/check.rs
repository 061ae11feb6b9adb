//! Finding the rules that must not be used.

use crate::{base::json::Json, condition, error::Error};

/// Passing such a rule over is safe; serving its value as if that part were not there would not be.
const UNSUPPORTED: [&str; 2] = ["parentConditions", "contextualBanditRef"];

/// Refuses a rule that cannot be evaluated. Errors: `wrong-type`, `unsupported`, `malformed-condition`.
pub fn check(rule: Json<'_>) -> Result<(), Error> {
    if !rule.is_object() {
        return Err(Error::new("wrong-type", "", "A rule is an object {…}."));
    }
    for name in UNSUPPORTED {
        if rule.get(name).is_some() {
            let message = "This part of a rule is not evaluated; the rule is passed over.";
            return Err(Error::new("unsupported", name, message).within("."));
        }
    }
    match rule.get("condition").filter(|condition| condition.truthy()) {
        Some(condition) => condition::check(condition).map_err(|error| error.within(".condition")),
        None => Ok(()),
    }
}
