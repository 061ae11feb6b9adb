//! Getting events out.

use super::{Client, Effect, record::event_key};
use crate::{base::Time, tracking::consent::Consent};

impl Client {
    /// Sends what is due and asks to be woken for what is not.
    pub(super) fn send(&mut self, now: Time) {
        let Some(collector) = self.site.collector.as_ref().filter(|_| self.consent == Consent::Granted) else { return };
        if let Some(batch) = self.delivery.next(&self.queue, collector, now) {
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
        let Some(collector) = self.site.collector.as_ref().filter(|_| self.consent == Consent::Granted) else { return };
        if let Some(batch) = self.delivery.last(&self.queue, collector, now) {
            self.effects.push(Effect::Send(collector.url.clone(), batch, true));
        }
    }

    pub(super) fn answered(&mut self, batch: u32, status: u16, retry_after_ms: Option<i64>, now: Time) {
        let settled = self.delivery.answer(batch, status, retry_after_ms, &*self.host, now);
        for record in self.queue.acknowledge(&settled.delivered) {
            self.visitor.delivered += 1;
            self.changed = true;
            self.store(&record);
        }
        self.trim(true);
        if !settled.refused.is_empty() {
            self.queue.remove(&settled.refused);
            self.visitor.dropped += settled.refused.len() as i64;
            self.changed = true;
            self.effects.extend(settled.refused.iter().map(|id| Effect::Erase(event_key(id))));
        }
    }
}
