//! The record that everything reads: one thing that a visitor did, as a Segment message.
//!
//! Format: Segment's HTTP tracking API (`track`, `page`, `identify`), which RudderStack and Jitsu accept too.

use crate::base::{
    Time,
    json::{Json, Writer},
};

/// What kind of message an event is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Something was done.
    Track,
    /// A page was seen.
    Page,
    /// The visitor said who they are; the properties are their traits.
    Identify,
}

impl Kind {
    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Track => "track",
            Kind::Page => "page",
            Kind::Identify => "identify",
        }
    }
}

/// One thing that a visitor did.
pub struct Event<'e> {
    /// The message id: unique, and sorting by time.
    pub id: &'e str,
    /// The kind of message.
    pub kind: Kind,
    /// The event's name; a page's title for a page view; empty for `identify`.
    pub name: &'e str,
    /// The id of the visitor's browser.
    pub anonymous_id: &'e str,
    /// The id that the visitor gave by `identify`, or nothing.
    pub user_id: &'e str,
    /// When it happened, by the visitor's clock.
    pub time: Time,
    /// Properties, or traits: an object, unless there are none.
    pub properties: Option<Json<'e>>,
}

impl Event<'_> {
    /// The name that rules and funnels know it by: `page` and `identify` stand for those kinds.
    pub fn rule_name(&self) -> &str {
        if self.kind == Kind::Track { self.name } else { self.kind.word() }
    }

    /// Writes the members of the Segment message, all but its `context`.
    pub fn write(&self, out: &mut Writer) {
        out.member("type", self.kind.word());
        match self.kind {
            Kind::Track => drop(out.member("event", self.name)),
            Kind::Page => drop(out.member("name", self.name)),
            Kind::Identify => {}
        }
        out.member("messageId", self.id).member("anonymousId", self.anonymous_id);
        if !self.user_id.is_empty() {
            out.member("userId", self.user_id);
        }
        out.member("timestamp", &self.time.iso8601());
        out.key(if self.kind == Kind::Identify { "traits" } else { "properties" }).raw(self.properties.map_or("{}", Json::text));
    }
}
