//! The record that everything reads: one thing that a visitor did, as a Segment message.
//!
//! Format: Segment's HTTP tracking API (`track`, `page`, `identify`, `alias`, `group`), which RudderStack and Jitsu accept too.

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
    /// Two ids are the same person's.
    Alias,
    /// The visitor belongs to a group, such as a company; the properties are its traits.
    Group,
}

impl Kind {
    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Track => "track",
            Kind::Page => "page",
            Kind::Identify => "identify",
            Kind::Alias => "alias",
            Kind::Group => "group",
        }
    }
}

/// One thing that a visitor did.
pub struct Event<'e> {
    /// The message id: unique, and sorting by time.
    pub id: &'e str,
    /// The kind of message.
    pub kind: Kind,
    /// The event's name; a page's title for a page view; the other id for `alias`; the group's id for `group`; empty for
    /// `identify`.
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
        let name = match self.kind {
            Kind::Track => "event",
            Kind::Page => "name",
            Kind::Alias => "previousId",
            Kind::Group => "groupId",
            Kind::Identify => "",
        };
        if !name.is_empty() {
            out.member(name, self.name);
        }
        out.member("messageId", self.id).member("anonymousId", self.anonymous_id);
        // To whom nobody gave an id yet, another one can be joined all the same: Segment's `alias` asks for one.
        let stands_in = if self.kind == Kind::Alias { self.anonymous_id } else { "" };
        let user_id = if self.user_id.is_empty() { stands_in } else { self.user_id };
        if !user_id.is_empty() {
            out.member("userId", user_id);
        }
        out.member("timestamp", &self.time.iso8601());
        let tells_traits = matches!(self.kind, Kind::Identify | Kind::Group);
        out.key(if tells_traits { "traits" } else { "properties" }).raw(self.properties.map_or("{}", Json::text));
    }
}
