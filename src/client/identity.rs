//! What is remembered about a visitor.

use crate::{
    base::{
        Host, Time,
        json::{Json, Writer, children, texts},
        random,
    },
    scoring::Tally,
    tracking::session::Session,
};
use alloc::{string::String, vec::Vec};

/// How many exposures are remembered: more experiments than a site runs, and a bound for what is stored.
const EXPOSURES: usize = 500;

/// What is remembered about a visitor between pages.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The visitor's id in this browser.
    pub anonymous_id: String,
    /// The id given by `identify`.
    pub user_id: Option<String>,
    /// The traits given by `identify`, a JSON object; empty when there are none.
    pub traits: String,
    /// The present visit.
    pub session: Option<Session>,
    /// The visitor's own referral code.
    pub code: Option<String>,
    /// The code the visitor arrived with first, and when.
    pub incoming: Option<(String, Time)>,
    /// How often each scoring rule matched.
    pub tally: Tally,
    /// The exposures that were recorded: experiment, variation and hashed value.
    pub exposed: Vec<String>,
    /// Events recorded so far.
    pub recorded: i64,
    /// Events a collector acknowledged.
    pub delivered: i64,
    /// Events given up.
    pub dropped: i64,
}

impl Visitor {
    /// Somebody never seen before.
    pub fn new(host: &dyn Host, now: Time) -> Visitor {
        Visitor { anonymous_id: random::uuid(host, now, 0), ..Visitor::default() }
    }

    /// Remembers an exposure; past 500 of them the oldest is forgotten.
    pub fn remember_exposure(&mut self, mark: String) {
        self.exposed.push(mark);
        let mut surplus = self.exposed.len().saturating_sub(EXPOSURES);
        self.exposed.retain(|_| {
            let stays = surplus == 0;
            surplus = surplus.saturating_sub(1);
            stays
        });
    }

    /// The visitor as stored by [`Visitor::write`]; `None` for what cannot be one.
    pub fn read(written: Json<'_>) -> Option<Visitor> {
        let text = |name| written.get_filled(name).map(String::from);
        let count = |name| written.get_number(name).map_or(0, |number| number as i64);
        Some(Visitor {
            anonymous_id: text("anonymousId")?,
            user_id: text("userId"),
            traits: written.get("traits").map_or("", Json::text).into(),
            session: written.get("session").and_then(Session::read),
            code: text("code"),
            incoming: written.get("incoming").and_then(incoming),
            tally: written.get("tally").map(Tally::read).unwrap_or_default(),
            exposed: texts(children(written.get("exposed"))),
            recorded: count("recorded"),
            delivered: count("delivered"),
            dropped: count("dropped"),
        })
    }

    /// The visitor as JSON.
    pub fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{').key("anonymousId").string(&self.anonymous_id).key("userId").optional(self.user_id.as_deref());
        out.key("code").optional(self.code.as_deref());
        if !self.traits.is_empty() {
            out.key("traits").raw(&self.traits);
        }
        if let Some(session) = &self.session {
            out.key("session");
            session.write(&mut out);
        }
        if let Some((code, time)) = &self.incoming {
            out.key("incoming").open('{').key("code").string(code).key("time").integer(time.0).close('}');
        }
        out.key("tally");
        self.tally.write(&mut out);
        out.key("exposed").open('[');
        for exposure in &self.exposed {
            out.string(exposure);
        }
        out.close(']');
        for (name, count) in [("recorded", self.recorded), ("delivered", self.delivered), ("dropped", self.dropped)] {
            out.key(name).integer(count);
        }
        out.close('}').finish()
    }
}

fn incoming(written: Json<'_>) -> Option<(String, Time)> {
    Some((written.get_filled("code")?.into(), Time(written.get_number("time")? as i64)))
}
