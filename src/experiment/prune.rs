//! Conditions as far as some attributes decide them.
//!
//! A server that knows part of a visitor's attributes decides what they decide, and leaves the rest to the page.

use crate::{
    base::{
        Host,
        json::{Document, Json, Writer, children},
        text::cut,
    },
    condition::{Context, DEEPEST, Groups, MOST_GROUPS, Path, Subject, Truth, among, check},
    error::Error,
};
use alloc::{collections::BTreeMap, string::String};
use core::cell::Cell;

/// What is left of a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Pruned {
    /// Nothing: the known attributes decide it.
    Decided(bool),
    /// A condition on what is not known, as JSON.
    Open(String),
}

/// What is known of a visitor.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The known attributes; one that is `null` is known too.
    pub attributes: Option<Json<'k>>,
    /// The groups that conditions name.
    pub groups: &'k dyn Groups,
    /// Whoever runs us.
    pub host: &'k dyn Host,
}

/// The saved groups of a payload by their ids. Groups lead to groups, so they are looked up often.
pub struct Saved<'g>(pub BTreeMap<&'g str, Json<'g>>);

impl<'g> Saved<'g> {
    /// The groups of an object; of anything else, none.
    pub fn read(groups: Option<Json<'g>>) -> Saved<'g> {
        let groups = children(groups.filter(|groups| groups.is_object()));
        Saved(groups.map(|group| (group.name(), group)).collect())
    }
}

impl Groups for Saved<'_> {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        self.0.get(id).copied()
    }
}

/// One condition being pruned.
#[derive(Clone, Copy)]
struct Pruning<'p> {
    known: Known<'p>,
    limits: &'p Limits,
    path: Option<&'p Path<'p>>,
    depth: u32,
}

/// What counts for a condition as a whole; the same as where conditions are evaluated.
#[derive(Default)]
struct Limits {
    groups: Cell<u32>,
    /// Whether a part was found that makes the whole condition false, whatever surrounds it.
    broken: Cell<bool>,
}

impl Pruned {
    /// As JSON: `true`, `false` or the condition.
    pub fn text(self) -> String {
        match self {
            Pruned::Decided(true) => "true".into(),
            Pruned::Decided(false) => "false".into(),
            Pruned::Open(condition) => condition,
        }
    }

    /// The opposite; a condition stays as it is, for it goes on standing under the word that negates it.
    fn negated(self) -> Pruned {
        match self {
            Pruned::Decided(holds) => Pruned::Decided(!holds),
            open => open,
        }
    }
}

/// Reads a condition, what is known and the saved groups, and answers what is left; all of it JSON, `null` for nothing.
///
/// Errors: as [`Document::read`].
pub fn prune_text(condition: &str, attributes: &str, groups: &str, host: &dyn Host) -> Result<String, Error> {
    let read = |text: &str, name| Document::read(text, u32::MAX, host).map_err(|error| error.within(name));
    let condition = read(condition, "condition")?;
    let (attributes, groups) = (read(attributes, "attributes")?, read(groups, "savedGroups")?);
    let saved = Saved::read(groups.root());
    let known = Known { attributes: attributes.root(), groups: &saved, host };
    Ok(condition.root().map_or_else(String::new, |condition| prune(condition, known).text()))
}

/// Takes what is known out of a condition. One that is malformed stays as it is: whoever evaluates it refuses it.
pub fn prune(condition: Json<'_>, known: Known<'_>) -> Pruned {
    prune_below(condition, known, None)
}

/// The same as [`prune`] for the condition of a group that was entered on the way of `path`.
pub fn prune_below(condition: Json<'_>, known: Known<'_>, path: Option<&Path<'_>>) -> Pruned {
    let limits = Limits::default();
    let pruning = Pruning { known, limits: &limits, path, depth: 0 };
    let pruned = check(condition).map(|()| pruning.condition(condition));
    pruned.ok().filter(|_| !limits.broken.get()).unwrap_or_else(|| Pruned::Open(condition.text().into()))
}

