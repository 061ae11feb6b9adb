//! What visitors did: the record every question is put to.

use super::{fingerprint::fingerprint, names::Names, time::parse_time};
use crate::base::Time;
use serde::Serialize;
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// The event that says a variation was seen, by Segment's A/B testing specification.
pub const EXPERIMENT_VIEWED: &str = "Experiment Viewed";

/// The part of a Segment message that the log reads. Missing fields are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Message<'a> {
    /// `messageId`: the same message may arrive many times and counts once.
    pub id: Option<&'a str>,
    /// `type`: `track`, `page`, `identify`, ...
    pub kind: Option<&'a str>,
    /// `event`, for `track`.
    pub event: Option<&'a str>,
    /// `anonymousId`.
    pub visitor: Option<&'a str>,
    /// `timestamp`, ISO 8601 with a zone.
    pub timestamp: Option<&'a str>,
    /// The properties of an `Experiment Viewed`.
    pub exposure: Option<Exposure<'a>>,
}

/// Somebody saw a variation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure<'a> {
    /// `experiment_id`.
    pub experiment: &'a str,
    /// `variation_id`.
    pub variation: &'a str,
    /// `variation_name`.
    pub name: Option<&'a str>,
}

/// How often an event happened, and to how many visitors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventCount {
    /// The event's name; for messages other than `track` their type, such as `page`.
    pub name: String,
    /// How many were counted.
    pub events: usize,
    /// How many visitors had at least one.
    pub visitors: usize,
}

/// Events in columns: 16 bytes each, and 17 to 34 for remembering the message's id. Texts are kept once.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    seen: HashSet<u128>,
    skipped: usize,
    pub(super) names: Names,
    pub(super) visitors: Names,
    pub(super) visitor_of: Vec<u32>,
    pub(super) name_of: Vec<u32>,
    pub(super) time_of: Vec<Time>,
    pub(super) exposures: Vec<Seen>,
    pub(super) experiments: Names,
    pub(super) variations: Names,
    titles: HashMap<(u32, u32), (Time, String)>,
}

/// An exposure in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    pub(super) experiment: u32,
    pub(super) visitor: u32,
    pub(super) time: Time,
    pub(super) variation: u32,
}

impl EventLog {
    /// An empty log.
    pub fn new() -> EventLog {
        EventLog::default()
    }

    /// Counts a message, unless its id was counted before.
    ///
    /// Without an id, a visitor, a type, a readable time stamp, or (for `track`) an event's name a message cannot be
    /// used and is only counted in [`EventLog::skipped`]. Among different messages under one id the first wins.
    pub fn add(&mut self, message: Message<'_>) {
        match readable(message) {
            None => self.skipped += 1,
            Some((id, visitor, name, time)) => {
                if self.seen.insert(fingerprint(id)) {
                    self.push(visitor, name, time, message.exposure);
                }
            }
        }
    }

    fn push(&mut self, visitor: &str, name: &str, time: Time, exposure: Option<Exposure<'_>>) {
        let visitor = self.visitors.number(visitor);
        self.visitor_of.push(visitor);
        self.name_of.push(self.names.number(name));
        self.time_of.push(time);
        if let Some(exposure) = exposure {
            self.expose(visitor, time, exposure);
        }
    }

    fn expose(&mut self, visitor: u32, time: Time, exposure: Exposure<'_>) {
        let experiment = self.experiments.number(exposure.experiment);
        let variation = self.variations.number(exposure.variation);
        self.exposures.push(Seen { experiment, visitor, time, variation });
        if let Some(title) = exposure.name {
            self.entitle((experiment, variation), (time, title.to_owned()));
        }
    }

    /// A variation may be renamed: its first name stays, so that the order of adding does not matter.
    fn entitle(&mut self, variation: (u32, u32), title: (Time, String)) {
        match self.titles.entry(variation) {
            Entry::Vacant(free) => drop(free.insert(title)),
            Entry::Occupied(mut known) if title < *known.get() => drop(known.insert(title)),
            Entry::Occupied(_) => {}
        }
    }

    /// Events counted.
    pub fn len(&self) -> usize {
        self.time_of.len()
    }

    /// Whether nothing was counted yet.
    pub fn is_empty(&self) -> bool {
        self.time_of.is_empty()
    }

    /// Messages that could not be used. Repeated messages are not among them.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// The experiments somebody was exposed to, sorted.
    pub fn experiments(&self) -> Vec<String> {
        let mut numbers: Vec<u32> = self.exposures.iter().map(|seen| seen.experiment).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut names: Vec<String> = numbers.into_iter().map(|number| self.experiments.text(number).to_owned()).collect();
        names.sort_unstable();
        names
    }

    /// Every event's name with its counts: the most frequent first, equally frequent ones by name.
    pub fn event_names(&self) -> Vec<EventCount> {
        let mut pairs: Vec<(u32, u32)> = self.name_of.iter().copied().zip(self.visitor_of.iter().copied()).collect();
        pairs.sort_unstable();
        let mut counts: Vec<EventCount> = pairs.chunk_by(|one, other| one.0 == other.0).map(|same| self.count(same)).collect();
        counts.sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.name.cmp(&other.name)));
        counts
    }

    fn count(&self, same_name: &[(u32, u32)]) -> EventCount {
        let name = same_name.first().map_or("", |(name, _)| self.names.text(*name)).to_owned();
        let visitors = same_name.chunk_by(|one, other| one.1 == other.1).count();
        EventCount { name, events: same_name.len(), visitors }
    }

    pub(super) fn title(&self, experiment: u32, variation: u32) -> Option<String> {
        self.titles.get(&(experiment, variation)).map(|(_, title)| title.clone())
    }
}

/// Id, visitor, name and time of a usable message.
fn readable(message: Message<'_>) -> Option<(&str, &str, &str, Time)> {
    let kind = message.kind.filter(|kind| !kind.is_empty())?;
    let name = if kind == "track" { message.event.filter(|event| !event.is_empty())? } else { kind };
    let visitor = message.visitor.filter(|visitor| !visitor.is_empty())?;
    Some((message.id.filter(|id| !id.is_empty())?, visitor, name, parse_time(message.timestamp?)?))
}
