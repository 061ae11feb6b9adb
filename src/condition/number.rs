//! Noting in a condition what every evaluation needs.

use super::Attributes;
use crate::base::json::Json;

/// Notes the attributes in a condition by their numbers, so that evaluating it looks up no name.
///
/// A condition without notes means the same; it only takes longer. Names that turn out to be no attribute's are noted
/// as well, for nothing: telling them apart would take another walk.
pub fn number(condition: Json<'_>, attributes: &mut Attributes) {
    for at in condition.below() {
        let part = condition.document().place(at);
        if !part.word().is_operator() && !part.name().is_empty() {
            part.take_note(attributes.number(part.name()));
        }
    }
}
