//! Where a visitor is remembered.

use alloc::{string::String, vec::Vec};
use web_sys::Storage;

const PREFIX: &str = "privateer.";

/// Where a visitor is remembered.
pub enum Store {
    /// The browser's local storage.
    Local(Storage),
    /// Memory, for simulated visitors and where storage is refused.
    Memory(Vec<(String, String)>),
}

impl Store {
    /// The storage given; memory in a worker, or where the browser refuses it.
    pub fn new(local: Option<Storage>) -> Store {
        local.map_or(Store::Memory(Vec::new()), Store::Local)
    }

    /// Everything stored under `privateer.`.
    pub fn all(&self) -> Vec<(String, String)> {
        match self {
            Store::Memory(pairs) => pairs.clone(),
            Store::Local(storage) => keys(storage)
                .into_iter()
                .filter_map(|key| {
                    let value = storage.get_item(&key).ok().flatten()?;
                    Some((key, value))
                })
                .collect(),
        }
    }

    /// Stores a text; `false` when the browser refuses.
    pub fn save(&mut self, key: &str, value: String) -> bool {
        match self {
            Store::Local(storage) => return storage.set_item(key, &value).is_ok(),
            Store::Memory(pairs) => match pairs.iter_mut().find(|(known, _)| known == key) {
                Some((_, old)) => *old = value,
                None => pairs.push((key.into(), value)),
            },
        }
        true
    }

    /// Removes a key.
    pub fn erase(&mut self, key: &str) {
        match self {
            Store::Local(storage) => drop(storage.remove_item(key)),
            Store::Memory(pairs) => pairs.retain(|(known, _)| known != key),
        }
    }

    /// Removes every key that begins with `privateer.`.
    pub fn erase_all(&mut self) {
        match self {
            Store::Local(storage) => keys(storage).iter().for_each(|key| drop(storage.remove_item(key))),
            Store::Memory(pairs) => pairs.clear(),
        }
    }
}

fn keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|index| storage.key(index).ok().flatten()).filter(|key| key.starts_with(PREFIX)).collect()
}
