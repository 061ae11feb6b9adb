//! What the tabs of a browser share: local storage, IndexedDB, locks, and the news of each other's writing.

use super::{
    happenings::Happening,
    ledger::Excuse,
    tab::{Life, Page},
    text::owner_and_id,
    world::World,
};
use privateer::client::VISITOR_KEY;
use std::collections::{BTreeMap, VecDeque};

/// One browser profile.
#[derive(Default)]
pub struct Browser {
    pub local: BTreeMap<String, String>,
    /// How many bytes local storage has, and how many it may have.
    pub used: usize,
    pub quota: usize,
    pub denied: bool,
    /// IndexedDB.
    pub spilled: BTreeMap<String, String>,
    pub locks: BTreeMap<String, Lock>,
    /// Whether all that should be remembered of the visitor's wishes was stored, and nobody touched it since.
    pub remembers: bool,
    /// Whose spilled events are to be erased, and are not yet: a key of local storage.
    pub erasing: Vec<String>,
    /// How often the visitor's record was removed.
    pub removals: u64,
    /// Whether a page died before it heard that its visitor was erased, or slept through one erasure until the next one, or
    /// wrote the visitor back before it heard, and another page began with that.
    pub is_deaf: bool,
}

/// Who holds a lock, and who waits for it: a page and its stop number.
#[derive(Default)]
pub struct Lock {
    pub holder: Option<usize>,
    pub waiting: VecDeque<(usize, u64)>,
}

/// What a page wants done in IndexedDB.
pub enum Spilling {
    Put(String, String),
    Delete(Vec<String>),
    /// Everything, because this visitor was erased.
    Clear(String),
}

impl World {
    /// `localStorage.setItem`; whether it succeeds.
    pub fn set_item(&mut self, page: usize, key: &str, value: &str) -> bool {
        let before = self.browser.local.get(key);
        let changed = before.is_none_or(|before| before != value);
        let used = self.browser.used + key.len() + value.len() - before.map_or(0, |before| key.len() + before.len());
        if self.browser.denied || used > self.browser.quota && used > self.browser.used {
            return false;
        }
        self.browser.used = used;
        self.browser.local.insert(key.into(), value.into());
        if key == VISITOR_KEY && changed {
            self.tell_others(page, Some(value.into()));
        }
        true
    }

    pub fn remove_item(&mut self, page: usize, key: &str) {
        let Some(value) = self.browser.local.remove(key) else { return };
        self.browser.used -= key.len() + value.len();
        if key == VISITOR_KEY {
            self.tell_others(page, None);
        }
        if let Some(index) = self.event_of(key) {
            self.ledger.entries[index].local = false;
        }
    }

    /// The event that is stored under a key.
    pub fn event_of(&self, key: &str) -> Option<usize> {
        self.ledger.find(owner_and_id(key)?.1)
    }

    /// Every other page of the site hears of it a moment later.
    pub fn tell_others(&mut self, page: usize, value: Option<String>) {
        self.browser.removals += u64::from(value.is_none());
        let removals = self.browser.removals;
        if value.is_none() {
            self.pages[page].removals = removals;
        }
        for other in 0..self.pages.len() {
            if other != page && self.pages[other].life != Life::Dead {
                // News come in the order in which they were made.
                let at = self.pages[other].news_at.max(self.now + self.dice.between(1, 20));
                self.pages[other].news_at = at;
                self.agenda.add(at, Happening::News { page: other, value: value.clone(), removals });
            }
        }
    }

    /// The page's own scripts clear everything, as at log-out. Nobody refused anything by that, so the other tabs go on.
    pub fn clear(&mut self) {
        self.note("the page clears the storage");
        self.browser.remembers = false;
        let keys: Vec<String> = self.browser.local.keys().cloned().collect();
        self.browser.local.clear();
        self.browser.used = 0;
        self.browser.is_deaf |= !std::mem::take(&mut self.browser.erasing).is_empty();
        keys.iter().for_each(|key| self.wiped(key));
    }

