//! What is remembered about a visitor.

use crate::{
    base::{
        Time,
        json::{Json, Writer, children, texts},
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
    /// The id given by `identify`; empty when there is none.
    pub user_id: String,
    /// The traits given by `identify`, a JSON object; empty when there are none.
    pub traits: String,
    /// The present visit.
    pub session: Session,
    /// The visitor's own referral code; empty when there is none.
    pub code: String,
    /// The code the visitor arrived with first; empty when there is none.
    pub incoming: String,
    /// When that was.
    pub invited: Time,
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
    /// Somebody of whom nothing is known but the id.
    pub fn new(anonymous_id: String) -> Visitor {
        Visitor { anonymous_id, ..Visitor::default() }
    }

    /// Remembers an exposure; past 500 of them the oldest is forgotten.
    pub fn remember_exposure(&mut self, mark: String) {
        self.exposed.push(mark);
        while self.exposed.len() > EXPOSURES {
            let mut rest = self.exposed.as_mut_slice();
            while let Some((oldest, later)) = rest.split_first_mut()
                && let Some(next) = later.first_mut()
            {
                core::mem::swap(oldest, next);
                rest = later;
            }
            self.exposed.pop();
        }
    }

    /// Takes the visitor as stored by [`Visitor::write`]; whether it can be one.
    pub fn read(&mut self, written: Json<'_>) -> bool {
        written.take_text("userId", &mut self.user_id);
        written.take_json("traits", &mut self.traits);
        written.take_text("code", &mut self.code);
        if let Some(session) = written.get("session") {
            self.session.read(session);
        }
        if let Some(incoming) = written.get("incoming").filter(|incoming| incoming.take_whole("time", &mut self.invited.0)) {
            incoming.take_text("code", &mut self.incoming);
        }
        self.tally.read(written.get("tally"));
        self.exposed = texts(children(written.get("exposed")));
        written.take_whole("recorded", &mut self.recorded);
        written.take_whole("delivered", &mut self.delivered);
        written.take_whole("dropped", &mut self.dropped);
        written.take_text("anonymousId", &mut self.anonymous_id)
    }

    /// The visitor as JSON.
    pub fn write(&self) -> String {
        let mut out = Writer::begin('{');
        out.member("anonymousId", &self.anonymous_id).filled("userId", &self.user_id).filled("code", &self.code);
        if !self.traits.is_empty() {
            out.key("traits").raw(&self.traits);
        }
        if self.session.is_some() {
            out.key("session");
            self.session.write(&mut out);
        }
        if !self.incoming.is_empty() {
            out.key("incoming").open('{').member("code", &self.incoming).count("time", self.invited.0).close('}');
        }
        out.key("tally");
        self.tally.write(&mut out);
        out.key("exposed").open('[');
        for exposure in &self.exposed {
            out.string(exposure);
        }
        out.close(']').count("recorded", self.recorded).count("delivered", self.delivered).count("dropped", self.dropped);
        out.end('}')
    }
}
