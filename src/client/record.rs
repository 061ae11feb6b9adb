//! Recording events.

use super::{Client, Effect, VISITOR_KEY, Visitor};
use crate::{
    base::{
        Time,
        json::{Document, Json, Writer, merge},
        random,
    },
    event::{Event, Kind},
    scoring::{Fact, session},
    tracking::{
        consent::Consent,
        losses::Loss,
        session::{Session, Source},
    },
};
use alloc::string::String;

/// How every `context` begins.
const CONTEXT: &str = concat!("{\"library\":{\"name\":\"privateer\",\"version\":\"", env!("CARGO_PKG_VERSION"), "\"}");

impl Client {
    /// Records an event of this moment.
    pub(super) fn record(&mut self, kind: Kind, name: &str, properties: &str, now: Time) {
        self.record_at(kind, name, properties, now, now);
    }

    /// Records an event, unless the visitor denied it, or it is beyond what the site wants of its kind.
    pub(super) fn record_at(&mut self, kind: Kind, name: &str, properties: &str, time: Time, now: Time) {
        let sampled = if kind == Kind::Track { name } else { kind.word() };
        if self.consent.analytics() == Consent::Denied {
            return;
        }
        self.bind(sampled, now); // whether or not the event is one of those that are kept
        if !self.site.samples(sampled, &self.visitor.anonymous_id) {
            return;
        }
        if !self.limit.admits(self.site.tracking.most_a_minute, now) {
            return self.lose(Loss::Limited, 1);
        }
        let id = self.new_id(now);
        let properties = self.object(properties);
        let Visitor { anonymous_id, user_id, .. } = &self.visitor;
        let event = Event { id: &id, kind, name, anonymous_id, user_id, time, properties: object(&properties) };
        let message = self.message(&event);
        let session = session(&self.visitor.session.id);
        let fact = Fact { id: &id, name: sampled, time, session, properties: object(&properties) };
        self.count_for_score(fact, now);
        self.touched = true;
        self.journal(&id, message, false, now);
    }

    /// The id of one more event of the session.
    pub(super) fn new_id(&mut self, now: Time) -> String {
        self.session(now);
        self.visitor.session.active = now;
        if self.window.is_past(&self.visitor.session.id) {
            self.new_window(now);
        }
        self.window.count(&self.visitor.session.id);
        random::uuid(&*self.host, now, self.window.events)
    }

    /// An event as a Segment message.
    pub(super) fn compose(&self, kind: Kind, name: &str, properties: &str, id: &str, time: Time) -> String {
        let Visitor { anonymous_id, user_id, .. } = &self.visitor;
        let properties = self.object(properties);
        self.message(&Event { id, kind, name, anonymous_id, user_id, time, properties: object(&properties) })
    }

    /// Begins a new session after a long pause.
    pub(super) fn session(&mut self, now: Time) {
        if !self.visitor.session.continues(&self.site.tracking, &*self.host, now) {
            self.new_session(now);
        }
    }

    pub(super) fn new_session(&mut self, now: Time) {
        self.visitor.session = Session::begin(&*self.host, now);
        self.changed = true;
    }

    /// Saves the visitor's record when it has to be, or, when there is time, if anything is new.
    pub(super) fn save_visitor(&mut self, at_leisure: bool) {
        let is_new = self.changed || at_leisure && self.touched;
        if is_new && (self.stores() || self.consent.experiments() == Consent::Granted) {
            self.changed = false;
            self.touched = false;
            self.effects.push(Effect::Save(VISITOR_KEY.into(), self.visitor.write(self.consent)));
        }
    }

    fn message(&self, event: &Event<'_>) -> String {
        let mut out = Writer::begin('{');
        event.write(&mut out);
        out.key("context");
        self.write_context(event, &mut out);
        out.end('}')
    }

    /// Segment's `context`. Who says who they are says also what brought them first.
    fn write_context(&self, event: &Event<'_>, out: &mut Writer) {
        out.raw(CONTEXT);
        self.write_page(out);
        let Visitor { session, incoming, group, first, .. } = &self.visitor;
        out.member("sessionId", &session.id).count("sessionEvent", self.window.events).member("windowId", &self.window.id);
        self.write_source(out);
        self.consent.write_context(out);
        if !incoming.is_empty() {
            out.key("referrer").open('{').member("type", "friend").member("id", incoming).close('}');
        }
        if !group.is_empty() {
            out.member("groupId", group);
        }
        if let Some(share) = self.site.sample(event.rule_name()) {
            out.key("sampleRate").number(share, &*self.host);
        }
        if event.kind == Kind::Identify && !first.is_empty() {
            out.key("firstTouch").raw(first);
        }
        out.close('}');
    }

    pub(super) fn write_page(&self, out: &mut Writer) {
        self.page.write(self.consent.marketing() == Consent::Granted, out);
    }

    /// The campaign with the ids of clicks, as far as they are allowed, and the channel.
    pub(super) fn write_source(&self, out: &mut Writer) {
        let Source { campaign, clicks, channel } = &self.visitor.session.source;
        let clicks = if self.consent.marketing() == Consent::Granted { clicks } else { "" };
        if !campaign.is_empty() || !clicks.is_empty() {
            let [campaign, clicks] = [campaign, clicks].map(|members| self.object(members));
            out.key("campaign").raw(&merge(campaign.root(), clicks.root()));
        }
        if !channel.is_empty() {
            out.member("channelGroup", channel);
        }
    }
}

fn object(document: &Document) -> Option<Json<'_>> {
    document.root().filter(|root| root.is_object())
}
