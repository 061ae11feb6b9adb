//! When something is due: after so many events, a sequence, a silence, or when something did not follow.

use super::{
    Model, Present,
    ledger::{Ledger, Moment},
    read::Fields,
    rule::Measure,
};
use crate::base::{
    Time,
    time::{DAY, MINUTE, SECOND},
};
use alloc::{string::String, vec::Vec};

const HOUR: i64 = 60 * MINUTE;
/// So much later than the others' a tab's timer runs: time enough to hear that another one was first.
const LATER: i64 = 5 * SECOND;
/// How many times something was due is remembered: as often as a day may have.
const FIRINGS: usize = 20;

/// Something that may be due.
#[derive(Debug)]
pub(super) struct Trigger {
    pub id: String,
    /// The matchers of the events that have to happen one after another.
    steps: Vec<usize>,
    /// How many of the first are needed, unless others have to follow.
    at_least: usize,
    /// How soon after another one an event does not count: a page that is loaded again.
    apart: i64,
    /// How long ago the first event may be.
    window: i64,
    /// How long before the event there must have been none.
    silent: i64,
    /// The matcher of the event that must not follow, and how long that is waited for.
    unless: Option<usize>,
    after: i64,
    once: bool,
    cooldown: i64,
    a_day: usize,
    /// From when to when it has to wait, in ms of the visitor's day.
    quiet: [i64; 2],
    /// Whether it may come while the visitor types, or has just met an error.
    intrudes: bool,
}

/// What else decides on when something may come.
#[derive(Clone, Copy)]
pub struct Mood {
    /// The visitor is not to be disturbed before this.
    pub calm: Time,
    /// How much of the visitor's day is over, in ms.
    pub of_day: i64,
}

impl Model {
    pub(super) fn read_trigger(&mut self, fields: &mut Fields<'_>) {
        let mut steps = Vec::from([self.read_matcher(fields, Measure::Count)]);
        fields.expect(
            !fields.element.get_string("event").unwrap_or("").is_empty(),
            ["wrong-type", ".event", "A trigger needs an event: its name in quotes."],
        );
        for step in crate::base::json::children(fields.element.get("then")) {
            steps.push(self.read_part(fields, step, ".then"));
        }
        let unless = fields.element.get("unless").map(|part| self.read_part(fields, part, ".unless"));
        let hours = |fields: &mut Fields<'_>, name| fields.number(name, 0.0, 0.0, 24.0) * HOUR as f64;
        let trigger = Trigger {
            id: fields.text("id").into(),
            steps,
            at_least: fields.number("at_least", 1.0, 1.0, 1_000.0) as usize,
            apart: fields.number("apart_minutes", 0.5, 0.0, 1_440.0).mul(MINUTE),
            window: fields.days("window_days"),
            silent: fields.number("silent_days", 0.0, 0.0, 3_650.0).mul(DAY),
            unless,
            after: fields.number("after_minutes", 0.0, 0.0, 525_600.0).mul(MINUTE),
            once: fields.flag("once"),
            cooldown: fields.number("cooldown_hours", 0.0, 0.0, 87_600.0).mul(HOUR),
            a_day: fields.number("most_a_day", FIRINGS as f64, 1.0, FIRINGS as f64) as usize,
            quiet: [hours(fields, "quiet_from") as i64, hours(fields, "quiet_to") as i64],
            intrudes: fields.flag("intrudes"),
        };
        if fields.mistake.is_none() {
            self.triggers.push(trigger);
        }
    }

    /// Another event that a trigger looks at.
    fn read_part<'d>(&mut self, fields: &mut Fields<'d>, part: crate::base::json::Json<'d>, path: &'static str) -> usize {
        let mut inner = Fields { element: part, mistake: None };
        let has_event = !inner.text("event").is_empty();
        inner.expect(has_event, ["wrong-type", ".event", "The event's name in quotes belongs here."]);
        let number = self.read_matcher(&mut inner, Measure::Count);
        if fields.mistake.is_none() {
            fields.mistake = inner.mistake.map(|error| error.within(path));
        }
        number
    }

    /// The next moment at which a trigger is to be looked at again, and the ids of those that are due now. `fired` tells when
    /// each was due before.
    pub fn due<'m>(
        &'m self,
        ledger: &Ledger,
        fired: &[(String, Vec<i64>)],
        present: Present<'_>,
        mood: Mood,
    ) -> (Option<Time>, Vec<&'m str>) {
        let mut next: Option<Time> = None;
        let mut due = Vec::new();
        for trigger in &self.triggers {
            let before = fired.iter().find(|(id, _)| *id == trigger.id).map_or(&[][..], |(_, times)| times);
            match trigger.when(ledger, before, present, mood) {
                Some(time) if time <= present.now => due.push(trigger.id.as_str()),
                Some(time) => next = Some(next.map_or(time, |next| next.min(time))),
                None => {}
            }
        }
        (next, due)
    }
}

