//! The payload: where each feature stands, read when first asked for.

use super::{Decision, Source, check::check};
use crate::{
    base::{
        Host,
        hash::Fnv,
        json::{Children, Document, Json, children, print_integer},
    },
    condition::Groups,
    error::Error,
};
use alloc::{rc::Rc, vec::Vec};
use core::cell::OnceCell;

/// A GrowthBook SDK payload.
///
/// Loading only finds where features and groups begin and end; each is read on first use. A page asks for few of
/// the features a payload has, and a broken one must not take the others with it.
pub struct Payload {
    document: Document,
    features: Vec<OnceCell<Feature>>,
    groups: Vec<OnceCell<Document>>,
    /// Where the feature of a key is: slots by hash, holding an index + 1; 0 is free. At least half are free.
    slots: Vec<u32>,
    /// Where the payload stands in the site definition.
    path: &'static str,
    host: Rc<dyn Host>,
}

/// One feature, read.
#[derive(Debug)]
pub struct Feature {
    document: Document,
    /// Rules that are passed over, and why.
    broken: Vec<(usize, Error)>,
}

impl Payload {
    /// Finds the features and saved groups. Errors: `not-json`, `wrong-type`; paths begin with `path`, where the
    /// payload stands in the site definition.
    pub fn load(text: &str, path: &'static str, host: Rc<dyn Host>) -> Result<Payload, Error> {
        let document = Document::read(text, 2, &*host).map_err(|error| error.within(path))?;
        let features = document.get("features");
        if document.root().is_some_and(|root| !root.is_object()) || features.is_some_and(|features| !features.is_object()) {
            let message = "The features are an object {…}, one member a feature.";
            return Err(Error::new("wrong-type", ".features", message).within(path));
        }
        let mut payload = Payload { document, path, ..Payload::empty(host) };
        payload.features.resize_with(payload.section("features").count(), OnceCell::new);
        payload.groups.resize_with(payload.section("savedGroups").count(), OnceCell::new);
        payload.slots = payload.index();
        Ok(payload)
    }

    /// A payload without features.
    pub fn empty(host: Rc<dyn Host>) -> Payload {
        let document = Document::default();
        Payload { document, features: Vec::new(), groups: Vec::new(), slots: Vec::new(), path: "", host }
    }

    /// The feature called `key`, and its key as the payload holds it.
    pub fn feature(&self, key: &str) -> Option<(&Feature, &str)> {
        let mut slot = Fnv::START.text(key).slot(self.slots.len());
        loop {
            let index = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            let place = self.section("features").nth(index)?;
            if place.name() == key {
                if place.is_null() {
                    return None;
                }
                return Some((
                    self.features.get(index)?.get_or_init(|| Feature::read(place, self.path, &*self.host)),
                    place.name(),
                ));
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    /// The decision on a feature that is not there.
    pub fn unknown() -> Decision<'static> {
        Decision { value: None, source: Source::UnknownFeature, rule: "", assignment: None }
    }

    /// The features' keys, in the payload's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.section("features").map(Json::name)
    }

    /// Mistakes found in the features read so far.
    pub fn problems(&self) -> impl Iterator<Item = &Error> {
        self.features.iter().filter_map(OnceCell::get).flat_map(|feature| &feature.broken).map(|(_, error)| error)
    }

    fn section(&self, name: &str) -> Children<'_> {
        children(self.document.get(name))
    }

    /// Where a name comes twice, the later one takes the place of the earlier, as in JavaScript.
    fn index(&self) -> Vec<u32> {
        let names: Vec<&str> = self.keys().collect();
        let mut slots = alloc::vec![0; names.len() * 2];
        for (index, name) in names.iter().enumerate() {
            let mut slot = Fnv::START.text(name).slot(slots.len());
            while let Some(taken) = slots.get_mut(slot) {
                if *taken == 0 || names.get(*taken as usize - 1) == Some(name) {
                    *taken = index as u32 + 1;
                    break;
                }
                slot = (slot + 1) % (names.len() * 2);
            }
        }
        slots
    }
}

impl Feature {
    fn read(place: Json<'_>, path: &str, host: &dyn Host) -> Feature {
        let path = [path, ".features.", place.name()].concat();
        let mut feature = Feature { document: Document::default(), broken: Vec::new() };
        match Document::read(place.text(), u32::MAX, host) {
            Ok(document) => feature.document = document,
            Err(error) => feature.broken.push((usize::MAX, error.within(&path))),
        }
        let mut broken = feature.shape(&path);
        for (index, rule) in feature.rules().enumerate() {
            if let Err(error) = check(rule) {
                broken.push((index, error.within(&[&path, ".rules[", &print_integer(index as i64), "]"].concat())));
            }
        }
        feature.broken.append(&mut broken);
        feature
    }

    /// The value without any rule.
    pub(super) fn default(&self) -> Option<Json<'_>> {
        self.document.get("defaultValue")
    }

    /// The rules, broken ones too.
    pub fn rules(&self) -> Children<'_> {
        children(self.document.get("rules").filter(|rules| rules.is_list()))
    }

    /// What is wrong with the feature as a whole; the index stands for no rule.
    fn shape(&self, path: &str) -> Vec<(usize, Error)> {
        let fault = |name, message| (usize::MAX, Error::new("wrong-type", name, message).within(path));
        let mut faults = Vec::new();
        if self.document.root().is_some_and(|root| !root.is_object()) {
            faults.push(fault("", "A feature is an object {…}."));
        }
        if self.document.get("rules").is_some_and(|rules| !rules.is_list()) {
            faults.push(fault(".rules", "The rules are a list […]."));
        }
        faults
    }

    /// Whether a rule must not be used.
    pub(super) fn is_broken(&self, rule: usize) -> bool {
        self.broken.iter().any(|(broken, _)| *broken == rule)
    }
}

impl Groups for Payload {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        let (index, place) = self.section("savedGroups").enumerate().find(|(_, group)| group.name() == id)?;
        let read = || Document::read(place.text(), u32::MAX, &*self.host).unwrap_or_default();
        self.groups.get(index)?.get_or_init(read).root()
    }
}
