//! Visits: what happens without a long pause belongs together.

use super::{
    Settings,
    consent::{Consent, Consents},
};
use crate::base::{
    Host, Time,
    json::{Json, Writer},
    random,
};
use alloc::string::String;

/// No visit is longer, however busy: 24 hours in milliseconds.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1_000;

/// One visit. All tabs of a visitor share it.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Its id; empty while there is no visit.
    pub id: String,
    /// When it began.
    pub started: Time,
    /// When the last event was recorded.
    pub active: Time,
    /// What brought it: the campaign, the ids of clicks, the channel. It stays while the visitor walks on to addresses
    /// without a campaign.
    pub source: Source,
}

/// What brought a visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Segment's `context.campaign` as JSON, or nothing.
    pub campaign: String,
    /// Ids of clicks on advertisements, members as JSON: `{"gclid":"…"}`, or nothing. Marketing: with consent only.
    pub clicks: String,
    /// The channel group, such as `Organic Search`, or nothing.
    pub channel: String,
}

impl Session {
    /// A visit that begins now; nobody sent the visitor, as far as is known.
    pub fn begin(host: &dyn Host, now: Time) -> Session {
        let source = Source { channel: "Direct".into(), ..Source::default() };
        Session { id: random::uuid(host, now, 0), started: now, active: now, source }
    }

    /// Whether there is a visit.
    pub fn is_some(&self) -> bool {
        !self.id.is_empty()
    }

    /// Whether an event at `now` still belongs to it. A clock that was set back ends nothing.
    pub fn continues(&self, settings: &Settings, host: &dyn Host, now: Time) -> bool {
        let zone = &settings.midnight_zone;
        self.is_some()
            && now.since(self.active) <= settings.session_idle_ms
            && now.since(self.started) <= LONGEST_MS
            && (zone.is_empty() || host.day(self.started, zone) >= host.day(now, zone))
    }

    /// Takes the session as it was written by [`Session::write`]; what lacks a time is none.
    pub fn read(&mut self, written: Json<'_>) {
        if written.take_whole("started", &mut self.started.0) && written.take_whole("active", &mut self.active.0) {
            written.take_text("id", &mut self.id);
            self.source = Source::default();
            written.take_json("campaign", &mut self.source.campaign);
            written.take_json("clicks", &mut self.source.clicks);
            written.take_text("channel", &mut self.source.channel);
        }
    }

    /// Writes the session as an object.
    pub fn write(&self, consent: Consents, out: &mut Writer) {
        out.open('{').member("id", &self.id).count("started", self.started.0).count("active", self.active.0);
        self.source.write(consent, out);
        out.close('}');
    }
}

impl Source {
    /// Whether nobody sent the visitor.
    pub fn is_direct(&self) -> bool {
        self.is_unknown() && matches!(self.channel.as_str(), "" | "Direct")
    }

    /// Whether the address said nothing of it.
    pub fn is_unknown(&self) -> bool {
        self.campaign.is_empty() && self.clicks.is_empty()
    }

    /// Writes what is known as members; the ids of clicks only where marketing is allowed.
    pub fn write(&self, consent: Consents, out: &mut Writer) {
        if !self.campaign.is_empty() {
            out.key("campaign").raw(&self.campaign);
        }
        if !self.clicks.is_empty() && consent.marketing() == Consent::Granted {
            out.key("clicks").raw(&self.clicks);
        }
        if !self.channel.is_empty() {
            out.member("channel", &self.channel);
        }
    }
}
