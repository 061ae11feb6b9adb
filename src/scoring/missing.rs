//! Attributes that are asked for: those that nobody knows, and those that a score must not be made of.

use crate::{
    base::json::{Json, Word},
    condition::Context,
};
use alloc::vec::Vec;

/// Notes the unknown attributes of a condition and of the path of a number, each once. Whether it can be answered: it names a known
/// attribute, or none.
pub(super) fn name_missing<'m>(condition: Json<'m>, number: &'m str, context: &Context<'_>, missing: &mut Vec<&'m str>) -> bool {
    let names = names(condition, number);
    let mut known = names.is_empty();
    for name in names {
        if context.subject.attribute(name).is_some() {
            known = true;
        } else if !missing.contains(&name) {
            missing.push(name);
        }
    }
    known
}

/// Whether a condition, or the path of a number, is about the score itself; what learned models say is not.
pub(super) fn is_about_score(condition: Json<'_>, number: &str) -> bool {
    let is_own = |path: &&str| *path == "score" || path.starts_with("score.") && !path.starts_with("score.learned.");
    names(condition, number).iter().any(is_own)
}

/// Every attribute that a condition names, and the path.
fn names<'m>(condition: Json<'m>, number: &'m str) -> Vec<&'m str> {
    let mut names = Vec::new();
    visit(condition, &mut names);
    if !number.is_empty() {
        names.push(number);
    }
    names
}

fn visit<'m>(condition: Json<'m>, names: &mut Vec<&'m str>) {
    for entry in condition.children() {
        match entry.word() {
            Word::And | Word::Or | Word::Nor => entry.children().for_each(|part| visit(part, names)),
            Word::Not => visit(entry, names),
            _ if entry.name().starts_with('$') => {}
            _ => names.push(entry.name()),
        }
    }
}
