//! Recording events and keeping them safe.

use super::{Client, EVENT_PREFIX, Effect, VISITOR_KEY, Visitor};
use crate::{
    base::{Time, json::Writer, random},
    event::{Event, Kind},
    tracking::{
        consent::Consent,
        queue::{Record, State, WAITING},
        session::Session,
    },
};
use alloc::string::String;

/// How every `context` begins.
const CONTEXT: &str = concat!("{\"library\":{\"name\":\"privateer\",\"version\":\"", env!("CARGO_PKG_VERSION"), "\"}");

impl Client {
    /// Records an event, unless the visitor denied it.
    pub(super) fn record(&mut self, kind: Kind, name: &str, properties: &str, now: Time) {
        if self.consent == Consent::Denied {
            return;
        }
        self.session(now);
        self.visitor.session.touch(now);
        let id = random::uuid(&*self.host, now, self.visitor.session.events);
        let properties = self.object(properties);
        let event = Event {
            id: &id,
            kind,
            name,
            anonymous_id: &self.visitor.anonymous_id,
            user_id: &self.visitor.user_id,
            time: now,
            properties: properties.root().filter(|root| root.is_object()),
        };
        self.site.scoring.count(&mut self.visitor.tally, &event, &*self.host);
        let message = self.message(&event);
        self.visitor.recorded += 1;
        self.changed = true;
        self.add(Record { id, message, state: State::Waiting }, now);
    }

    /// Begins a new session after a long pause.
    pub(super) fn session(&mut self, now: Time) {
        if !self.visitor.session.continues(now, self.site.tracking.session_idle_ms) {
            self.visitor.session = Session::begin(&*self.host, now);
        }
    }

    /// With consent, everything that was kept in memory is stored now.
    pub(super) fn store_waiting(&mut self, now: Time) {
        for record in self.queue.records() {
            self.effects.push(stored(record));
        }
        self.delivery.expect(&self.site.collector, now);
        self.changed = true;
    }

    pub(super) fn save_visitor(&mut self) {
        if self.consent == Consent::Granted && core::mem::take(&mut self.changed) {
            self.effects.push(Effect::Save(VISITOR_KEY.into(), self.visitor.write()));
        }
    }

    fn add(&mut self, record: Record, now: Time) {
        if self.consent == Consent::Granted {
            self.effects.push(stored(&record));
        }
        self.queue.add(record);
        let surplus = self.queue.take_out(State::Waiting, WAITING);
        self.give_up(surplus);
        self.delivery.expect(&self.site.collector, now);
    }

    /// The event as a Segment message.
    fn message(&self, event: &Event<'_>) -> String {
        let mut out = Writer::begin('{');
        event.write(&mut out);
        out.key("context");
        self.write_context(&mut out);
        out.end('}')
    }

    /// Segment's `context`.
    fn write_context(&self, out: &mut Writer) {
        out.raw(CONTEXT);
        self.page.write(out);
        let Visitor { session, incoming, .. } = &self.visitor;
        out.member("sessionId", &session.id).count("sessionEvent", session.events);
        if !session.campaign.is_empty() {
            out.key("campaign").raw(&session.campaign);
        }
        if !incoming.is_empty() {
            out.key("referrer").open('{').member("type", "friend").member("id", incoming).close('}');
        }
        out.close('}');
    }
}

/// What keeps an event safe.
pub(super) fn stored(record: &Record) -> Effect {
    let mark = if record.is_delivered() { "d" } else { "q" };
    Effect::Save(event_key(&record.id), [mark, &record.message].concat())
}

pub(super) fn event_key(id: &str) -> String {
    [EVENT_PREFIX, id].concat()
}
