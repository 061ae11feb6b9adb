//! Noting in a condition what every evaluation needs.

use super::{Attributes, operator, operator::Operator};
use crate::base::json::{Document, Note};

/// Notes the operators and the attributes in the condition at `place`, so that evaluating it looks up no name.
///
/// A condition without notes means the same; it only takes longer. Names that turn out to be neither are noted
/// as well, for nothing: telling them apart would take another walk.
pub fn number(document: &mut Document, place: usize, attributes: &mut Attributes) {
    for at in document.place(place).below() {
        let name = document.place(at).name();
        let kind = operator::number(name);
        let path = if kind == Operator::Attribute as u8 + 1 && !name.is_empty() { attributes.number(name) } else { 0 };
        document.note(at, Note { kind, number: path });
    }
}
