//! The record that everything reads: one thing that a visitor did, as a Segment message.
//!
//! Format: Segment's HTTP tracking API (`track`, `page`, `identify`), which RudderStack and Jitsu accept too.

use crate::base::{
    Time,
    json::{Document, Json, Writer},
};
use alloc::string::String;

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

/// One thing that a visitor did.
#[derive(Debug)]
pub struct Event {
    /// The message id: unique, and sorting by time.
    pub id: String,
    /// The kind of message.
    pub kind: Kind,
    /// The event's name; a page's title for a page view; empty for `identify`.
    pub name: String,
    /// When it happened, by the visitor's clock.
    pub time: Time,
    /// Properties, or traits: an object.
    pub properties: Document,
}

/// Who did it and where: what every message of a step has in common.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The visitor's id in this browser.
    pub anonymous_id: String,
    /// The id given by `identify`.
    pub user_id: Option<String>,
    /// The message's `context`, as JSON.
    pub context: String,
}

impl Event {
    /// The name that rules and funnels know it by: `page` and `identify` stand for those kinds.
    pub fn rule_name(&self) -> &str {
        match self.kind {
            Kind::Track => &self.name,
            Kind::Page => "page",
            Kind::Identify => "identify",
        }
    }

    /// The Segment message as JSON.
    pub fn message(&self, origin: &Origin) -> String {
        let mut out = Writer::default();
        let (kind, name, properties) = match self.kind {
            Kind::Track => ("track", "event", "properties"),
            Kind::Page => ("page", "name", "properties"),
            Kind::Identify => ("identify", "", "traits"),
        };
        out.open('{').key("type").string(kind);
        if !name.is_empty() {
            out.key(name).string(&self.name);
        }
        out.key("messageId").string(&self.id).key("anonymousId").string(&origin.anonymous_id);
        if let Some(user_id) = &origin.user_id {
            out.key("userId").string(user_id);
        }
        out.key("timestamp").string(&self.time.iso8601());
        out.key(properties).raw(self.properties.root().map_or("{}", Json::text));
        out.key("context").raw(&origin.context).close('}').finish()
    }
}
