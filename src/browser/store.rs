//! Where a visitor is remembered.

use super::host::taken;
use crate::client::{EVENT_PREFIX, VISITOR_KEY};
use alloc::{string::String, vec::Vec};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    /// Stores a text; whether the browser took it.
    fn save(key: &str, value: &str) -> bool;
    fn erase(key: &str);
    /// How many bytes all of ours has that is stored, but for one key: keys and values in turn, a zero between any two.
    fn stored(except: &str) -> u32;
    #[wasm_bindgen(js_name = eraseAll)]
    fn erase_all(first: &str);
}

/// Where the harness keeps a copy of the payload: it may be long, and is not read here.
const PAYLOAD_KEY: &str = "privateer.payload";

/// The browser's local storage, or memory alone: for simulated visitors.
pub enum Store {
    /// What outlives the page, as far as the browser allows it.
    Local,
    /// The events since somebody last took them.
    Memory(Vec<String>),
}

impl Store {
    /// Everything of ours that is stored, but for the copy of the payload, which is the harness' own.
    pub fn all(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if let Store::Local = self {
            let text = taken(stored(PAYLOAD_KEY));
            let mut parts = text.split('\0');
            while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                pairs.push((key.into(), value.into()));
            }
        }
        pairs
    }

    /// Stores a text; `false` when the browser refuses.
    pub fn save(&mut self, key: &str, value: String) -> bool {
        match self {
            Store::Local => return save(key, &value),
            Store::Memory(events) if key.starts_with(EVENT_PREFIX) => events.push(value),
            Store::Memory(_) => {}
        }
        true
    }

    /// Removes a key.
    pub fn erase(&self, key: &str) {
        if let Store::Local = self {
            erase(key);
        }
    }

    /// Removes every key of ours, the visitor first: that is what other tabs listen for.
    pub fn erase_all(&self) {
        if let Store::Local = self {
            erase_all(VISITOR_KEY);
        }
    }

    /// The events saved in memory since the last time, as they were saved.
    pub fn take_events(&mut self) -> Vec<String> {
        match self {
            Store::Local => Vec::new(),
            Store::Memory(events) => core::mem::take(events),
        }
    }
}
