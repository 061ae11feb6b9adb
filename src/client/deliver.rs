//! Getting events out.

use super::{Client, Effect, record::event_key};
use crate::{
    base::Time,
    tracking::{consent::Consent, delivery::Answer, queue::State},
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// Sends what is due and asks to be woken for what is not.
    pub(super) fn send(&mut self, now: Time) {
        let collector = &self.site.collector;
        if !collector.is_some() || self.consent != Consent::Granted {
            return;
        }
        if let Some(batch) = self.delivery.next(&mut self.queue, collector, now) {
            self.effects.push(Effect::Send(collector.url.clone(), batch, false));
        }
        let due = self.delivery.due();
        if due != self.waking {
            self.waking = due;
            self.effects.extend(due.map(Effect::WakeAt));
        }
    }

    /// The page may be gone the next moment: one last batch, without waiting for anything.
    pub(super) fn send_last(&mut self, now: Time) {
        self.save_visitor();
        let collector = &self.site.collector;
        if !collector.is_some() || self.consent != Consent::Granted {
            return;
        }
        if let Some(batch) = self.delivery.last(&mut self.queue, collector, now) {
            self.effects.push(Effect::Send(collector.url.clone(), batch, true));
        }
    }

    pub(super) fn answered(&mut self, answer: Answer, now: Time) {
        let arrived = self.queue.ids_of(answer.batch);
        let settled = self.delivery.answer(&mut self.queue, answer, &*self.host, now);
        if settled.delivered {
            self.visitor.delivered += arrived.len() as i64;
            self.changed = true;
            self.store(&arrived);
            let gone = self.queue.trim(State::Delivered);
            self.erase(gone);
        }
        if let Some(id) = settled.refused {
            self.give_up([id].into());
        }
    }

    /// Events that will never arrive: forgotten, and counted.
    pub(super) fn give_up(&mut self, ids: Vec<String>) {
        self.visitor.dropped += ids.len() as i64;
        self.changed |= !ids.is_empty();
        self.erase(ids);
    }

    fn erase(&mut self, ids: Vec<String>) {
        for id in &ids {
            self.effects.push(Effect::Erase(event_key(id)));
        }
    }
}
