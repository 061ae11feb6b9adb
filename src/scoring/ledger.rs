//! The events that scores are made of. Nothing else is remembered: a score can always be made again, by whichever model.

use super::{Model, rule::day};
use crate::{
    base::{
        Host, Time,
        hash::Fnv,
        json::{Json, Writer},
    },
    condition::{Context, NoGroups, Subject},
};
use alloc::{string::String, vec::Vec};

/// What the judging itself records: nothing that the visitor did, and nothing that anything may wait for.
pub const OWN: [&str; 3] = ["Lead Threshold Reached", "Lifecycle Stage Entered", "Trigger Fired"];

/// What of the visitor's events counts.
#[derive(Debug)]
pub(super) struct Matcher {
    /// The event's name; `*` for whatever the visitor does.
    pub event: String,
    /// Where the condition on its properties stands, if there is one.
    pub condition: Option<usize>,
    /// The property that is summed up, or told apart.
    pub of: String,
    /// Whether it is summed up.
    pub sums: bool,
}

/// An event that matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// When it happened, in ms.
    pub time: i64,
    /// What is summed up, or what tells it from others; else 0.
    pub amount: f64,
    /// The session it happened in.
    pub session: u32,
    /// The event's number in the ledger.
    pub event: u32,
    /// The number of the day.
    pub day: i64,
}

/// A visitor's last events of those that a model names, by time and, at one time, by id.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// What matched, by matcher.
    pub(super) moments: Vec<Vec<Moment>>,
    events: u32,
    /// The numbers of those that did not happen on this page.
    pub(super) heard: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    time: i64,
    id: String,
    /// The hash of its name.
    name: u32,
    number: u32,
}

impl Ledger {
    /// How many events there are.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// Their ids, oldest first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.id.as_str())
    }

    /// The id of an event by its number, and when it was.
    pub(super) fn event(&self, number: u32) -> Option<(&str, Time)> {
        self.entries.iter().rev().find(|entry| entry.number == number).map(|entry| (entry.id.as_str(), Time(entry.time)))
    }
}

/// What happened, as far as scores go.
#[derive(Clone, Copy)]
pub struct Fact<'e> {
    /// Unique; the message id.
    pub id: &'e str,
    /// The name that rules know it by.
    pub name: &'e str,
    /// When.
    pub time: Time,
    /// What the session is called; see [`session`].
    pub session: u32,
    /// Properties, an object, unless there are none.
    pub properties: Option<Json<'e>>,
}

/// What a session is called in the ledger, by its id.
pub fn session(id: &str) -> u32 {
    Fnv::START.text(id).value()
}

impl<'e> Fact<'e> {
    /// An event as it was written by [`Fact::write`]; `None` for what is none.
    pub fn read(id: &'e str, written: Json<'e>) -> Option<Fact<'e>> {
        Some(Fact {
            id,
            name: written.get_filled("event")?,
            time: Time(written.get_number("time")? as i64),
            session: written.get_number("session")? as u32,
            properties: written.get("properties"),
        })
    }

    /// The event as JSON, all but its id: `{"event","time","session","properties"}`.
    pub fn write(&self) -> String {
        let mut out = Writer::begin('{');
        out.member("event", self.name).count("time", self.time.0).count("session", self.session.into());
        out.key("properties").raw(self.properties.map_or("{}", Json::text));
        out.end('}')
    }
}

impl Model {
    /// Takes an event, in whichever order they come; whether the ledger knows more now. It does not of an event that the
    /// model does not name, that it knows already, or that is older than all that are kept.
    pub fn take(&self, ledger: &mut Ledger, fact: Fact<'_>, host: &dyn Host) -> bool {
        if !self.matchers.iter().any(|matcher| matcher.names(fact.name)) {
            return false;
        }
        let is_later = |entry: &&Entry| (entry.time, entry.id.as_str()) > (fact.time.0, fact.id);
        let later: Vec<u32> = ledger.entries.iter().rev().take_while(is_later).map(|entry| entry.number).collect();
        let place = ledger.entries.len() - later.len();
        let before = place.checked_sub(1).and_then(|before| ledger.entries.get(before)); // a repetition, as a rule
        if before.is_some_and(|before| before.id == fact.id) || ledger.entries.iter().any(|entry| entry.id == fact.id) {
            return false;
        }
        ledger.events += 1;
        let number = ledger.events;
        self.note(ledger, fact, number, &later, host);
        insert(
            &mut ledger.entries,
            Entry { time: fact.time.0, id: fact.id.into(), name: session(fact.name), number },
            later.len(),
        );
        true
    }

