//! Whose events are whose: `journal.js`.

use super::{carry::Cause, happenings::Happening, ledger::Excuse, tab::Life, text::owner_and_id, world::World};
use privateer::{client::Input, tracking::consent::Consent};
use std::collections::BTreeSet;

/// Without locks a page is taken for gone after so many ms of silence, and says every 15 s that it is there.
const SILENCE: i64 = 60_000;

impl World {
    /// A lock is the page's: of its own name, or of a page that is gone.
    pub fn locked(&mut self, page: usize, owner: &str, stop: u64) {
        if self.pages[page].stop != stop {
            return;
        }
        if self.pages[page].name == owner {
            self.agenda.add(self.now + self.dice.between(1, 20), Happening::Listed { page, stop });
        } else if self.pages[page].consent[1] != Consent::Pending {
            self.adopt_from(page, owner);
        } else {
            self.free_lock(owner);
        }
    }

    /// Adopts what pages that are gone left; of pages that are still there, as soon as they are gone.
    pub fn adopt_all(&mut self, page: usize, stop: u64) {
        if self.pages[page].stop == stop {
            self.finish_erasing();
        }
        // Whoever does not know yet whether it may deliver would only keep others from it.
        if self.pages[page].stop != stop || self.pages[page].consent[1] == Consent::Pending {
            return;
        }
        let keys = self.browser.local.keys().chain(self.browser.spilled.keys());
        let owners: BTreeSet<String> = keys.filter_map(|key| Some(owner_and_id(key)?.0.to_owned())).collect();
        for owner in owners {
            if !owner.is_empty() && owner != self.pages[page].name {
                match self.plan.locks {
                    true => self.lock(page, &owner),
                    false if self.is_silent(&owner) => self.adopt_from(page, &owner),
                    false => {}
                }
            }
        }
    }

    /// Somebody was erased, and the page was gone before IndexedDB knew.
    fn finish_erasing(&mut self) {
        for gone in std::mem::take(&mut self.browser.erasing) {
            let of_gone = |(key, event): (&String, &String)| Some(key.clone()).filter(|_| event.contains(&gone));
            let keys: Vec<String> = self.browser.spilled.iter().filter_map(of_gone).collect();
            for key in keys {
                self.excuse_erased(&key, &gone);
                self.take_spilled(&key);
            }
        }
    }

    fn is_silent(&self, owner: &str) -> bool {
        let Some(page) = self.names.get(owner).map(|page| &self.pages[*page]).filter(|page| page.name == owner) else {
            return true;
        };
        let since = match page.life {
            Life::Live => self.now,
            _ => page.dead_since,
        };
        self.now - since >= SILENCE || (self.wall().0 - self.last_wall_before_jump(since)).abs() >= SILENCE
    }

    fn adopt_from(&mut self, page: usize, owner: &str) {
        let prefix = format!("{}{owner}.", privateer::client::EVENT_PREFIX);
        let of_owner =
            |(key, value): (&String, &String)| Some((key.clone(), value.clone())).filter(|(key, _)| key.starts_with(&prefix));
        let mut stored: Vec<_> = self.browser.local.iter().filter_map(of_owner).collect();
        // What lies in both storages and is damaged in this one is sound in the other.
        for (key, value) in &mut stored {
            let id = owner_and_id(key).map_or("", |(_, id)| id);
            if let Some(sound) = self.browser.spilled.get(key).filter(|_| !is_sound(id, value)) {
                value.clone_from(sound);
            }
        }
        self.adopt(page, stored, false);
        // Reading waits for what was begun to be written before.
        for other in 0..self.pages.len() {
            self.commit(other);
        }
        self.finish_erasing();
        let spilled: Vec<_> = self.browser.spilled.iter().filter_map(of_owner).collect();
        self.adopt(page, spilled, true);
    }

    fn adopt(&mut self, page: usize, events: Vec<(String, String)>, spilled: bool) {
        if events.is_empty() || self.pages[page].client.is_none() || self.pages[page].life != Life::Live {
            return;
        }
        if spilled {
            self.pages[page].spilled = true;
        } else {
            self.pages[page].room += events.len();
        }
        if self.pages[page].consent[1] == Consent::Denied {
            // Unless the page is killed meanwhile, and somebody else may send what is left.
            for index in events.iter().filter_map(|(key, _)| self.event_of(key)).collect::<Vec<_>>() {
                self.ledger.entries[index].excuse = Some(Excuse::Erased);
            }
        } else {
            for (key, value) in &events {
                if let Some(index) = self.event_of(key).filter(|index| is_sound(&self.ledger.entries[*index].id, value)) {
                    self.hold_event(page, index);
                }
            }
        }
        self.step(page, Cause::Adopt, Input::Adopt(events));
    }
}

/// Whether a value is still the event of this id.
pub fn is_sound(id: &str, value: &str) -> bool {
    super::text::member(value, "messageId") == id && serde_json::from_str::<serde_json::Value>(value).is_ok()
}