impl Trigger {
    /// When it is due, if nothing else happens.
    fn when(&self, ledger: &Ledger, fired: &[i64], present: Present<'_>, mood: Mood) -> Option<Time> {
        let last = fired.last().copied();
        let of_matcher = |matcher: usize| ledger.moments.get(matcher).map_or(&[][..], Vec::as_slice);
        let counts = |moment: &&Moment| last.is_none_or(|last| moment.time > last) && present.now.0 - moment.time <= self.window;
        let events = of_matcher(*self.steps.first()?);
        let ready = match (self.steps.get(1..), self.unless) {
            _ if self.silent > 0 => self.returned(events, last, present)?,
            (_, Some(unless)) => {
                self.gathered(events.iter().filter(counts))?;
                let begun = events.iter().rev().find(counts)?;
                if of_matcher(unless).iter().any(|moment| moment.time >= begun.time) {
                    return None;
                }
                // Of several tabs the one where it happened is the first.
                begun.time + self.after + if ledger.heard.contains(&begun.event) { LATER } else { 0 }
            }
            (Some([]), _) => self.gathered(events.iter().filter(counts))?,
            _ => self.in_turn(&self.steps, |step| {
                of_matcher(step).iter().rev().filter(counts).map(|moment| (moment.time, moment.event)).collect()
            })?,
        };
        self.allowed(ready, fired, present, mood)
    }

    /// When there were enough of an event, each apart from the one before.
    fn gathered<'m>(&self, events: impl Iterator<Item = &'m Moment>) -> Option<i64> {
        let mut free = i64::MIN;
        let mut left = self.at_least;
        for moment in events {
            if moment.time >= free {
                free = moment.time + self.apart;
                left -= 1;
            }
            if left == 0 {
                return Some(moment.time);
            }
        }
        None
    }

    /// When an event of this session came after a long silence.
    fn returned(&self, events: &[Moment], last: Option<i64>, present: Present<'_>) -> Option<i64> {
        let pairs = events.iter().zip(events.get(1..)?);
        let returns = |(before, after): &(&Moment, &Moment)| {
            after.time - before.time >= self.silent
                && after.session == present.session
                && last.is_none_or(|last| after.time > last)
        };
        pairs.rev().find(returns).map(|(_, after)| after.time)
    }

    /// When the last of several events happened that came in their order. `times` are those of a step, newest first, with the
    /// events' numbers, which tell what came first within a millisecond.
    fn in_turn(&self, steps: &[usize], times: impl Fn(usize) -> Vec<(i64, u32)>) -> Option<i64> {
        let (mut ready, mut before) = (None, (i64::MAX, 0));
        for step in steps.iter().rev() {
            before = times(*step).into_iter().find(|time| *time < before)?;
            ready = ready.or(Some(before.0));
        }
        ready
    }

    /// Not again too soon or too often, nor at a bad time.
    fn allowed(&self, ready: i64, fired: &[i64], present: Present<'_>, mood: Mood) -> Option<Time> {
        let today = fired.iter().filter(|time| present.day(Time(**time)) == present.day(present.now)).count();
        if self.once && !fired.is_empty() || today >= self.a_day {
            return None;
        }
        let rested = fired.last().map_or(i64::MIN, |last| last.saturating_add(self.cooldown));
        let calm = if self.intrudes { i64::MIN } else { mood.calm.0 };
        let [from, to] = self.quiet;
        let passed = (mood.of_day - from).rem_euclid(DAY);
        let length = (to - from).rem_euclid(DAY);
        let awake = if passed < length { present.now.0 + length - passed } else { i64::MIN };
        Some(Time(ready.max(rested).max(calm).max(awake)))
    }
}

/// A span in ms.
trait Span {
    fn mul(self, unit: i64) -> i64;
}

impl Span for f64 {
    fn mul(self, unit: i64) -> i64 {
        (self * unit as f64) as i64
    }
}

/// Remembers that something was due.
pub fn remember(fired: &mut Vec<(String, Vec<i64>)>, id: &str, now: Time) {
    let place = fired.iter().position(|(other, _)| other == id).unwrap_or_else(|| {
        fired.push((id.into(), Vec::new()));
        fired.len() - 1
    });
    if let Some((_, times)) = fired.get_mut(place) {
        let mut surplus = (times.len() + 1).saturating_sub(FIRINGS);
        times.retain(|_| {
            let stays = surplus == 0;
            surplus = surplus.saturating_sub(1);
            stays
        });
        times.push(now.0);
    }
}
