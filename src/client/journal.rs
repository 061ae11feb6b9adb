//! Whose events are whose to deliver. Each page keeps its own under its own name; when it is gone, another one adopts them.

use super::{Client, EVENT_PREFIX, Effect, report::REPORT};
use crate::{
    base::Time,
    tracking::{
        consent::Consent,
        queue::{Record, State},
    },
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// Whether events and the visitor's record are stored.
    pub(super) fn stores(&self) -> bool {
        self.consent.analytics() == Consent::Granted
    }

    /// Adds an event to those that wait.
    pub(super) fn journal(&mut self, id: &str, message: String, is_report: bool, now: Time) -> String {
        let key = self.key(id);
        self.save_event(&key, &message);
        self.queue.add(Record { key: key.clone(), message, state: State::Waiting, is_report });
        self.make_room();
        self.delivery.expect(&self.site.collector, now);
        key
    }

    pub(super) fn save_event(&mut self, key: &str, message: &str) {
        if self.stores() {
            self.effects.push(Effect::Save(key.into(), message.into()));
        }
    }

    /// With consent, everything that was kept in memory is stored now.
    pub(super) fn store_waiting(&mut self, now: Time) {
        for record in self.queue.records() {
            self.effects.push(Effect::Save(record.key.clone(), record.message.clone()));
        }
        self.delivery.expect(&self.site.collector, now);
        self.changed = true;
    }

    /// Takes over what a page that is gone left. What is no event is erased: a damaged one would have its whole batch refused.
    pub(super) fn adopt(&mut self, stored: Vec<(String, String)>, now: Time) {
        let before = self.queue.count();
        for (key, message) in stored {
            if self.consent.analytics() == Consent::Denied {
                self.effects.push(Effect::Erase(key));
                continue;
            }
            let read = self.object(&message);
            let said = |name| read.root().and_then(|event| event.get_string(name)).unwrap_or("");
            let is_report = said("event") == REPORT;
            let record = Record { key, message, state: State::Waiting, is_report };
            if said("messageId") != record.id() || record.id().is_empty() {
                self.effects.push(Effect::Erase(record.key));
            } else if !self.queue.knows(record.id()) {
                self.queue.add(record);
            }
        }
        if self.queue.count() > before {
            self.make_room();
            self.delivery.catch_up(now);
        }
    }

    /// The page is put aside and may never wake up. What is stored belongs to whoever finds it; to be sure that it is stored, it
    /// is stored once more.
    pub(super) fn suspend(&mut self, owner: &str, now: Time) {
        if self.stores() {
            self.store_waiting(now);
            self.queue = Default::default();
            self.delivery.start_over();
            self.losses = Default::default();
            // The next page goes on with the window; should this one come back, it counts in one of its own.
            self.new_window(now);
        }
        self.owner = owner.into();
        self.take_along();
    }

    /// What is not stored yet belongs to the page also under its new name.
    fn take_along(&mut self) {
        for record in core::mem::take(&mut self.queue).into_records() {
            let key = self.key(record.id());
            self.queue.add(Record { key, ..record });
        }
    }

    fn key(&self, id: &str) -> String {
        [EVENT_PREFIX, &self.owner, ".", id].concat()
    }
}
