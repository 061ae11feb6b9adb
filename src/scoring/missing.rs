//! Attributes that are asked for, and that nobody knows.

use crate::{
    base::json::{Json, Word},
    condition::Context,
};
use alloc::vec::Vec;

/// Notes the unknown attributes of a condition, each once. Whether it can be answered: it names a known attribute, or none.
pub(super) fn name_missing<'m>(condition: Json<'m>, context: &Context<'_>, missing: &mut Vec<&'m str>) -> bool {
    let (mut named, mut known) = (false, false);
    visit(condition, &mut |name| {
        named = true;
        if context.subject.attribute(name).is_some() {
            known = true;
        } else if !missing.contains(&name) {
            missing.push(name);
        }
    });
    known || !named
}

/// Whether a condition, or the path of a number, is about the score itself; what learned models say is not.
pub(super) fn is_about_score(condition: Json<'_>, number: &str) -> bool {
    let is_own = |path: &str| path == "score" || path.starts_with("score.") && !path.starts_with("score.learned.");
    let mut found = is_own(number);
    visit(condition, &mut |name| found |= is_own(name));
    found
}

/// Every attribute that a condition names.
fn visit<'m>(condition: Json<'m>, found: &mut dyn FnMut(&'m str)) {
    for entry in condition.children() {
        match entry.word() {
            Word::And | Word::Or | Word::Nor => entry.children().for_each(|part| visit(part, found)),
            Word::Not => visit(entry, found),
            _ if entry.name().starts_with('$') => {}
            _ => found(entry.name()),
        }
    }
}
