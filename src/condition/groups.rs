//! Saved groups: who is in, by a list, by a condition, or by what a server said.

use super::{
    Truth,
    check::mistake,
    compare::among,
    evaluate::{As, Evaluation},
};
use crate::base::json::Json;

/// Saved groups.
pub trait Groups {
    /// A saved group as the payload has it, `null` too; `None` when there is none of that id.
    fn group(&self, id: &str) -> Option<Json<'_>>;

    /// Counts a group that a condition enters; whether it may. Whoever evaluates many conditions for one answer
    /// limits them together here.
    fn enter(&self) -> bool {
        true
    }
}

/// No saved groups at all.
pub struct NoGroups;

impl Groups for NoGroups {
    fn group(&self, _: &str) -> Option<Json<'_>> {
        None
    }
}

/// Where a server's answer stands: the ids of the groups that the visitor is in.
const REMOTE: &str = "__gb_remoteGroupIds";

/// The most groups that one condition may resolve, and how far they may lead from one to the next.
pub const MOST_GROUPS: u32 = 4096;
/// See [`MOST_GROUPS`]; it counts for nested conditions too.
pub const DEEPEST: u32 = 128;

/// The groups on the way from a condition to the one it is evaluating.
#[derive(Clone, Copy)]
pub struct Path<'p> {
    /// The group that was entered last.
    pub id: &'p str,
    /// The way to it.
    pub before: Option<&'p Path<'p>>,
}

impl Path<'_> {
    /// Whether the way leads through a group: entering it again would be going round in a circle.
    pub fn has(&self, id: &str) -> bool {
        let mut place = Some(self);
        while let Some(path) = place {
            if path.id == id {
                return true;
            }
            place = path.before;
        }
        false
    }
}

impl Evaluation<'_> {
    /// `$inGroup`: a group that is not there has no members. A group that lists nobody, because it is no list, has
    /// nobody inside and nobody outside.
    pub(super) fn in_group(&self, value: Option<Json<'_>>, id: Json<'_>, inside: bool) -> Truth {
        let Some(group) = self.context.groups.group(id.string().unwrap_or("")) else { return Truth::from(!inside) };
        let members = if group.is_list() { Some(group) } else { list_of(group) };
        match (members, group.get_string("type")) {
            (Some(members), _) => Truth::from(among(value, members, false, self.context.host) == inside),
            (None, None | Some("list" | "condition" | "remote")) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// `$savedGroup`: the group itself knows which attribute it is about.
    pub(super) fn saved_group(&self, reference: Json<'_>, depth: u32) -> Truth {
        self.resolve(reference, depth).unwrap_or(Truth::No)
    }

    /// `None` for a reference or an entry that is malformed.
    fn resolve(&self, reference: Json<'_>, depth: u32) -> Option<Truth> {
        let id = reference.get_string("id")?;
        let own_key = reference.member("attributeKey");
        if own_key.is_some_and(|key| key.string().is_none()) || self.path.is_some_and(|path| path.has(id)) {
            return None;
        }
        let group = self.context.groups.group(id)?;
        let key = group.get_string("attributeKey");
        let host = self.context.host;
        match group.get_string("type")? {
            "list" => {
                let value = self.context.subject.attribute(own_key.and_then(Json::string).or(key)?);
                Some(Truth::from(among(value, list_of(group)?, false, host)))
            }
            "condition" => self.step_into(id, group.member("condition")?, depth),
            "remote" => {
                let asked = own_key.and_then(Json::string);
                let ids = self.context.subject.attribute(REMOTE).filter(|ids| ids.is_list());
                let member = |ids: Json<'_>| ids.children().any(|known| known.string() == Some(id));
                Some(Truth::from(key? == asked.or(key)? && ids.is_some_and(member)))
            }
            _ => Some(Truth::Unknown),
        }
    }

    fn step_into(&self, id: &str, condition: Json<'_>, depth: u32) -> Option<Truth> {
        let limits = self.limits;
        limits.groups.set(limits.groups.get() + 1);
        if limits.groups.get() > MOST_GROUPS || !self.context.groups.enter() || mistake(condition).is_some() {
            limits.broken.set(true);
            return None;
        }
        let path = Path { id, before: self.path };
        Some(Evaluation { path: Some(&path), ..*self }.all(condition, As::Entries, depth))
    }
}

fn list_of(group: Json<'_>) -> Option<Json<'_>> {
    let values = group.get("values").filter(|values| values.is_list());
    values.filter(|_| group.get_string("type") == Some("list"))
}
