//! The payload: where each feature stands, read when first asked for.

use super::{
    definition::{Experiment, Form, Reader},
    feature::Feature,
    section::Section,
};
use crate::{
    base::{
        Host,
        json::{Document, Json, children, print_integer},
    },
    condition::{Attributes, Groups},
    error::Error,
};
use alloc::{boxed::Box, rc::Rc, vec::Vec};
use core::cell::OnceCell;

/// A GrowthBook SDK payload.
///
/// Loading only finds where features and groups begin and end; each is read on first use. A page asks for few of
/// the features a payload has, and a broken one must not take the others with it.
pub struct Payload {
    document: Rc<Document>,
    /// Where the payload stands in the document.
    root: usize,
    features: Vec<Option<Box<Feature>>>,
    feature_names: Section,
    groups: Vec<OnceCell<Document>>,
    group_names: Section,
    bandits: Vec<OnceCell<Document>>,
    bandit_names: Section,
    /// The same in words, for problems.
    path: &'static str,
    host: Rc<dyn Host>,
}

/// An experiment that stands alone, and its text.
#[derive(Debug)]
pub struct Standalone {
    /// The definition.
    pub document: Document,
    /// The same, read.
    pub experiment: Experiment,
}

impl Payload {
    /// Finds the features and saved groups of the payload at `root`, whose entries were passed over while reading.
    /// Errors: `wrong-type`; paths begin with `path`, where the payload stands in the site definition.
    pub fn load(document: Rc<Document>, root: usize, path: &'static str, host: Rc<dyn Host>) -> Result<Payload, Error> {
        let payload = document.place(root);
        let features = payload.get("features");
        if !payload.is_object() || features.is_some_and(|features| !features.is_object()) {
            let message = "The features are an object {…}, one member a feature.";
            return Err(Error::new("wrong-type", ".features", message).within(path));
        }
        let [feature_names, group_names, bandit_names] =
            ["features", "savedGroups", "contextualBandits"].map(|name| Section::read(payload.get(name)));
        let mut payload = Payload { feature_names, group_names, bandit_names, document, root, path, ..Payload::empty(host) };
        payload.features.resize_with(payload.feature_names.count(), || None);
        payload.groups.resize_with(payload.group_names.count(), OnceCell::new);
        payload.bandits.resize_with(payload.bandit_names.count(), OnceCell::new);
        Ok(payload)
    }

    /// A payload without features.
    pub fn empty(host: Rc<dyn Host>) -> Payload {
        Payload {
            document: Rc::default(),
            root: 0,
            features: Vec::new(),
            feature_names: Section::default(),
            groups: Vec::new(),
            group_names: Section::default(),
            bandits: Vec::new(),
            bandit_names: Section::default(),
            path: "",
            host,
        }
    }

    /// The index of a feature; `None` where there is none, or nothing but a falsy value.
    pub fn find(&self, key: &str) -> Option<usize> {
        let index = self.feature_names.find(&self.document, key)?;
        self.feature_names.entry(&self.document, index).filter(|entry| entry.truthy()).map(|_| index)
    }

    /// The feature of an index, once it was read.
    pub fn feature(&self, index: usize) -> Option<&Feature> {
        self.features.get(index)?.as_deref()
    }

    /// Reads a feature, and all that it depends on.
    pub fn read(&mut self, index: usize, attributes: &mut Attributes) {
        let mut waiting = alloc::vec![index];
        while let Some(index) = waiting.pop() {
            if self.feature(index).is_some() {
                continue;
            }
            let Some(entry) = self.feature_names.entry(&self.document, index) else { continue };
            let path = [self.path, ".features.", entry.name()].concat();
            let part = self.document.part(entry, u32::MAX, &*self.host);
            let feature = Feature::read(part, entry.name(), &path, attributes);
            for rule in &feature.rules {
                waiting.extend(self.parents(feature.document.place(rule.parents)));
            }
            if let Some(place) = self.features.get_mut(index) {
                *place = Some(Box::new(feature));
            }
        }
    }

    /// Reads the features that an experiment of its own depends on.
    pub fn read_parents(&mut self, standalone: &Standalone, attributes: &mut Attributes) {
        for parent in self.parents(standalone.document.place(standalone.experiment.parents)) {
            self.read(parent, attributes);
        }
    }

    fn parents(&self, conditions: Json<'_>) -> Vec<usize> {
        let list = Some(conditions).filter(|list| list.is_list());
        children(list).filter_map(|parent| self.find(parent.get_string("id")?)).collect()
    }

    /// The automatic experiments, read.
    pub fn automatic(&self, attributes: &mut Attributes, problems: &mut Vec<Error>) -> Vec<Standalone> {
        let list = self.document.place(self.root).get("experiments").filter(|list| list.is_list());
        let mut found = Vec::new();
        for (index, entry) in children(list).enumerate() {
            let path = [self.path, ".experiments[", &print_integer(index as i64), "]"].concat();
            match self.document.part(entry, u32::MAX, &*self.host) {
                Ok(document) => found.extend(Standalone::read(document, attributes, &path, problems)),
                Err(error) => problems.push(error.within(&path)),
            }
        }
        found
    }

    /// The contexts of a contextual bandit and its version; `None` when the payload has no bandit of that name.
    pub fn bandit(&self, name: &str) -> Option<Json<'_>> {
        let index = self.bandit_names.find(&self.document, name)?;
        let entry = self.bandit_names.entry(&self.document, index)?;
        self.bandits.get(index)?.get_or_init(|| self.read_entry(entry)).root()
    }

    /// The features' keys, in the payload's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        children(self.document.place(self.root).get("features")).map(Json::name)
    }

    /// Hands over the mistakes found in the features read so far.
    pub fn problems(&self, take: &mut dyn FnMut(&[Error])) {
        for feature in self.features.iter().flatten() {
            take(&feature.problems);
        }
    }

    fn read_entry(&self, entry: Json<'_>) -> Document {
        self.document.part(entry, u32::MAX, &*self.host).unwrap_or_default()
    }
}

impl Groups for Payload {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        let index = self.group_names.find(&self.document, id)?;
        let entry = self.group_names.entry(&self.document, index)?;
        self.groups.get(index)?.get_or_init(|| self.read_entry(entry)).root()
    }
}

impl Standalone {
    /// Reads an experiment of its own; `None` where it has no variations.
    pub fn read(
        mut document: Document,
        attributes: &mut Attributes,
        path: &str,
        problems: &mut Vec<Error>,
    ) -> Option<Standalone> {
        let mut reader = Reader { attributes, problems: Vec::new() };
        let experiment = reader.experiment(&mut document, 0, "", Form::Alone);
        problems.extend(reader.problems.into_iter().map(|problem| problem.within(path)));
        Some(Standalone { document, experiment: experiment? })
    }
}
