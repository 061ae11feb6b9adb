//! The saved groups that a reduced payload still needs, reduced too.

use super::prune::{Known, Pruned, prune_below};
use crate::{
    base::json::{Document, Json, Writer},
    condition::Path,
    error::Error,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

/// Below these, conditions are about something else than the visitor: an element of a list, the value of a feature.
const OTHER_SUBJECTS: [&str; 2] = ["$elemMatch", "parentConditions"];

/// The saved groups by their ids.
type Groups<'g> = BTreeMap<&'g str, Json<'g>>;
type Ids<'g> = BTreeSet<&'g str>;

/// The groups that `reduced` names, directly or through other groups, as an object.
///
/// Any text that is a group's id counts as naming it: operators of a later version may name groups in ways that are not
/// known here. Errors: none in practice; what was written here is read again.
pub fn needed_groups(reduced: Json<'_>, groups: &Groups<'_>, known: Known<'_>) -> Result<String, Error> {
    let reached = closed(named(reduced, groups), groups);
    let mut as_written = not_about_the_visitor(reduced, &reached, groups);
    as_written.extend(on_circles(&reached, groups));
    let mut rewritten = Vec::new();
    for (id, group) in reached.iter().filter_map(|id| groups.get_key_value(id)) {
        let entry = if as_written.contains(id) { None } else { rewrite(id, *group, known) };
        let entry = entry.map(|entry| Document::read(&entry, u32::MAX, known.host)).transpose()?;
        rewritten.extend(entry.map(|entry| (*id, entry)));
    }
    let mut left = groups.clone();
    left.extend(rewritten.iter().filter_map(|(id, entry)| Some((*id, entry.root()?))));
    Ok(write(&closed(named(reduced, groups), &left), &left))
}

fn write(ids: &Ids<'_>, groups: &Groups<'_>) -> String {
    let mut out = Writer::default();
    out.open('{');
    for (id, group) in ids.iter().filter_map(|id| groups.get_key_value(id)) {
        out.key(id).raw(group.text());
    }
    out.close('}').finish()
}

/// A group's entry with its condition pruned; `None` where there is nothing to gain, and where the condition is
/// decided: whoever still names the group does so in a way that could not be decided.
fn rewrite(id: &str, group: Json<'_>, known: Known<'_>) -> Option<String> {
    let condition = group.get("condition").filter(|_| group.get_string("type") == Some("condition"))?;
    let path = Path { id, before: None };
    let Pruned::Open(condition) = prune_below(condition, known, Some(&path)) else { return None };
    let mut out = Writer::default();
    out.open('{');
    for member in group.children() {
        let pruned = member.name() == "condition";
        out.key(member.name()).raw(if pruned { &condition } else { member.text() });
    }
    Some(out.close('}').finish())
}

/// The groups that conditions on something else name, directly or through other groups.
fn not_about_the_visitor<'g>(reduced: Json<'_>, reached: &Ids<'g>, groups: &Groups<'g>) -> Ids<'g> {
    let entries = reached.iter().filter_map(|id| groups.get(id).copied().filter(|group| !is_list(*group)));
    let mut found = named_elsewhere(reduced, groups);
    entries.for_each(|entry| found.extend(named_elsewhere(entry, groups)));
    closed(found, groups)
}

/// The groups that lead back to themselves: the outcome of such a one depends on where the circle is entered.
///
/// The texts are searched once, and each group is then followed by number: payloads have thousands of them.
fn on_circles<'g>(reached: &Ids<'g>, groups: &Groups<'g>) -> Ids<'g> {
    let numbers: BTreeMap<&str, usize> = reached.iter().enumerate().map(|(number, id)| (*id, number)).collect();
    let named = reached.iter().map(|id| groups.get(id).map(|group| named_by(*group, groups)).unwrap_or_default());
    let next: Vec<Vec<usize>> = named.map(|ids| ids.iter().filter_map(|id| numbers.get(id).copied()).collect()).collect();
    numbers.iter().filter(|(_, number)| leads_back(**number, &next)).map(|(id, _)| *id).collect()
}

fn leads_back(start: usize, next: &[Vec<usize>]) -> bool {
    let mut seen = alloc::vec![false; next.len()];
    let mut ahead = alloc::vec![start];
    while let Some(number) = ahead.pop() {
        for number in next.get(number).into_iter().flatten().copied() {
            match seen.get_mut(number) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            ahead.push(number);
        }
    }
    seen.get(start).copied().unwrap_or(false)
}

/// These groups and all that they name, and so on.
fn closed<'g>(start: Ids<'g>, groups: &Groups<'g>) -> Ids<'g> {
    let mut ahead: Vec<&str> = start.iter().copied().collect();
    let mut found = start;
    while let Some(group) = ahead.pop().and_then(|id| groups.get(id)) {
        ahead.extend(named_by(*group, groups).into_iter().filter(|id| found.insert(id)));
    }
    found
}

/// The groups that a group names. Lists hold values of attributes, not ids.
fn named_by<'g>(group: Json<'_>, groups: &Groups<'g>) -> Ids<'g> {
    if is_list(group) { Ids::new() } else { named(group, groups) }
}

/// The groups named by any text in a value.
fn named<'g>(value: Json<'_>, groups: &Groups<'g>) -> Ids<'g> {
    let below = value.below().map(|place| value.document().place(place));
    let texts = core::iter::once(value).chain(below).filter_map(Json::string);
    texts.filter_map(|text| groups.get_key_value(text).map(|(id, _)| *id)).collect()
}

/// The same where it is about another subject than the visitor.
fn named_elsewhere<'g>(value: Json<'_>, groups: &Groups<'g>) -> Ids<'g> {
    let below = value.below().map(|place| value.document().place(place));
    below.filter(|part| OTHER_SUBJECTS.contains(&part.name())).flat_map(|part| named(part, groups)).collect()
}

fn is_list(group: Json<'_>) -> bool {
    group.is_list() || group.get_string("type") == Some("list")
}
