//! What really happened to each event: the truth that the laws compare with.

use super::text::{count, member};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, DefaultHasher},
    rc::Rc,
};

/// Hashes alike in every run, so that a seed replays exactly.
pub type Hashing = BuildHasherDefault<DefaultHasher>;

/// Why an event may be missing at the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Excuse {
    /// It was only in the memory of a page that is gone, because nothing could be stored.
    Memory,
    /// The page cleared or damaged the storage where it lay.
    Cleared,
    /// The visitor wished it erased.
    Erased,
    /// It was given up and counted.
    Dropped,
}

/// One event.
pub struct Entry {
    pub id: Rc<str>,
    /// As it was stored last.
    pub message: Rc<str>,
    pub is_report: bool,
    /// The page that recorded it, and which of its visitors.
    pub by: (usize, u32),
    /// Whether it lies in local storage, and in IndexedDB.
    pub local: bool,
    pub spilled: bool,
    /// How many pages hold it in memory.
    pub holders: u32,
    /// Whether the last try to store it failed, or is not done.
    pub unstored: bool,
    /// Whether the page took it out of the storage, or damaged it there.
    pub wiped: bool,
    pub excuse: Option<Excuse>,
    /// When it was erased, as the agenda counts.
    pub erased_at: Option<u64>,
    /// How often the collector took it.
    pub taken: u32,
    /// What the collector took first.
    pub first: Option<Rc<str>>,
    /// Whether a page heard that it arrived, and had the time to take note.
    pub acknowledged: bool,
    /// Whether there is a reason for another copy on the wire.
    pub copies: bool,
}

/// All events of a visit.
#[derive(Default)]
pub struct Ledger {
    pub entries: Vec<Entry>,
    ids: HashMap<Rc<str>, usize, Hashing>,
    /// Who has which number: session, window, number.
    pub numbers: HashMap<(String, String, i64), usize, Hashing>,
    /// Ids of visitors, sessions and windows that were erased, and when, as the agenda counts.
    pub erased: HashMap<String, u64, Hashing>,
}

impl Ledger {
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Notes a new event.
    pub fn enter(&mut self, id: &str, message: &str, by: (usize, u32)) -> usize {
        let id: Rc<str> = id.into();
        self.ids.insert(id.clone(), self.entries.len());
        self.entries.push(Entry {
            id,
            message: message.into(),
            is_report: is_report(message),
            by,
            local: false,
            spilled: false,
            holders: 0,
            unstored: false,
            wiped: false,
            excuse: None,
            erased_at: None,
            taken: 0,
            first: None,
            acknowledged: false,
            copies: false,
        });
        self.entries.len() - 1
    }

    /// The visitor wishes it erased.
    pub fn erase(&mut self, index: usize, at: u64) {
        let entry = &mut self.entries[index];
        entry.excuse.get_or_insert(Excuse::Erased);
        entry.erased_at.get_or_insert(at);
    }

    /// Nobody has it any more and it never arrived: is there an excuse?
    pub fn look_after(&mut self, index: usize) {
        let entry = &mut self.entries[index];
        if entry.holders == 0 && !entry.local && !entry.spilled && entry.excuse.is_none() {
            entry.excuse = match () {
                _ if entry.unstored => Some(Excuse::Memory),
                _ if entry.wiped => Some(Excuse::Cleared),
                _ => None,
            };
        }
    }
}

/// The place of an event: session, window, number.
pub fn place(message: &str) -> (String, String, i64) {
    (member(message, "sessionId").into(), member(message, "windowId").into(), count(message, "sessionEvent"))
}

pub fn is_report(message: &str) -> bool {
    member(message, "event") == "Events Dropped"
}
