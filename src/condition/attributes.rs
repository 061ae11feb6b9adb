//! What is known about a visitor, found once.

use crate::base::{
    Host,
    json::{Document, Json, print_number},
    text::cut,
};
use alloc::{rc::Rc, string::String, vec::Vec};
use core::cell::{Cell, OnceCell};

/// How many layers of attributes there are: what we know, the traits, what the page told, what overrides all.
pub const LAYERS: usize = 4;

/// A visitor's attributes: objects in layers, of which a later one wins. What none of them has is missing.
///
/// Rules name the same few attributes again and again. Each name is numbered when a rule is read, and its value is
/// looked up once after the attributes changed.
pub struct Attributes {
    layers: [Document; LAYERS],
    paths: Vec<Found>,
    names: Vec<Hashed>,
    host: Rc<dyn Host>,
}

/// What stands at the end of a path: the layer and the place in it.
struct Found {
    path: String,
    place: OnceCell<Option<(usize, usize)>>,
}

/// The text that is hashed for an attribute.
struct Hashed {
    name: String,
    text: OnceCell<Option<String>>,
    /// The text before the attributes changed last, and how often it was another one.
    before: Option<String>,
    changes: Cell<u32>,
}

impl Attributes {
    /// Nothing is known.
    pub fn new(host: Rc<dyn Host>) -> Attributes {
        Attributes { layers: Default::default(), paths: Vec::new(), names: Vec::new(), host }
    }

    /// Replaces a layer.
    pub fn set(&mut self, layer: usize, values: Document) {
        if let Some(place) = self.layers.get_mut(layer) {
            *place = values;
        }
        for found in &mut self.paths {
            found.place = OnceCell::new();
        }
        for hashed in &mut self.names {
            if let Some(text) = hashed.text.take() {
                hashed.before = text;
            }
        }
    }

    /// Another visitor begins: whatever is hashed now counts as changed.
    pub fn start_over(&mut self) {
        for hashed in &self.names {
            hashed.changes.set(hashed.changes.get() + 1);
        }
    }

    /// The value of a layer.
    pub fn layer(&self, layer: usize) -> Option<Json<'_>> {
        self.layers.get(layer)?.root()
    }

    /// The number of a path, from 1 on; 0 when there are too many to be numbered.
    pub fn number(&mut self, path: &str) -> u16 {
        let index = self.paths.iter().position(|found| found.path == path).unwrap_or_else(|| {
            self.paths.push(Found { path: path.into(), place: OnceCell::new() });
            self.paths.len() - 1
        });
        u16::try_from(index + 1).unwrap_or(0)
    }

    /// The attribute at the end of a numbered path.
    pub fn numbered(&self, number: u16) -> Option<Json<'_>> {
        let found = self.paths.get(usize::from(number).checked_sub(1)?)?;
        let (layer, place) = (*found.place.get_or_init(|| self.find(&found.path)))?;
        Some(self.layers.get(layer)?.place(place))
    }

    /// The attribute at the end of a path; the last layer that has the path's first step decides.
    pub fn at(&self, path: &str) -> Option<Json<'_>> {
        let (layer, place) = self.find(path)?;
        Some(self.layers.get(layer)?.place(place))
    }

    /// The attribute of that name, dots and all.
    pub fn own(&self, name: &str) -> Option<Json<'_>> {
        self.layers.iter().rev().find_map(|layer| layer.root()?.member(name)).filter(|value| !value.is_null())
    }

    /// The number of an attribute that is hashed.
    pub fn number_hashed(&mut self, name: &str) -> usize {
        self.names.iter().position(|hashed| hashed.name == name).unwrap_or_else(|| {
            self.names.push(Hashed { name: name.into(), text: OnceCell::new(), before: None, changes: Cell::new(0) });
            self.names.len() - 1
        })
    }

    /// The name of a hashed attribute.
    pub fn hashed_name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", |hashed| &hashed.name)
    }

    /// The text of a hashed attribute. Only a text that is not empty and a finite number other than 0 can be hashed.
    pub fn hashed(&self, number: usize) -> Option<&str> {
        let hashed = self.names.get(number)?;
        let find = || {
            let text = self.text_of(&hashed.name);
            hashed.changes.set(hashed.changes.get() + u32::from(text != hashed.before));
            text
        };
        hashed.text.get_or_init(find).as_deref()
    }

    /// How often the text of a hashed attribute has changed by now.
    pub fn changes(&self, number: usize) -> u32 {
        self.names.get(number).map_or(0, |hashed| hashed.changes.get())
    }

    /// The text that an attribute of that name would be hashed by.
    pub fn text_of(&self, name: &str) -> Option<String> {
        let value = self.own(name)?;
        match value.number() {
            Some(number) => (number != 0.0 && number.is_finite()).then(|| print_number(number, &*self.host)),
            None => value.string().filter(|text| !text.is_empty()).map(String::from),
        }
    }

    /// Where the attribute at the end of a path is.
    fn find(&self, path: &str) -> Option<(usize, usize)> {
        let name = cut(path, b'.').0;
        let has = |layer: &Document| layer.root().is_some_and(|root| root.member(name).is_some());
        let layer = self.layers.iter().rposition(has)?;
        Some((layer, self.layers.get(layer)?.root()?.at(path)?.place()))
    }
}
