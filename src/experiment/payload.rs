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
use alloc::{boxed::Box, rc::Rc, string::String, vec::Vec};
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
    groups: Entries,
    bandits: Entries,
    /// How many saved groups the present decision has entered.
    entered: Cell<u32>,
    /// Where the payload stands in words, for problems.
    path: &'static str,
    host: Rc<dyn Host>,
}

/// Entries that are read when first asked for.
#[derive(Default)]
struct Entries {
    names: Section,
    read: Vec<OnceCell<Document>>,
}

/// An experiment that stands alone.
#[derive(Debug)]
pub struct Standalone {
    /// What the page gave to have it; empty for an automatic one.
    pub text: String,
    /// The number that it is known by; 0 for an automatic one.
    pub number: i64,
    /// The definition.
    pub document: Document,
    /// The same, read.
    pub experiment: Experiment,
}

impl Payload {
    /// A payload without features.
    pub fn empty(host: Rc<dyn Host>) -> Payload {
        Payload {
            document: Rc::default(),
            root: 0,
            features: Vec::new(),
            feature_names: Section::default(),
            groups: Entries::default(),
            bandits: Entries::default(),
            entered: Cell::new(0),
            path: "",
            host,
        }
    }

    /// Takes the payload at `root`, whose entries were passed over while reading, in place of the one before; what is none
    /// takes the features away. Errors: `wrong-type`; paths begin with `path`, where the payload stands in the site
    /// definition.
    pub fn load(&mut self, document: Rc<Document>, root: usize, path: &'static str) -> Result<(), Error> {
        (self.document, self.root, self.path) = (document, root, path);
        let payload = self.document.place(root);
        let features = payload.get("features");
        let fits = payload.is_object() && features.is_none_or(Json::is_object);
        if !fits {
            (self.document, self.root) = (Rc::default(), 0);
        }
        self.feature_names = Section::read(self.section("features"));
        self.features = Vec::new();
        self.features.resize_with(self.feature_names.count(), || None);
        self.groups = Entries::read(self.section("savedGroups"));
        self.bandits = Entries::read(self.section("contextualBandits"));
        let message = "The features are an object {…}, one member a feature.";
        if fits { Ok(()) } else { Err(Error::new("wrong-type", ".features", message).within(path)) }
    }

