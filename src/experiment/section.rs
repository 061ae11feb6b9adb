//! One section of a payload: names and where their entries stand.

use crate::base::{
    hash::Fnv,
    json::{Document, Json},
};
use alloc::vec::Vec;
use core::cell::{Cell, OnceCell};

/// So many names are looked for one by one. A page that asks for few features of a long payload waits for no index.
const FEW: u32 = 8;

/// The entries of an object of a payload, found by name.
///
/// Entries were passed over while reading, so each is one value of the document, and the entry of an index is found
/// without a walk.
#[derive(Debug, Default)]
pub struct Section {
    /// Where the first entry stands.
    first: usize,
    count: usize,
    /// How many names were looked for.
    asked: Cell<u32>,
    /// Slots by hash, each holding an index + 1; 0 is free. At least half are free.
    slots: OnceCell<Vec<u32>>,
}

impl Section {
    /// The entries of an object; none of anything else.
    pub fn read(place: Option<Json<'_>>) -> Section {
        let Some(place) = place.filter(|place| place.is_object()) else { return Section::default() };
        Section { first: place.place() + 1, count: place.children().count(), ..Section::default() }
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The entry of an index.
    pub fn entry<'d>(&self, document: &'d Document, index: usize) -> Json<'d> {
        document.place(self.first + index)
    }

    /// The index of the entry of a name; `null` is an entry too. Where a name comes twice, it is the later one, as in
    /// JavaScript.
    pub fn find(&self, document: &Document, name: &str) -> Option<usize> {
        let is_named = |index: usize| self.entry(document, index).is_named(name);
        if self.asked.get() < FEW {
            self.asked.set(self.asked.get() + 1);
            return (0..self.count).rev().find(|index| is_named(*index));
        }
        let slots = self.slots.get_or_init(|| self.index(document));
        (*slots.get(self.slot(slots, document, name))? as usize).checked_sub(1)
    }

    fn index(&self, document: &Document) -> Vec<u32> {
        let mut slots = alloc::vec![0; self.count * 2];
        for index in 0..self.count {
            let slot = self.slot(&slots, document, self.entry(document, index).name());
            if let Some(slot) = slots.get_mut(slot) {
                *slot = index as u32 + 1;
            }
        }
        slots
    }

    /// The slot of a name; a free one where it has none.
    fn slot(&self, slots: &[u32], document: &Document, name: &str) -> usize {
        let mut slot = Fnv::START.text(name).slot(slots.len());
        while let Some(taken) = slots.get(slot).filter(|taken| **taken > 0)
            && !self.entry(document, *taken as usize - 1).is_named(name)
        {
            slot = (slot + 1) % slots.len();
        }
        slot
    }
}
