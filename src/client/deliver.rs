//! Getting events out.

use super::{
    Client, Effect,
    record::{event_key, stored},
};
use crate::{
    base::Time,
    tracking::{
        consent::Consent,
        delivery::Answer,
        queue::{KEPT, State},
    },
};
use alloc::{string::String, vec::Vec};

impl Client {
    /// Sends what is due and asks to be woken for what is not. A page that is being left may be gone the next moment:
    /// it sends one last batch, without waiting for anything.
    pub(super) fn send(&mut self, leaving: bool, now: Time) {
        let collector = &self.site.collector;
        if !collector.is_some() || self.consent != Consent::Granted {
            return;
        }
        if let Some(batch) = self.delivery.next(&mut self.queue, collector, leaving, now) {
            self.effects.push(Effect::Send(collector.url.clone(), batch, leaving));
        }
        let due = self.delivery.due(&self.queue);
        if due != self.waking {
            self.waking = due;
            if let Some(due) = due {
                self.effects.push(Effect::WakeAt(due));
            }
        }
    }

    pub(super) fn answered(&mut self, answer: Answer, now: Time) {
        let Some(state) = self.delivery.answer(&self.queue, answer, &*self.host, now) else { return };
        for record in self.queue.records_mut() {
            if record.state == State::Sent(answer.batch) {
                record.state = state;
                if state == State::Delivered {
                    self.visitor.delivered += 1;
                    self.changed = true;
                    self.effects.push(stored(record));
                }
            }
        }
        let old = self.queue.take_out(State::Delivered, KEPT);
        self.erase(old);
        let refused = self.queue.take_out(State::Refused, 0);
        self.give_up(refused);
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