impl<'p> Pruning<'p> {
    /// All entries must hold. Each is looked at, even after one has failed: a later one may be broken.
    fn condition(&self, condition: Json<'_>) -> Pruned {
        if self.depth > DEEPEST {
            self.limits.broken.set(true);
        }
        if self.limits.broken.get() {
            return Pruned::Decided(false); // and whatever surrounds it stays as it is
        }
        let deeper = Pruning { depth: self.depth + 1, ..*self };
        let mut fails = false;
        let mut out = Writer::default();
        out.open('{');
        for entry in condition.children() {
            match deeper.entry(entry) {
                Pruned::Decided(holds) => fails |= !holds,
                Pruned::Open(rest) => drop(out.key(entry.name()).raw(&rest)),
            }
        }
        match out.text.len() {
            _ if fails => Pruned::Decided(false),
            1 => Pruned::Decided(true),
            _ => Pruned::Open(out.close('}').finish()),
        }
    }

    fn entry(&self, entry: Json<'_>) -> Pruned {
        match entry.name() {
            "$and" => self.list(entry, true),
            "$or" => self.list(entry, false),
            "$nor" => self.list(entry, false).negated(),
            "$not" => self.condition(entry).negated(),
            "$savedGroup" => settled(self.saved_group(entry).unwrap_or(Truth::No), entry),
            _ => settled(self.attribute(entry), entry),
        }
    }

    /// All conditions of a list must hold, or any. An empty list holds either way.
    fn list(&self, list: Json<'_>, all: bool) -> Pruned {
        let (mut empty, mut decided) = (true, false);
        let mut out = Writer::default();
        out.open('[');
        for condition in list.children() {
            empty = false;
            match self.condition(condition) {
                Pruned::Decided(holds) => decided |= holds != all,
                Pruned::Open(rest) => drop(out.raw(&rest)),
            }
        }
        match out.text.len() {
            _ if decided => Pruned::Decided(!all),
            1 => Pruned::Decided(all || empty),
            _ => Pruned::Open(out.close(']').finish()),
        }
    }

    /// The test of an attribute that is known.
    fn attribute(&self, entry: Json<'_>) -> Truth {
        let Some(value) = self.known(entry.name()) else { return Truth::Unknown };
        let Known { attributes, groups, host } = self.known;
        let context = Context { subject: Subject::Object(attributes), groups, host, coerces: false };
        context.evaluate_test(entry, filled(value), self.path).unwrap_or_else(|| self.broken())
    }

    /// `None` for a reference or a group that is malformed, which nobody is in. Groups of other types than these are
    /// for the page to decide.
    fn saved_group(&self, reference: Json<'_>) -> Option<Truth> {
        let id = reference.get_string("id")?;
        let own_key = reference.member("attributeKey");
        if own_key.is_some_and(|key| key.string().is_none()) || self.path.is_some_and(|path| path.has(id)) {
            return None;
        }
        let group = self.known.groups.group(id)?;
        match group.get_string("type")? {
            "list" => {
                let key = own_key.and_then(Json::string).or(group.get_string("attributeKey"))?;
                let members = group.get("values").filter(|values| values.is_list())?;
                let among = |value| Truth::from(among(filled(value), members, false, self.known.host));
                Some(self.known(key).map_or(Truth::Unknown, among))
            }
            "condition" => Some(self.step_into(id, group.member("condition")?)),
            _ => Some(Truth::Unknown),
        }
    }

    fn step_into(&self, id: &str, condition: Json<'_>) -> Truth {
        let limits = self.limits;
        limits.groups.set(limits.groups.get() + 1);
        if limits.groups.get() > MOST_GROUPS || check(condition).is_err() {
            return self.broken();
        }
        let path = Path { id, before: self.path };
        match (Pruning { path: Some(&path), ..*self }).condition(condition) {
            Pruned::Decided(holds) => Truth::from(holds),
            Pruned::Open(_) => Truth::Unknown,
        }
    }

    fn broken(&self) -> Truth {
        self.limits.broken.set(true);
        Truth::No
    }

    /// The value of an attribute that is known, `null` too. What stands deeper than the first level is not: a page
    /// may know more of the object than we do.
    fn known(&self, path: &str) -> Option<Json<'p>> {
        let name = cut(path, b'.');
        self.known.attributes?.member(name.0).filter(|_| name.1.is_none())
    }
}

/// What is not settled stays as it is written.
fn settled(truth: Truth, entry: Json<'_>) -> Pruned {
    match truth {
        Truth::Yes => Pruned::Decided(true),
        Truth::No => Pruned::Decided(false),
        Truth::Unknown => Pruned::Open(entry.text().into()),
    }
}

fn filled(value: Json<'_>) -> Option<Json<'_>> {
    Some(value).filter(|value| !value.is_null())
}
