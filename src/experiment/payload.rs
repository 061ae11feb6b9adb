//! The payload: where each feature stands, read when first asked for.

use super::{
    definition::{Experiment, Form, Reader},
    feature::Feature,
    fields::Fields,
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
use core::cell::{Cell, OnceCell};

/// The most saved groups that one decision enters: where prerequisites and groups both branch, their work multiplies.
const MOST_ENTERED: u32 = 65_536;

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
    /// How many saved groups the present decision has entered.
    entered: Cell<u32>,
    /// Where the payload stands in words, for problems.
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
            entered: Cell::new(0),
            path: "",
            host,
        }
    }

    /// Another decision begins: what it may take is counted anew.
    pub fn begin_decision(&self) {
        self.entered.set(0);
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

    /// How many features there are.
    pub fn count(&self) -> usize {
        self.features.len()
    }

    /// What a feature is called.
    pub fn name(&self, index: usize) -> &str {
        self.document.place(self.feature_names.place(index)).name()
    }

    /// Reads a feature, and all that it depends on.
    pub fn read(&mut self, index: usize, attributes: &mut Attributes) {
        let mut waiting = Vec::new();
        let mut next = Some(index);
        while let Some(index) = next {
            if self.feature(index).is_none() {
                let feature = self.read_alone(index, attributes);
                for rule in &feature.rules {
                    if rule.parents > 0 {
                        self.find_parents(feature.document.place(rule.parents), &mut waiting);
                    }
                }
                if let Some(place) = self.features.get_mut(index) {
                    *place = Some(feature);
                }
            }
            next = waiting.pop();
        }
    }

    fn read_alone(&self, index: usize, attributes: &mut Attributes) -> Box<Feature> {
        let entry = self.document.place(self.feature_names.place(index));
        let part = self.document.part(entry, u32::MAX, &*self.host);
        let mut feature = Box::new(Feature::read(part, (index, entry.name()), attributes));
        for problem in &mut feature.problems {
            *problem = problem.clone().within(&[self.path, ".features.", self.name(index)].concat());
        }
        feature
    }

    /// Reads the features that an experiment of its own depends on.
    pub fn read_parents(&mut self, standalone: &Standalone, attributes: &mut Attributes) {
        let mut parents = Vec::new();
        self.find_parents(standalone.document.place(standalone.experiment.parents), &mut parents);
        for parent in parents {
            self.read(parent, attributes);
        }
    }

    fn find_parents(&self, conditions: Json<'_>, found: &mut Vec<usize>) {
        for parent in children(Some(conditions).filter(|list| list.is_list())) {
            if let Some(parent) = parent.get_string("id").and_then(|id| self.find(id)) {
                found.push(parent);
            }
        }
    }

    /// The automatic experiments, read.
    pub fn automatic(&self, attributes: &mut Attributes, problems: &mut Vec<Error>) -> Vec<Standalone> {
        let list = self.document.place(self.root).get("experiments").filter(|list| list.is_list());
        let mut found = Vec::new();
        for (index, entry) in children(list).enumerate() {
            let known = problems.len();
            let path = [self.path, ".experiments[", &print_integer(index as i64), "]"].concat();
            match self.document.part(entry, u32::MAX, &*self.host) {
                Ok(document) => {
                    if let Some(standalone) = Standalone::read(document, "", Form::Alone, attributes, problems) {
                        found.push(standalone);
                    }
                }
                Err(error) => problems.push(error),
            }
            for problem in problems.iter_mut().skip(known) {
                *problem = problem.clone().within(&path);
            }
        }
        found
    }

    /// The contexts of a contextual bandit and its version; `None` when the payload has no bandit of that name.
    pub fn bandit(&self, name: &str) -> Option<Json<'_>> {
        let index = self.bandit_names.find(&self.document, name)?;
        let entry = self.bandit_names.entry(&self.document, index)?;
        self.bandits.get(index)?.get_or_init(|| self.read_entry(entry)).root().filter(|bandit| !bandit.is_null())
    }

    /// The features' keys, in the payload's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        children(self.document.place(self.root).get("features")).map(Json::name)
    }

    /// Hands over the mistakes found in the features, groups and bandits read so far.
    pub fn problems(&self, take: &mut dyn FnMut(&[Error])) {
        for feature in self.features.iter().flatten() {
            take(&feature.problems);
        }
        let mut weak = self.features.iter().flatten().filter(|feature| feature.experiments().any(|one| one.line.is_weak()));
        if let (Some(_), Some(second)) = (weak.next(), weak.next()) {
            let message =
                "Experiments of hash version 1 share their visitors with others of similar names; set hashVersion to 2.";
            take(&[Error::new("weak-hash", [self.path, ".features.", self.name(second.index)].concat(), message)]);
        }
        let groups = (&self.groups, &self.group_names, ".savedGroups.");
        let bandits = (&self.bandits, &self.bandit_names, ".contextualBandits.");
        for (entries, names, step) in [groups, bandits] {
            for (index, entry) in entries.iter().enumerate() {
                // What could not be read stands as null: nobody is in such a group, and nobody is not.
                if entry.get().and_then(Document::root).is_some_and(Json::is_null) {
                    let place = self.document.place(names.place(index));
                    if let Err(error) = self.document.part(place, u32::MAX, &*self.host) {
                        take(&[error.within(&[self.path, step, place.name()].concat())]);
                    }
                }
            }
        }
    }

    fn read_entry(&self, entry: Json<'_>) -> Document {
        let read = self.document.part(entry, u32::MAX, &*self.host);
        read.or_else(|_| Document::read("null", 0, &*self.host)).unwrap_or_default()
    }
}

impl Groups for Payload {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        let index = self.group_names.find(&self.document, id)?;
        let entry = self.group_names.entry(&self.document, index)?;
        self.groups.get(index)?.get_or_init(|| self.read_entry(entry)).root()
    }

    fn enter(&self) -> bool {
        self.entered.set(self.entered.get() + 1);
        self.entered.get() <= MOST_ENTERED
    }
}

impl Standalone {
    /// Reads an experiment of its own, which is called `name` if it names no key; `None` where it has no variations.
    pub fn read(
        document: Document,
        name: &str,
        form: Form,
        attributes: &mut Attributes,
        problems: &mut Vec<Error>,
    ) -> Option<Standalone> {
        let mut reader = Reader { attributes, problems };
        let fields = Fields::of(document.root()?);
        let mut experiment = reader.experiment(&fields, name, form)?;
        experiment.filters = reader.filters(&fields);
        Some(Standalone { document, experiment })
    }
}
