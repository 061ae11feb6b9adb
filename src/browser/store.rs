//! Where a visitor is remembered.

use crate::{
    client::{EVENT_PREFIX, VISITOR_KEY},
    experiment::STICKY_PREFIX,
};
use alloc::{string::String, vec::Vec};
use web_sys::Storage;

/// What belongs to us: our own keys, and the assignments, which stand where GrowthBook's SDKs keep them.
const PREFIXES: [&str; 2] = ["privateer.", STICKY_PREFIX];

/// Where the harness keeps a copy of the payload: it may be long, and is not read here.
const PAYLOAD_KEY: &str = "privateer.payload";

/// The browser's local storage, or nothing: for simulated visitors and where storage is refused.
pub struct Store {
    local: Option<Storage>,
    /// Without storage: the events since somebody last took them.
    events: Vec<String>,
}

impl Store {
    /// The storage given, if any.
    pub fn new(local: Option<Storage>) -> Store {
        Store { local, events: Vec::new() }
    }

    /// Everything of ours that is stored, but for the copy of the payload, which is the harness' own.
    pub fn all(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for key in self.keys() {
            if key == PAYLOAD_KEY {
                continue;
            }
            if let Some(Ok(Some(value))) = self.local.as_ref().map(|local| local.get_item(&key)) {
                pairs.push((key, value));
            }
        }
        pairs
    }

    /// Stores a text; `false` when the browser refuses.
    pub fn save(&mut self, key: &str, value: String) -> bool {
        match &self.local {
            Some(local) => local.set_item(key, &value).is_ok(),
            None => {
                if key.starts_with(EVENT_PREFIX) {
                    self.events.push(value);
                }
                true
            }
        }
    }

    /// Removes a key.
    pub fn erase(&self, key: &str) {
        if let Some(local) = &self.local {
            drop(local.remove_item(key));
        }
    }

    /// Removes every key of ours, the visitor first: that is what other tabs listen for.
    pub fn erase_all(&self) {
        self.erase(VISITOR_KEY);
        for key in self.keys() {
            self.erase(&key);
        }
    }

    /// The events saved without storage since the last time, as they were saved.
    pub fn take_events(&mut self) -> Vec<String> {
        core::mem::take(&mut self.events)
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if let Some(local) = &self.local {
            for index in 0..local.length().unwrap_or(0) {
                if let Ok(Some(key)) = local.key(index)
                    && PREFIXES.iter().any(|prefix| key.starts_with(prefix))
                {
                    keys.push(key);
                }
            }
        }
        keys
    }
}
