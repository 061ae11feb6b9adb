//! What is remembered about a visitor.

use crate::{
    base::{
        Time,
        json::{Json, Writer, children, texts},
    },
    tracking::{
        consent::{Consent, Consents},
        session::Session,
    },
};
use alloc::{string::String, vec::Vec};
use core::mem::swap;

/// How many exposures are remembered: more experiments than a site runs, and a bound for what is stored.
const EXPOSURES: usize = 500;

/// How many events that a collector refused are remembered by name.
const REFUSALS: usize = 20;

/// What is remembered about a visitor between pages.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The visitor's id in this browser.
    pub anonymous_id: String,
    /// The id given by `identify`; empty when there is none.
    pub user_id: String,
    /// The traits given by `identify`, a JSON object; empty when there are none.
    pub traits: String,
    /// When the visitor last said who they are, where they belong, or whose friend they are.
    pub identified: Time,
    /// When the visitor last answered what they allow.
    pub answered: Time,
    /// The group that the visitor belongs to; empty when there is none.
    pub group: String,
    /// What brought the visitor the first time, as JSON; empty when nothing is known of it.
    pub first: String,
    /// What brought the visitor the last time that it was no direct visit, as JSON.
    pub last: String,
    /// The present visit.
    pub session: Session,
    /// The visitor's own referral code; empty when there is none.
    pub code: String,
    /// The code of whoever is credited with the visitor; empty where nobody is.
    pub incoming: String,
    /// What is remembered of the links the visitor followed, as JSON; see `client::refer`. Empty where nothing is.
    pub referral: String,
    /// What the visitor reached, as JSON; see [`crate::scoring::Standing`]. Empty where nothing is known of it.
    pub standing: String,
    /// The exposures that were recorded: experiment, variation and hashed value.
    pub exposed: Vec<String>,
    /// The last events that a collector refused, each as JSON: `{"messageId","event","status"}`.
    pub refusals: Vec<String>,
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
        remember(&mut self.exposed, mark, EXPOSURES);
    }

    /// Remembers an event that a collector refused; past 20 of them the oldest is forgotten.
    pub fn remember_refusal(&mut self, id: &str, event: &str, status: i32) {
        let mut out = Writer::begin('{');
        out.member("messageId", id).member("event", event).count("status", status.into());
        remember(&mut self.refusals, out.end('}'), REFUSALS);
    }

    /// Takes what another tab learned: who the visitor is if that was said later, the session that began later, what is counted
    /// further, and exposures that are news here. Whether the other tab knows less, and wrote over what is known here.
    pub fn follow(&mut self, mut other: Visitor) -> bool {
        let knows_less = other.identified < self.identified || other.answered < self.answered;
        if other.identified > self.identified {
            swap(self, &mut other);
            // What brought the visitor is noted in each tab by what it may tell.
            swap(&mut self.first, &mut other.first);
            swap(&mut self.last, &mut other.last);
            swap(&mut self.session, &mut other.session);
            swap(&mut self.standing, &mut other.standing);
            swap(&mut self.referral, &mut other.referral);
        }
        let active = self.session.active.max(other.session.active);
        if other.session.id > self.session.id {
            self.session = other.session;
        }
        self.session.active = active;
        for mark in other.exposed {
            if !self.exposed.contains(&mark) {
                self.remember_exposure(mark);
            }
        }
        self.standing = other.standing;
        self.referral = other.referral;
        self.answered = self.answered.max(other.answered);
        self.delivered = self.delivered.max(other.delivered);
        self.dropped = self.dropped.max(other.dropped);
        knows_less
    }

    /// Takes the visitor as stored by [`Visitor::write`]; whether it can be one.
    pub fn read(&mut self, written: Json<'_>) -> bool {
        written.take_whole("answered", &mut self.answered.0);
        written.take_whole("identified", &mut self.identified.0);
        written.take_text("userId", &mut self.user_id);
        written.take_json("traits", &mut self.traits);
        written.take_text("code", &mut self.code);
        written.take_text("group", &mut self.group);
        written.take_json("first", &mut self.first);
        written.take_json("last", &mut self.last);
        if let Some(session) = written.get("session") {
            self.session.read(session);
        }
        written.take_json("referral", &mut self.referral);
        written.take_json("standing", &mut self.standing);
        self.exposed = texts(children(written.get("exposed")));
        self.refusals = children(written.get("refusals")).map(|refusal| refusal.text().into()).collect();
        written.take_whole("delivered", &mut self.delivered);
        written.take_whole("dropped", &mut self.dropped);
        written.take_text("anonymousId", &mut self.anonymous_id)
    }

    /// The visitor as JSON; without a yes to analytics nothing but the id.
    pub fn write(&self, consent: Consents) -> String {
        let mut out = Writer::begin('{');
        out.member("anonymousId", &self.anonymous_id).count("answered", self.answered.0);
        if consent != Consents::default() {
            out.key("consent");
            consent.write(&mut out);
        }
        if consent.analytics() == Consent::Granted {
            self.write_record(consent, &mut out);
        }
        out.end('}')
    }

    fn write_record(&self, consent: Consents, out: &mut Writer) {
        out.count("identified", self.identified.0);
        out.filled("userId", &self.user_id).filled("code", &self.code).filled("group", &self.group);
        let Visitor { traits, first, last, standing, referral, .. } = self;
        for (name, json) in [("traits", traits), ("first", first), ("last", last), ("standing", standing), ("referral", referral)]
        {
            if !json.is_empty() {
                out.key(name).raw(json);
            }
        }
        if self.session.is_some() {
            out.key("session");
            self.session.write(consent, out);
        }
        out.key("exposed").open('[');
        for exposure in &self.exposed {
            out.string(exposure);
        }
        out.close(']').key("refusals");
        self.write_refusals(out);
        out.count("delivered", self.delivered).count("dropped", self.dropped);
    }

    /// Writes the events that a collector refused, a list.
    pub fn write_refusals(&self, out: &mut Writer) {
        out.open('[');
        for refusal in &self.refusals {
            out.raw(refusal);
        }
        out.close(']');
    }
}

/// Adds to a list; past `most` the oldest is forgotten.
fn remember(list: &mut Vec<String>, text: String, most: usize) {
    list.push(text);
    let mut surplus = list.len().saturating_sub(most);
    list.retain(|_| {
        let stays = surplus == 0;
        surplus = surplus.saturating_sub(1);
        stays
    });
}