    /// The same of an event that happened on another page.
    pub fn hear(&self, ledger: &mut Ledger, fact: Fact<'_>, host: &dyn Host) -> bool {
        let is_news = self.take(ledger, fact, host);
        if is_news {
            ledger.heard.push(ledger.events);
        }
        is_news
    }

    /// Adds an event to what its matchers know, before the later ones.
    fn note(&self, ledger: &mut Ledger, fact: Fact<'_>, number: u32, later: &[u32], host: &dyn Host) {
        let context = Context { subject: Subject::Object(fact.properties), groups: &NoGroups, host, coerces: false };
        ledger.moments.resize_with(self.matchers.len(), Vec::new);
        let day = day(&self.zone, fact.time, host);
        for (matcher, moments) in self.matchers.iter().zip(&mut ledger.moments) {
            let holds = |place| context.holds(self.document.place(place));
            if matcher.names(fact.name)
                && matcher.condition.is_none_or(holds)
                && let Some(amount) = matcher.amount(fact.properties)
            {
                let after = moments.iter().rev().take_while(|moment| later.contains(&moment.event)).count();
                insert(moments, Moment { time: fact.time.0, amount, session: fact.session, event: number, day }, after);
            }
        }
    }

    /// Where there are more events than are kept, the id of the oldest one of the name of which there are most: an order is not forgotten
    /// for many views.
    pub fn surplus<'l>(&self, ledger: &'l Ledger) -> Option<&'l str> {
        if ledger.count() <= self.most_events {
            return None;
        }
        // By the age of their oldest events, each with its number.
        let mut names: Vec<(&Entry, usize)> = Vec::new();
        for entry in &ledger.entries {
            match names.iter_mut().find(|(first, _)| first.name == entry.name) {
                Some((_, count)) => *count += 1,
                None => names.push((entry, 1)),
            }
        }
        let most = names.iter().map(|(_, count)| *count).max()?;
        names.into_iter().find(|(_, count)| *count == most).map(|(entry, _)| entry.id.as_str())
    }

    /// Forgets an event, as if it had never been; whether it was known.
    pub fn erase(&self, ledger: &mut Ledger, id: &str) -> bool {
        let Some(number) = ledger.entries.iter().find(|entry| entry.id == id).map(|entry| entry.number) else { return false };
        ledger.entries.retain(|entry| entry.number != number);
        for moments in &mut ledger.moments {
            moments.retain(|moment| moment.event != number);
        }
        true
    }
}

impl Matcher {
    fn names(&self, event: &str) -> bool {
        self.event == event || self.event == "*" && !OWN.contains(&event)
    }

    /// What is summed up or told apart; `None` where it is missing.
    fn amount(&self, properties: Option<Json<'_>>) -> Option<f64> {
        if self.of.is_empty() {
            return Some(0.0);
        }
        let value = properties?.at(&self.of)?;
        match self.sums {
            true => value.number().filter(|number| number.is_finite()),
            false => Some(Fnv::START.text(value.string().unwrap_or(value.text())).value().into()),
        }
    }
}

/// Puts an element before the last ones. Nearly always there are none.
pub(super) fn insert<T>(list: &mut Vec<T>, element: T, before: usize) {
    list.push(element);
    let mut rest = list.as_mut_slice();
    for _ in 0..before {
        if let Some((last, earlier)) = rest.split_last_mut()
            && let Some(other) = earlier.last_mut()
        {
            core::mem::swap(last, other);
            rest = earlier;
        } else {
            return;
        }
    }
}
