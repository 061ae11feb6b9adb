//! One rule: what counts for it, and how many points that is.

use super::{decay::Decay, ledger::Moment};
use crate::base::{
    Host, Time,
    time::{DAY, MINUTE},
};
use alloc::{string::String, vec::Vec};

/// Points are counted in thousandths, whole numbers, so that sums are exact in whichever order.
pub const POINT: f64 = 1_000.0;

/// More than this nothing can be worth, so that no sum overflows.
pub(super) const MOST: f64 = 1e12;

/// What of the visitor a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// Matching events: the number of the matcher.
    Events(usize),
    /// The visitor's attributes: the place of the condition.
    Attributes(usize),
}

/// What is counted of the events that match. The numbers of the words in [`MEASURES`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measure {
    /// How many there were.
    Count,
    /// How many different values a property had.
    Distinct,
    /// The sum of a property.
    Sum,
    /// Whole days since the last one.
    Since,
    /// On how many days in a row there was one, up to today or yesterday.
    Streak,
    /// Whether there ever was one; its age is the first one's.
    First,
}

/// The words for what is counted.
pub(super) const MEASURES: [(&str, Measure); 6] = [
    ("count", Measure::Count),
    ("distinct", Measure::Distinct),
    ("sum", Measure::Sum),
    ("since", Measure::Since),
    ("streak", Measure::Streak),
    ("first", Measure::First),
];

/// A rule, read.
#[derive(Debug)]
pub(super) struct Rule {
    pub id: String,
    /// Where it stands in the definition.
    pub place: usize,
    pub axis: usize,
    pub group: String,
    pub source: Source,
    /// Of attributes: the path of the number that the points are for each of; empty where they are for the condition alone.
    pub number: String,
    pub measure: Measure,
    /// Only events of the present session count.
    pub in_session: bool,
    /// Only the last event counts.
    pub once: bool,
    /// For streaks: Saturday and Sunday are passed over.
    pub weekdays: bool,
    pub disqualifies: bool,
    /// How old an event may be, in ms.
    pub window: i64,
    /// How soon after another one an event does not count, in ms.
    pub cooldown: i64,
    /// Below this nothing counts.
    pub at_least: f64,
    pub decay: Decay,
    pub points: f64,
    /// The most points of one event, of a day, of the rule; as many may be taken away.
    pub most: [f64; 3],
}

/// When a score is asked for, and for whom.
#[derive(Clone, Copy)]
pub struct Present<'p> {
    /// The time; whole minutes count.
    pub now: Time,
    /// When the present session began.
    pub since: Time,
    /// What the present session is called in the ledger.
    pub session: u32,
    /// The time zone of days, an IANA name; empty for UTC.
    pub zone: &'p str,
    /// Whoever knows the days of time zones.
    pub host: &'p dyn Host,
}

impl Present<'_> {
    /// The number of the day that it is at a time.
    pub(super) fn day(&self, time: Time) -> i64 {
        day(self.zone, time, self.host)
    }
}

/// The number of the day that it is in a time zone; by UTC where there is none.
pub(super) fn day(zone: &str, time: Time, host: &dyn Host) -> i64 {
    if zone.is_empty() { time.0.div_euclid(DAY) } else { host.day(time, zone) }
}

/// What a rule comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Worth {
    /// What was counted.
    pub value: f64,
    /// Thousandths of points.
    pub points: i64,
    /// The number of the event that counted last.
    pub last: Option<u32>,
}

impl Rule {
    /// What the visitor's attributes are worth: the condition holds, and the number is this one, or 1 where none is asked for.
    pub fn of_attributes(&self, holds: bool, number: Option<f64>) -> Worth {
        let value = number.filter(|number| holds && number.is_finite()).unwrap_or(0.0);
        Worth { value, points: thousandths(limited(self.points * value, self.most[2])), last: None }
    }

    /// What the events are worth, oldest first: first decay, then the caps of an event, a day, the rule.
    pub fn of_events(&self, moments: &[Moment], present: Present<'_>) -> Worth {
        if moments.is_empty() {
            return Worth::default();
        }
        let counted = self.counted(moments, present);
        let Some(last) = counted.first() else { return Worth::default() };
        let value = self.value(&counted, present);
        if value < self.at_least {
            return Worth { value, ..Worth::default() };
        }
        let points = match self.measure {
            Measure::Since | Measure::Streak => {
                let value = if self.once { 1.0 } else { value };
                self.faded(last, value, present)
            }
            _ => self.summed(&counted, present),
        };
        Worth { value, points: thousandths(limited(points, self.most[2])), last: Some(last.event) }
    }

