//! One section of a payload: names and where their entries stand.

use crate::base::{
    hash::Fnv,
    json::{Document, Json},
};
use alloc::vec::Vec;

/// The entries of an object of a payload, found by name.
///
/// Entries were passed over while reading, so each is one value of the document, and the entry of an index is found
/// without a walk.
#[derive(Debug, Default)]
pub struct Section {
    /// Where the first entry stands.
    first: usize,
    count: usize,
    /// Slots by hash, each holding an index + 1; 0 is free. At least half are free.
    slots: Vec<u32>,
}

impl Section {
    /// The entries of an object; none of anything else.
    pub fn read(place: Option<Json<'_>>) -> Section {
        let Some(place) = place.filter(|place| place.is_object()) else { return Section::default() };
        let count = place.children().count();
        let mut section = Section { first: place.place() + 1, count, slots: alloc::vec![0; count * 2] };
        for (index, entry) in place.children().enumerate() {
            section.enter(place.document(), entry.name(), index);
        }
        section
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The entry of an index.
    pub fn entry<'d>(&self, document: &'d Document, index: usize) -> Option<Json<'d>> {
        (index < self.count).then(|| document.place(self.place(index)))
    }

    /// Where the entry of an index stands.
    pub fn place(&self, index: usize) -> usize {
        self.first + index
    }

    /// The index of the entry of a name; `null` is an entry too.
    pub fn find(&self, document: &Document, name: &str) -> Option<usize> {
        let mut slot = Fnv::START.text(name).slot(self.slots.len());
        loop {
            let index = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            if self.entry(document, index)?.name() == name {
                return Some(index);
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    /// Where a name comes twice, the later one takes the place of the earlier, as in JavaScript.
    fn enter(&mut self, document: &Document, name: &str, index: usize) {
        let size = self.slots.len();
        let mut slot = Fnv::START.text(name).slot(size);
        while let Some(taken) = self.slots.get(slot).copied() {
            let same = taken > 0 && self.entry(document, taken as usize - 1).is_some_and(|entry| entry.name() == name);
            if taken == 0 || same {
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = index as u32 + 1;
                }
                return;
            }
            slot = (slot + 1) % size;
        }
    }
}