    /// Somebody damages a value.
    pub fn corrupt(&mut self) {
        let keys: Vec<String> = self.browser.local.keys().cloned().collect();
        if keys.is_empty() {
            return;
        }
        let key = self.dice.pick(&keys).clone();
        let value = &self.browser.local[&key];
        let half: String = value.chars().take(value.len() / 2).collect();
        let garbage = [half.as_str(), "", "null", "{}", "[]", "q{\"type\":\"track\"}", "{\"version\":9}", "\u{1f600}"];
        let garbage = String::from(*self.dice.pick(&garbage));
        self.note(&format!("{key} is damaged: {garbage:.20}"));
        self.browser.remembers = false;
        self.browser.used = self.browser.used + garbage.len() - self.browser.local[&key].len();
        self.browser.local.insert(key.clone(), garbage);
        self.wiped(&key);
        if self.dice.once_in(3) {
            let odd = ["privateer.event.old", "privateer.event..", "privateer.event.gone.x", "privateer.other"];
            let key = *self.dice.pick(&odd);
            if self.browser.local.insert(key.into(), "q{}".into()).is_none() {
                self.browser.used += key.len() + 3;
            }
        }
    }

    /// What was stored there is no more, and no fault of ours.
    fn wiped(&mut self, key: &str) {
        let Some(index) = self.event_of(key) else { return };
        let entry = &mut self.ledger.entries[index];
        entry.local = false;
        entry.wiped = true;
        self.ledger.look_after(index);
    }

    /// Something for IndexedDB; it is on the disk a little later.
    pub fn spill(&mut self, page: usize, what: Spilling) {
        if self.pages[page].spilling.is_empty() {
            self.agenda.add(self.now + self.dice.between(2, 30), Happening::Committed { page });
        }
        self.pages[page].spilling.push(what);
    }

    pub fn commit(&mut self, page: usize) {
        for what in std::mem::take(&mut self.pages[page].spilling) {
            match what {
                _ if self.plan.spill_denied => {}
                Spilling::Put(key, value) => self.put(key, value),
                Spilling::Delete(keys) => keys.iter().for_each(|key| self.take_spilled(key)),
                Spilling::Clear(gone) => self.clear_spilled(&gone),
            }
        }
    }

    pub fn clear_spilled(&mut self, gone: &str) {
        let keys: Vec<String> = self.browser.spilled.keys().cloned().collect();
        for key in keys {
            // What was spilled since the wish goes with the rest.
            if let Some(index) = self.event_of(&key) {
                self.ledger.entries[index].excuse.get_or_insert(Excuse::Erased);
            }
            self.take_spilled(&key);
        }
        if self.browser.erasing.last().is_some_and(|last| last == gone) {
            self.browser.erasing.clear();
        }
    }

    fn put(&mut self, key: String, value: String) {
        self.note_with(|| format!("  on the disk: {key}"));
        if let Some(index) = self.event_of(&key) {
            let entry = &mut self.ledger.entries[index];
            entry.spilled = true;
            entry.unstored &= *entry.message != *value;
        }
        self.browser.spilled.insert(key, value);
    }

    pub fn take_spilled(&mut self, key: &str) {
        self.note_with(|| format!("  off the disk: {key}"));
        if self.browser.spilled.remove(key).is_some()
            && let Some(index) = self.event_of(key)
        {
            self.ledger.entries[index].spilled = false;
            self.ledger.look_after(index);
        }
    }

    /// The page asks for a lock.
    pub fn lock(&mut self, page: usize, owner: &str) {
        let Page { stop, life, .. } = self.pages[page];
        if life == Life::Dead {
            return;
        }
        let lock = self.browser.locks.entry(owner.into()).or_default();
        if lock.holder.is_none() {
            lock.holder = Some(page);
            self.grant(page, owner, stop);
        } else if lock.holder == Some(page) {
            self.grant(page, owner, stop);
        } else {
            lock.waiting.push_back((page, stop));
        }
    }

    fn grant(&mut self, page: usize, owner: &str, stop: u64) {
        self.agenda.add(self.now + self.dice.between(0, 2), Happening::Locked { page, owner: owner.into(), stop });
    }

    /// The page lets go of one lock.
    pub fn free_lock(&mut self, owner: &str) {
        let Some(lock) = self.browser.locks.get_mut(owner) else { return };
        let next = lock.waiting.pop_front();
        lock.holder = next.map(|(next, _)| next);
        if let Some((next, stop)) = next {
            self.grant(next, owner, stop);
        }
    }

    /// The page lets go of all its locks, and waits for none.
    pub fn free_locks(&mut self, page: usize) {
        let mut granted = Vec::new();
        for (owner, lock) in &mut self.browser.locks {
            lock.waiting.retain(|(other, _)| *other != page);
            if lock.holder == Some(page) {
                let next = lock.waiting.pop_front();
                lock.holder = next.map(|(next, _)| next);
                granted.extend(next.map(|(next, stop)| (next, owner.clone(), stop)));
            }
        }
        for (next, owner, stop) in granted {
            self.grant(next, &owner, stop);
        }
    }
}
