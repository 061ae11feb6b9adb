//! Getting events out.

use super::{Client, Effect, HISTORY_PREFIX, step::Pace};
use crate::{
    base::Time,
    tracking::{
        consent::Consent,
        delivery::{Answer, Fate},
        losses::Loss,
        queue::{Record, State},
    },
};

impl Client {
    /// Sends what is due and asks to be woken for what is not. A page that is being left may be gone the next moment:
    /// it sends one last batch, without waiting for anything.
    pub(super) fn send(&mut self, pace: Pace, now: Time) {
        let collector = &self.site.collector;
        let sends = collector.is_some() && self.consent.analytics() == Consent::Granted;
        let leaving = pace == Pace::Leaving;
        if sends
            && (leaving || pace == Pace::Idle)
            && let Some(batch) = self.delivery.next(&mut self.queue, collector, leaving, now)
        {
            self.effects.push(Effect::Send(collector.url.clone(), batch));
        }
        let due = [self.scores.as_ref().and_then(|scores| scores.due), self.delivery.due(&self.queue).filter(|_| sends)]
            .into_iter()
            .flatten()
            .min();
        if due != self.waking {
            self.waking = due;
            if let Some(due) = due {
                self.effects.push(Effect::WakeAt(due));
            }
        }
    }

    pub(super) fn answered(&mut self, answer: &Answer, now: Time) {
        let events = self.queue.count_of(answer.batch);
        let Some(fate) = self.delivery.answer(events, answer, &*self.host, now) else { return };
        for record in self.queue.take_batch(answer.batch) {
            match answer.fate(record.id(), fate) {
                Fate::Again => self.again(record),
                Fate::Delivered => self.delivered(record),
                Fate::Refused => self.refused(record, answer.status),
                Fate::Withheld => self.give_up(Loss::Withheld, [record].into()),
            }
        }
    }

    /// A report that was sent once stays as it is: it may have arrived.
    fn again(&mut self, record: Record) {
        if record.key == self.losses.report {
            self.losses = Default::default();
        }
        self.queue.add(Record { state: State::Waiting, ..record });
    }

    fn delivered(&mut self, record: Record) {
        self.visitor.delivered += 1;
        self.changed = true;
        let history = self.site.tracking.history;
        if history > 0 {
            let key = [HISTORY_PREFIX, record.id()].concat();
            self.effects.push(Effect::Remember(key, record.message, history));
        }
        self.effects.push(Effect::Erase(record.key));
    }

    fn refused(&mut self, record: Record, status: i32) {
        let message = self.object(&record.message);
        let name = ["event", "type"].iter().find_map(|name| message.root()?.get_filled(name));
        self.visitor.remember_refusal(record.id(), name.unwrap_or(""), status);
        self.give_up(Loss::Refused, [record].into());
    }
}
