//! Noting in a condition what every evaluation needs.

use super::{Attributes, operator, operator::Operator};
use crate::base::json::{Json, Note};

/// Notes the operators and the attributes in a condition, so that evaluating it looks up no name.
///
/// A condition without notes means the same; it only takes longer. Names that turn out to be neither are noted
/// as well, for nothing: telling them apart would take another walk.
pub fn number(condition: Json<'_>, attributes: &mut Attributes) {
    for at in condition.below() {
        let part = condition.document().place(at);
        let name = part.name();
        let kind = operator::number(name);
        let path = if kind == Operator::Attribute as u8 + 1 && !name.is_empty() { attributes.number(name) } else { 0 };
        part.take_note(Note { kind, number: path });
    }
}
