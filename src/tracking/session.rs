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
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started: Time,
    /// When the last event was recorded.
    pub active: Time,
    /// How many events it has so far; each carries its number, so that gaps can be seen.
    pub events: i64,
    /// The campaign that brought it, as JSON. It stays while the visitor walks on to addresses without one.
    pub campaign: Option<String>,
}

impl Session {
    /// A visit that begins now.
    pub fn begin(host: &dyn Host, now: Time) -> Session {
        Session { id: random::uuid(host, now, 0), started: now, active: now, events: 0, campaign: None }
    }

    /// Whether an event at `now` still belongs to it. A clock that was set back ends nothing.
    pub fn continues(&self, now: Time, idle_ms: i64) -> bool {
        now.since(self.active) <= idle_ms && now.since(self.started) <= LONGEST_MS
    }

    /// Counts an event.
    pub fn touch(&mut self, now: Time) {
        self.active = now;
        self.events += 1;
    }

    /// The session as it was written by [`Session::write`].
    pub fn read(written: Json<'_>) -> Option<Session> {
        let integer = |name| written.get_number(name).map(|number| number as i64);
        Some(Session {
            id: written.get_filled("id")?.into(),
            started: Time(integer("started")?),
            active: Time(integer("active")?),
            events: integer("events")?,
            campaign: written.get("campaign").map(|campaign| campaign.text().into()),
        })
    }

    /// Writes the session as an object.
    pub fn write(&self, out: &mut Writer) {
        out.open('{').key("id").string(&self.id);
        for (name, number) in [("started", self.started.0), ("active", self.active.0), ("events", self.events)] {
            out.key(name).integer(number);
        }
        if let Some(campaign) = &self.campaign {
            out.key("campaign").raw(campaign);
        }
        out.close('}');
    }
}
