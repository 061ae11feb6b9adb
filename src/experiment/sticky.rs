//! Sticky buckets: whoever was assigned stays assigned.

use super::{Decider, definition::Experiment};
use crate::base::{
    Host,
    json::{Document, Writer, children, print_integer},
    text::number,
};
use alloc::{rc::Rc, string::String, vec::Vec};

/// Before a document's name: where GrowthBook's SDKs store it, so that their assignments are found again.
pub const PREFIX: &str = "gbStickyBuckets__";

/// The assignments that were kept, in GrowthBook's documents: one for each value of an attribute.
pub struct Sticky {
    documents: Vec<(String, Document)>,
    host: Rc<dyn Host>,
}

/// What was kept of an assignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kept {
    Nothing,
    /// An assignment to a version that must not be mixed with this one.
    Blocked,
    Variation(usize),
}

impl Sticky {
    /// No assignments.
    pub fn new(host: Rc<dyn Host>) -> Sticky {
        Sticky { documents: Vec::new(), host }
    }

    /// Takes a document; one that lacks a part is passed over.
    pub fn add(&mut self, text: &str) {
        let Ok(document) = Document::read(text, u32::MAX, &*self.host) else { return };
        let name = match (document.get("attributeName"), document.get("attributeValue"), document.get("assignments")) {
            (Some(name), Some(value), Some(assignments)) if assignments.is_object() => {
                [name.string().unwrap_or(""), "||", value.string().unwrap_or("")].concat()
            }
            _ => return,
        };
        self.documents.retain(|(known, _)| *known != name);
        self.documents.push((name, document));
    }

    /// All documents by name.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.documents.iter().filter_map(|(name, document)| Some((name.as_str(), document.root()?.text())))
    }

    /// Keeps an assignment; the name and the text of the document where that changed it.
    pub fn keep(&mut self, attribute: &str, value: &str, assignment: &str, variation: &str) -> Option<(String, String)> {
        if self.assignment(attribute, value, assignment) == Some(variation) {
            return None;
        }
        let name = [attribute, "||", value].concat();
        let mut out = Writer::default();
        out.open('{').key("attributeName").string(attribute).key("attributeValue").string(value);
        out.key("assignments").open('{');
        for kept in children(self.document(&name).and_then(|document| document.get("assignments"))) {
            if kept.name() != assignment {
                out.key(kept.name()).raw(kept.text());
            }
        }
        out.key(assignment).string(variation).close('}').close('}');
        let text = out.finish();
        self.add(&text);
        Some((name, text))
    }

    fn document(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|(known, _)| known == name).map(|(_, document)| document)
    }

    /// Whether something is kept of a version of the experiment that is older than the least one.
    fn has_older(&self, attribute: &str, value: &str, experiment: &Experiment) -> bool {
        let document = self.document(&[attribute, "||", value].concat());
        children(document.and_then(|document| document.get("assignments"))).any(|kept| {
            let version = kept.name().strip_prefix(experiment.key.as_str()).and_then(|rest| rest.strip_prefix("__"));
            let version = version.filter(|text| text.len() == 1 || !text.starts_with('0')).and_then(number);
            kept.string().is_some() && version.is_some_and(|version| version < experiment.least_version)
        })
    }

    fn assignment(&self, attribute: &str, value: &str, assignment: &str) -> Option<&str> {
        let document = self.document(&[attribute, "||", value].concat())?;
        document.get("assignments")?.get_string(assignment)
    }
}

/// What an assignment is called: the experiment's key and the version of its buckets.
pub fn assignment_name(experiment: &Experiment, version: i64) -> String {
    [&experiment.key, "__", &print_integer(version)].concat()
}

impl Decider<'_> {
    /// What was kept for the visitor: by the hashed attribute, else by the one that stands in for it.
    pub(super) fn kept(&self, experiment: &Experiment, document: &Document) -> Kept {
        let Some(sticky) = self.sticky.filter(|_| experiment.sticky) else { return Kept::Nothing };
        let name_of_fallback = experiment.fallback.map_or("id", |fallback| self.attributes.hashed_name(fallback));
        let (fallback, own) = (self.attributes.text_of(name_of_fallback), self.attributes.hashed(experiment.line.attribute));
        let find = |version| {
            let name = assignment_name(experiment, version);
            let by_own =
                own.and_then(|own| sticky.assignment(self.attributes.hashed_name(experiment.line.attribute), own, &name));
            by_own.or_else(|| sticky.assignment(name_of_fallback, fallback.as_deref()?, &name))
        };
        let older = |name: &str, value: Option<&str>| value.is_some_and(|value| sticky.has_older(name, value, experiment));
        if older(self.attributes.hashed_name(experiment.line.attribute), own) || older(name_of_fallback, fallback.as_deref()) {
            return Kept::Blocked;
        }
        let Some(variation) = find(experiment.version) else { return Kept::Nothing };
        let meta = children(document.place(experiment.place).get("meta"));
        let known = meta.map(|meta| meta.get_string("key")).position(|key| key == Some(variation));
        known.map_or(Kept::Nothing, Kept::Variation)
    }
}
