//! Recording events and keeping them safe.

use super::{Client, EVENT_PREFIX, Effect, VISITOR_KEY};
use crate::{
    base::{
        Time,
        json::{Json, Writer},
        random,
    },
    event::{Event, Kind, Origin},
    tracking::{
        consent::Consent,
        queue::{Record, State},
        session::Session,
    },
};
use alloc::string::String;

impl Client {
    /// Records an event, unless the visitor denied it.
    pub(super) fn record(&mut self, kind: Kind, name: &str, properties: &str, now: Time) {
        if self.consent == Consent::Denied {
            return;
        }
        let number = self.session(now).map_or(0, |session| {
            session.touch(now);
            session.events
        });
        let id = random::uuid(&*self.host, now, number);
        let mut properties = self.object(properties);
        if !properties.root().is_some_and(Json::is_object) {
            properties = self.object("{}");
        }
        let event = Event { id: id.clone(), kind, name: name.into(), time: now, properties };
        if let Some(model) = &self.site.scoring {
            model.count(&mut self.visitor.tally, &event, &*self.host);
        }
        let message = event.message(&self.origin());
        self.visitor.recorded += 1;
        self.changed = true;
        self.add(Record { id, message, state: State::Waiting }, now);
    }

    /// The present session; a new one after a long pause.
    pub(super) fn session(&mut self, now: Time) -> Option<&mut Session> {
        let idle_ms = self.site.tracking.session_idle_ms;
        if self.visitor.session.as_ref().is_none_or(|session| !session.continues(now, idle_ms)) {
            self.visitor.session = Some(Session::begin(&*self.host, now));
        }
        self.visitor.session.as_mut()
    }

    /// With consent, everything that was kept in memory is stored now.
    pub(super) fn store_waiting(&mut self, now: Time) {
        for record in self.queue.records() {
            self.effects.push(stored(record));
        }
        if let Some(collector) = &self.site.collector {
            self.delivery.expect(collector, now);
        }
        self.changed = true;
    }

    /// Stores events of the queue as they stand now; `ids` are in the queue's order.
    pub(super) fn store(&mut self, ids: &[String]) {
        for record in self.queue.records() {
            if ids.binary_search(&record.id).is_ok() {
                self.effects.push(stored(record));
            }
        }
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
        let surplus = self.queue.trim(State::Waiting);
        self.give_up(surplus);
        if let Some(collector) = &self.site.collector {
            self.delivery.expect(collector, now);
        }
    }

    fn origin(&self) -> Origin {
        Origin { anonymous_id: self.visitor.anonymous_id.clone(), user_id: self.visitor.user_id.clone(), context: self.context() }
    }

    /// Segment's `context`.
    fn context(&self) -> String {
        let mut out = Writer::default();
        out.open('{').key("library").open('{').key("name").string("privateer");
        out.key("version").string(env!("CARGO_PKG_VERSION")).close('}');
        self.page.write(&mut out);
        if let Some(session) = &self.visitor.session {
            out.key("sessionId").string(&session.id).key("sessionEvent").integer(session.events);
            if let Some(campaign) = &session.campaign {
                out.key("campaign").raw(campaign);
            }
        }
        if let Some((code, _)) = &self.visitor.incoming {
            out.key("referrer").open('{').key("type").string("friend").key("id").string(code).close('}');
        }
        out.close('}').finish()
    }
}

/// What keeps an event safe.
fn stored(record: &Record) -> Effect {
    let mark = if record.is_delivered() { "d" } else { "q" };
    Effect::Save(event_key(&record.id), [mark, &record.message].concat())
}

pub(super) fn event_key(id: &str) -> String {
    [EVENT_PREFIX, id].concat()
}