    /// What the events would be worth, were there another one now: one like the last, where that matters.
    pub fn of_one_more(&self, moments: &[Moment], present: Present<'_>) -> Worth {
        let amount = match self.measure {
            Measure::Sum => moments.last().map_or(1.0, |last| last.amount),
            // Other than all others.
            _ => f64::NAN,
        };
        let mut moments = moments.to_vec();
        moments.push(Moment {
            time: present.now.0,
            amount,
            session: present.session,
            event: u32::MAX,
            day: present.day(present.now),
        });
        self.of_events(&moments, present)
    }

    /// The events that count, newest first. What is too soon after another one is passed over before anything has grown too
    /// old, or an event would begin to count when the one before it is forgotten.
    fn counted<'m>(&self, moments: &'m [Moment], present: Present<'_>) -> Vec<&'m Moment> {
        let mut counted: Vec<&Moment> = Vec::new();
        let mut free = i64::MIN;
        // The first one stays the first, however old it is.
        let moments = if self.measure == Measure::First { moments.get(..1).unwrap_or_default() } else { moments };
        for moment in moments {
            if moment.time >= free {
                free = moment.time.saturating_add(self.cooldown);
                counted.push(moment);
            }
        }
        counted.retain(|moment| age(moment, present) <= self.window && (!self.in_session || moment.session == present.session));
        counted.reverse();
        counted
    }

    fn value(&self, counted: &[&Moment], present: Present<'_>) -> f64 {
        let day = |moment: &Moment| self.working_day(moment.day);
        match self.measure {
            Measure::Sum => counted.iter().map(|moment| moment.amount).sum(),
            Measure::Distinct => newest_of_each(counted).count() as f64,
            Measure::Since => counted.first().map_or(0, |last| age(last, present) / DAY) as f64,
            Measure::Streak => {
                let today = self.working_day(present.day(present.now));
                let mut streak = 0;
                let mut next = counted.first().map_or(0, |last| day(last).max(today - 1).min(today));
                for moment in counted {
                    if day(moment) == next {
                        (streak, next) = (streak + 1, next - 1);
                    }
                }
                f64::from(streak)
            }
            _ => counted.len() as f64,
        }
    }

    /// The points of all that counts, day by day.
    fn summed(&self, counted: &[&Moment], present: Present<'_>) -> f64 {
        let [each, a_day, _] = self.most;
        let (mut sum, mut of_day, mut day) = (0.0, 0.0, i64::MIN);
        let one = if self.once { counted.get(..1).unwrap_or_default() } else { counted };
        for moment in newest_of_each_if(self.measure == Measure::Distinct, one) {
            let amount = if self.measure == Measure::Sum { moment.amount } else { 1.0 };
            let its_day = if a_day < MOST { moment.day } else { 0 };
            if its_day != day {
                sum += limited(of_day, a_day);
                (of_day, day) = (0.0, its_day);
            }
            of_day += limited(self.faded(moment, amount, present), each);
        }
        sum + limited(of_day, a_day)
    }

    fn faded(&self, moment: &Moment, amount: f64, present: Present<'_>) -> f64 {
        self.points * amount * self.decay.left((age(moment, present) / MINUTE) as f64)
    }

    /// The number of a day; of a working day, where those alone count, and a weekend belongs to its Friday.
    fn working_day(&self, day: i64) -> i64 {
        // 1970-01-01, day 0, was a Thursday.
        let since_monday = day + 3;
        if self.weekdays { since_monday.div_euclid(7) * 5 + since_monday.rem_euclid(7).min(4) } else { day }
    }
}

/// How old an event is, in ms, at the beginning of the present minute; what comes later is new.
fn age(moment: &Moment, present: Present<'_>) -> i64 {
    (present.now.0.div_euclid(MINUTE) * MINUTE).saturating_sub(moment.time).max(0)
}

/// Of events with equal values the newest.
fn newest_of_each<'m>(counted: &'m [&'m Moment]) -> impl Iterator<Item = &'m Moment> {
    newest_of_each_if(true, counted)
}

fn newest_of_each_if<'m>(wanted: bool, counted: &'m [&'m Moment]) -> impl Iterator<Item = &'m Moment> {
    let newer = move |index: usize| counted.get(..index).unwrap_or_default();
    let is_newest = move |index: usize, moment: &Moment| newer(index).iter().all(|newer| newer.amount != moment.amount);
    counted.iter().enumerate().filter(move |(index, moment)| !wanted || is_newest(*index, moment)).map(|(_, moment)| *moment)
}

fn limited(points: f64, most: f64) -> f64 {
    points.min(most).max(-most)
}

/// Rounded to thousandths, halves away from zero.
pub(super) fn thousandths(points: f64) -> i64 {
    let half = if points < 0.0 { -0.5 } else { 0.5 };
    (limited(points, MOST) * POINT + half) as i64
}
