//! Visits: what happens without a long pause belongs together.

use crate::base::{
    Host, Time,
    json::{Json, Writer},
    random,
};
use alloc::string::String;

/// No visit is longer, however busy: 24 hours in milliseconds.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1_000;

/// One visit.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Its id; empty while there is no visit.
    pub id: String,
    /// When it began.
    pub started: Time,
    /// When the last event was recorded.
    pub active: Time,
    /// How many events it has so far; each carries its number, so that gaps can be seen.
    pub events: i64,
    /// The campaign that brought it, as JSON, or nothing. It stays while the visitor walks on to addresses without one.
    pub campaign: String,
}

impl Session {
    /// A visit that begins now.
    pub fn begin(host: &dyn Host, now: Time) -> Session {
        Session { id: random::uuid(host, now, 0), started: now, active: now, ..Session::default() }
    }

    /// Whether there is a visit.
    pub fn is_some(&self) -> bool {
        !self.id.is_empty()
    }

    /// Whether an event at `now` still belongs to it. A clock that was set back ends nothing.
    pub fn continues(&self, now: Time, idle_ms: i64) -> bool {
        self.is_some() && now.since(self.active) <= idle_ms && now.since(self.started) <= LONGEST_MS
    }

    /// Counts an event.
    pub fn touch(&mut self, now: Time) {
        self.active = now;
        self.events += 1;
    }

    /// Takes the session as it was written by [`Session::write`]; what lacks a number is none.
    pub fn read(&mut self, written: Json<'_>) {
        if written.take_whole("started", &mut self.started.0)
            && written.take_whole("active", &mut self.active.0)
            && written.take_whole("events", &mut self.events)
        {
            written.take_text("id", &mut self.id);
            written.take_json("campaign", &mut self.campaign);
        }
    }

    /// Writes the session as an object.
    pub fn write(&self, out: &mut Writer) {
        out.open('{').member("id", &self.id).count("started", self.started.0);
        out.count("active", self.active.0).count("events", self.events);
        if !self.campaign.is_empty() {
            out.key("campaign").raw(&self.campaign);
        }
        out.close('}');
    }
}
