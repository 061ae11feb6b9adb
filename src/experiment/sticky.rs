//! Sticky buckets: whoever was assigned stays assigned.

use super::{Engine, definition::Experiment};
use crate::base::{
    Host,
    json::{Document, Json, Writer, children, print_integer},
    text::number,
};
use alloc::{rc::Rc, string::String, vec::Vec};

/// Before a document's name: where GrowthBook's SDKs store it, so that their assignments are found again.
pub const PREFIX: &str = "gbStickyBuckets__";

/// The assignments that were kept, in GrowthBook's documents: one for each value of an attribute.
pub struct Sticky {
    documents: Vec<Document>,
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
        let document = Document::read(text, u32::MAX, &*self.host).unwrap_or_default();
        let is_one = document.get("assignments").is_some_and(Json::is_object) && document.get("attributeName").is_some();
        if !is_one || document.get("attributeValue").is_none() {
            return;
        }
        let (attribute, value) = about(&document);
        self.documents.retain(|known| about(known) != (attribute, value));
        self.documents.push(document);
    }

    /// All documents; see [`Sticky::name`].
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What a document is called: the attribute and the value that it is about.
    pub fn name(document: &Document) -> String {
        let (attribute, value) = about(document);
        [attribute, "||", value].concat()
    }

    /// Keeps an assignment; the name and the text of the document where that changed it.
    pub fn keep(&mut self, attribute: &str, value: &str, assignment: &str, variation: &str) -> Option<(String, String)> {
        let known = self.assignments(attribute, Some(value));
        if known.and_then(|known| known.get_string(assignment)) == Some(variation) {
            return None;
        }
        let mut out = Writer::begin('{');
        out.member("attributeName", attribute).member("attributeValue", value).key("assignments").open('{');
        for kept in children(known) {
            if kept.name() != assignment {
                out.key(kept.name()).raw(kept.text());
            }
        }
        out.member(assignment, variation).close('}');
        let text = out.end('}');
        self.add(&text);
        Some((Sticky::name(self.documents.last()?), text))
    }

    /// What was kept for a value of an attribute.
    fn assignments(&self, attribute: &str, value: Option<&str>) -> Option<Json<'_>> {
        let wanted = (attribute, value?);
        self.documents.iter().find(|document| about(document) == wanted)?.get("assignments")
    }
}

/// The attribute and the value that a document is about.
fn about(document: &Document) -> (&str, &str) {
    let text = |name| document.get(name).and_then(Json::string).unwrap_or("");
    (text("attributeName"), text("attributeValue"))
}

/// Whether something is kept of a version of the experiment that is older than the least one.
fn has_older(assignments: Option<Json<'_>>, experiment: &Experiment) -> bool {
    children(assignments).any(|kept| {
        let version = kept.name().strip_prefix(experiment.key.as_str()).and_then(|rest| rest.strip_prefix("__"));
        let version = version.filter(|text| text.len() == 1 || !text.starts_with('0')).and_then(number);
        kept.string().is_some() && version.is_some_and(|version| version < experiment.least_version)
    })
}

/// What an assignment is called: the experiment's key and the version of its buckets.
pub fn assignment_name(experiment: &Experiment) -> String {
    [&experiment.key, "__", &print_integer(experiment.version)].concat()
}

impl Engine {
    /// What was kept for the visitor: by the hashed attribute, else by the one that stands in for it.
    pub(super) fn kept(&self, experiment: &Experiment, document: &Document) -> Kept {
        let Some(sticky) = self.sticky.as_ref().filter(|_| experiment.sticky) else { return Kept::Nothing };
        let line = experiment.line.attribute;
        let own = sticky.assignments(self.attributes.hashed_name(line), self.attributes.hashed(line));
        let fallback = experiment.fallback.map_or("id", |fallback| self.attributes.hashed_name(fallback));
        let by_fallback = sticky.assignments(fallback, self.attributes.text_of(fallback).as_deref());
        if has_older(own, experiment) || has_older(by_fallback, experiment) {
            return Kept::Blocked;
        }
        let name = assignment_name(experiment);
        let by_own = own.and_then(|kept| kept.get_string(&name));
        let variation = by_own.or_else(|| by_fallback?.get_string(&name));
        for (index, meta) in children(document.place(experiment.place).get("meta")).enumerate() {
            if variation.is_some() && meta.get_string("key") == variation {
                return Kept::Variation(index);
            }
        }
        Kept::Nothing
    }
}
