//! Where a visitor is remembered.

use super::host::taken;
use crate::{
    base::url,
    client::{EVENT_PREFIX, VISITOR_KEY},
};
use alloc::{string::String, vec::Vec};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    /// Stores a text; whether the browser took it.
    fn save(key: &str, value: &str) -> bool;
    /// Removes a text; whether there was one.
    fn erase(key: &str) -> bool;
    /// How many bytes what is stored of ours takes, but for keys that begin so, what was delivered and the copy of the payload:
    /// keys and values in turn, a zero between any two.
    fn stored(except: &str) -> u32;
    #[wasm_bindgen(js_name = eraseAll)]
    fn erase_all(first: &str);
    /// Keeps a value, and of all whose keys begin alike the newest.
    fn remember(key: &str, value: &str, most: u32);
}

/// So many events of a page may lie in local storage, which is small and which others use, too. What is more is spilled.
const ROOM: usize = 1_000;

/// Where a visitor is remembered.
pub enum Store {
    /// The browser's local storage: what outlives the page, as far as the browser allows it.
    Local {
        /// How many events are there.
        events: usize,
        /// Whether there were more than that, or it was full.
        spilled: bool,
    },
    /// Memory alone, for simulated visitors: the events since somebody last took them.
    Memory(Vec<String>),
    /// Nowhere: the page must remember nothing.
    Nowhere,
}

impl Store {
    /// The browser's local storage.
    pub fn local() -> Store {
        Store::Local { events: 0, spilled: false }
    }

    /// Whether an event is stored under this key.
    pub fn is_event(key: &str) -> bool {
        key.starts_with(EVENT_PREFIX)
    }

    /// What is stored of ours, but for events and the copy of the payload, which is the harness' own.
    pub fn all(&self) -> Vec<(String, String)> {
        if let Store::Local { .. } = self { pairs(&taken(stored(EVENT_PREFIX))) } else { Vec::new() }
    }

    /// Stores a text; `false` when there is no room.
    pub fn save(&mut self, key: &str, value: &str) -> bool {
        match self {
            Store::Local { events, spilled } => {
                let is_event = Store::is_event(key);
                let saved = (!is_event || *events < ROOM) && save(key, value);
                *events += usize::from(is_event && saved);
                *spilled |= is_event && !saved;
                return saved;
            }
            Store::Memory(events) if Store::is_event(key) => events.push(value.into()),
            _ => {}
        }
        true
    }

    /// Keeps a delivered event to look back on, and at most so many of them.
    pub fn remember(&self, key: &str, value: &str, most: i64) {
        if let Store::Local { .. } = self {
            remember(key, value, most as u32);
        }
    }

    /// So many events of other pages are there that were adopted; or they come from where spilled ones are.
    pub fn adopt(&mut self, adopted: usize, from_spill: bool) {
        if let Store::Local { events, spilled } = self {
            *spilled |= from_spill;
            *events += if from_spill { 0 } else { adopted };
        }
    }

    /// Whether some were spilled.
    pub fn spilled(&self) -> bool {
        matches!(self, Store::Local { spilled: true, .. })
    }

    /// Removes a key. What was spilled is none of the events that count.
    pub fn erase(&mut self, key: &str) {
        if let Store::Local { events, .. } = self {
            *events = events.saturating_sub(usize::from(erase(key) && Store::is_event(key)));
        }
    }

    /// Removes every key of ours, the visitor first: that is what other tabs listen for.
    pub fn erase_all(&mut self) {
        if let Store::Local { events, .. } = self {
            *events = 0;
            erase_all(VISITOR_KEY);
        }
    }

    /// The events saved in memory since the last time, as they were saved.
    pub fn take_events(&mut self) -> Vec<String> {
        if let Store::Memory(events) = self { core::mem::take(events) } else { Vec::new() }
    }
}

/// Keys and values, as they stand in turn with a zero between any two.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut parts = url::pieces(Some(text), 0);
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        pairs.push((key.into(), value.into()));
    }
    pairs
}
