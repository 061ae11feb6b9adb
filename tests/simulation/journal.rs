//! Whose events are whose: `journal.js`.

use super::{carry::Cause, happenings::Happening, tab::Life, text::owner_and_id, world::World};
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
        } else if self.pages[page].consent[1] == Consent::Granted {
            self.adopt_from(page, owner);
        } else {
            self.free_lock(owner);
        }
    }

    /// Adopts what pages that are gone left; of pages that are still there, as soon as they are gone.
    pub fn adopt_all(&mut self, page: usize, stop: u64) {
        // Whoever may not deliver would only keep others from it.
        if self.pages[page].stop != stop || self.pages[page].consent[1] != Consent::Granted {
            return;
        }
        let keys = self.browser.local.keys().chain(self.browser.spilled.keys());
        let owners: BTreeSet<String> = keys.filter_map(|key| Some(owner_and_id(key)?.0.to_owned())).collect();
        for owner in owners {
            if !owner.is_empty() {
                match self.plan.locks {
                    _ if owner == self.pages[page].name => self.adopt_from(page, &owner),
                    true => self.lock(page, &owner),
                    false if self.is_silent(&owner) => self.adopt_from(page, &owner),
                    false => {}
                }
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
        let stored: Vec<_> = self.browser.local.iter().filter_map(of_owner).collect();
        self.adopt(page, stored, false);
        // Somebody was erased, and the page was gone before IndexedDB knew.
        if self.browser.is_erasing {
            self.clear_spilled();
        }
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
        if self.pages[page].consent[1] == Consent::Granted {
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
fn is_sound(id: &str, value: &str) -> bool {
    value.ends_with('}') && super::text::member(value, "messageId") == id
}