    fn section(&self, name: &str) -> Option<Json<'_>> {
        self.document.place(self.root).get(name)
    }

    /// Another decision begins: what it may take is counted anew.
    pub fn begin_decision(&self) {
        self.entered.set(0);
    }

    /// The index of a feature; `None` where there is none, or nothing but a falsy value.
    pub fn find(&self, key: &str) -> Option<usize> {
        let index = self.feature_names.find(&self.document, key)?;
        self.feature_names.entry(&self.document, index).truthy().then_some(index)
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
        self.feature_names.entry(&self.document, index).name()
    }

    /// Reads a feature, and all that it depends on.
    pub fn read(&mut self, index: usize, attributes: &mut Attributes, problems: &mut Vec<Error>) {
        let mut waiting = alloc::vec![index];
        while let Some(index) = waiting.pop() {
            if self.feature(index).is_some() {
                continue;
            }
            let feature = self.read_alone(index, attributes, problems);
            for rule in &feature.rules {
                self.find_parents(&feature.document, rule.parents, &mut waiting);
            }
            if let Some(place) = self.features.get_mut(index) {
                *place = Some(feature);
            }
        }
    }

    fn read_alone(&self, index: usize, attributes: &mut Attributes, problems: &mut Vec<Error>) -> Box<Feature> {
        let entry = self.feature_names.entry(&self.document, index);
        let mut reader = Reader { attributes, problems, path: [self.path, ".features.", entry.name()], rule: None };
        let document = reader.document(self.part(entry));
        Box::new(Feature::read(document, (index, entry.name()), &mut reader))
    }

    /// Reads the features that an experiment of its own depends on.
    pub fn read_parents(&mut self, standalone: &Standalone, attributes: &mut Attributes, problems: &mut Vec<Error>) {
        let mut parents = Vec::new();
        self.find_parents(&standalone.document, standalone.experiment.parents, &mut parents);
        for parent in parents {
            self.read(parent, attributes, problems);
        }
    }

    fn find_parents(&self, document: &Document, place: usize, found: &mut Vec<usize>) {
        let list = (place > 0).then(|| document.place(place));
        for parent in children(list.filter(|list| list.is_list())) {
            if let Some(parent) = parent.get_string("id").and_then(|id| self.find(id)) {
                found.push(parent);
            }
        }
    }

    /// The automatic experiments, read.
    pub fn automatic(&self, attributes: &mut Attributes, problems: &mut Vec<Error>) -> Vec<Standalone> {
        let list = self.section("experiments").filter(|list| list.is_list());
        let mut found = Vec::new();
        for (index, entry) in children(list).enumerate() {
            let step = [".experiments[", &print_integer(index as i64), "]"].concat();
            let mut reader = Reader { attributes, problems, path: [self.path, &step, ""], rule: None };
            let document = reader.document(self.part(entry));
            if let Some(standalone) = Standalone::read(document, "", Form::Alone, &mut reader) {
                found.push(standalone);
            }
        }
        found
    }

    /// The contexts of a contextual bandit and its version; `None` when the payload has no bandit of that name.
    pub fn bandit(&self, name: &str) -> Option<Json<'_>> {
        self.entry(&self.bandits, name).filter(|bandit| !bandit.is_null())
    }

    fn entry<'p>(&'p self, entries: &'p Entries, name: &str) -> Option<Json<'p>> {
        let index = entries.names.find(&self.document, name)?;
        let read = || self.part(entries.names.entry(&self.document, index));
        // What could not be read stands as null: nobody is in such a group, and nobody is not.
        let null = |_| Document::read("null", 0, &*self.host).unwrap_or_default();
        entries.read.get(index)?.get_or_init(|| read().unwrap_or_else(null)).root()
    }

    fn part(&self, entry: Json<'_>) -> Result<Document, Error> {
        self.document.part(entry, u32::MAX, &*self.host)
    }

    /// The features' keys, in the payload's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        children(self.section("features")).map(Json::name)
    }

    /// Hands over the mistakes that the features read so far make together, and those of the groups and bandits.
    pub fn problems(&self, take: &mut dyn FnMut(&[Error])) {
        let mut weak = 0;
        for feature in self.features.iter().flatten() {
            weak += u32::from(feature.experiments().any(|one| one.line.is_weak()));
            if weak == 2 {
                let message =
                    "Experiments of hash version 1 share their visitors with others of similar names; set hashVersion to 2.";
                take(&[Error::new("weak-hash", [self.path, ".features.", self.name(feature.index)].concat(), message)]);
                break;
            }
        }
        for (entries, step) in [(&self.groups, ".savedGroups."), (&self.bandits, ".contextualBandits.")] {
            for (index, read) in entries.read.iter().enumerate() {
                if read.get().and_then(Document::root).is_some_and(Json::is_null) {
                    let entry = entries.names.entry(&self.document, index);
                    if let Err(error) = self.part(entry) {
                        take(&[error.within(&[self.path, step, entry.name()].concat())]);
                    }
                }
            }
        }
    }
}

impl Entries {
    fn read(section: Option<Json<'_>>) -> Entries {
        let names = Section::read(section);
        let mut read = Vec::new();
        read.resize_with(names.count(), OnceCell::new);
        Entries { names, read }
    }
}

impl Groups for Payload {
    fn group(&self, id: &str) -> Option<Json<'_>> {
        self.entry(&self.groups, id)
    }

    fn enter(&self) -> bool {
        self.entered.set(self.entered.get() + 1);
        self.entered.get() <= MOST_ENTERED
    }
}

impl Standalone {
    /// Reads an experiment of its own, which is called `name` if it names no key; `None` where it has no variations.
    pub fn read(document: Document, name: &str, form: Form, reader: &mut Reader<'_>) -> Option<Standalone> {
        let fields = Fields::of(document.root()?);
        let mut experiment = reader.experiment(&fields, name, form)?;
        experiment.filters = reader.filters(&fields);
        Some(Standalone { text: String::new(), number: 0, document, experiment })
    }
}
