//! Events that will never arrive: counted, and the count told to the collector as an event.

use super::{Client, Effect};
use crate::{
    base::Time,
    event::Kind,
    tracking::{
        losses::{Loss, Losses},
        queue::Record,
    },
};
use alloc::{string::String, vec::Vec};
use core::mem::{replace, take};

/// What the event is called.
pub(super) const REPORT: &str = "Events Dropped";

impl Client {
    /// Gives events up. A report among them is no loss of its own, or a collector that refuses it would never see the end.
    pub(super) fn give_up(&mut self, loss: Loss, records: Vec<Record>) {
        self.lose(loss, records.iter().filter(|record| !record.is_report).count());
        self.given_up.extend(records.into_iter().map(|record| record.key));
    }

    /// What was given up goes when its loss has been written down.
    pub(super) fn erase_given_up(&mut self) {
        for key in take(&mut self.given_up) {
            self.effects.push(Effect::Erase(key));
        }
    }

    /// Counts what was given up. What a report told that stays as it is is not told again.
    pub(super) fn lose(&mut self, loss: Loss, events: usize) {
        if events > 0 && !self.losses.report.is_empty() && !self.can_rewrite() {
            self.losses = Losses::default();
        }
        self.visitor.dropped += events as i64;
        self.losses.add(loss, events);
        self.changed |= events > 0;
    }

    /// Gives the oldest up when too many wait.
    pub(super) fn make_room(&mut self) {
        let surplus = self.queue.take_surplus();
        if !surplus.is_empty() {
            self.give_up(Loss::Overflow, surplus);
        }
    }

    /// Tells what was lost since the last report that was sent; one that still waits is written anew.
    pub(super) fn report_losses(&mut self, now: Time) {
        let wanted = self.site.samples(REPORT, &self.visitor.anonymous_id);
        if !take(&mut self.losses.news) || !wanted {
            return;
        }
        let properties = self.losses.properties();
        let rewritten = self.can_rewrite();
        let waiting = self.queue.waiting(&self.losses.report).map(|waiting| String::from(waiting.id()));
        match waiting.filter(|_| rewritten) {
            Some(id) => self.rewrite_report(&id, &properties, now),
            None => {
                let id = self.new_id(now);
                self.losses.number = self.window.events;
                self.losses.place = self.place();
                let message = self.compose(Kind::Track, REPORT, &properties, &id, now);
                self.losses.report = self.journal(&id, message, true, now);
            }
        }
    }

    /// A report that has not been sent, in the session and the window in which it has its number.
    fn can_rewrite(&mut self) -> bool {
        self.losses.place == self.place() && self.queue.waiting(&self.losses.report).is_some()
    }

    fn place(&self) -> String {
        [&*self.visitor.session.id, &self.window.id].concat()
    }

    fn rewrite_report(&mut self, id: &str, properties: &str, now: Time) {
        let present = replace(&mut self.window.events, self.losses.number);
        let message = self.compose(Kind::Track, REPORT, properties, id, now);
        self.window.events = present;
        let key = self.losses.report.clone();
        self.save_event(&key, &message);
        if let Some(waiting) = self.queue.waiting(&key) {
            waiting.message = message;
        }
    }
}
