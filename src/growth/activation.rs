//! Whether somebody has found out what a product is for: so many times within so many days, so many days in a row, so many modules at once.
//!
//! Times and spans are numbers of one unit, the caller's. Days are counted by the caller in the visitor's own time zone, as whole
//! days since 1970-01-01 ([`local_day`]).

use crate::stats::{order, sorted};

/// Whether something was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reached {
    /// At this time.
    At(f64),
    /// The span is over, and it was not.
    Not,
    /// The span is not over: nobody has failed yet.
    Open,
}

/// Whether, and when, an event happened for the `times`-th time within a span after the beginning. Events before the beginning and
/// after `now` do not count; their order is of no matter.
///
/// ```
/// use privateer::growth::{Reached, within};
/// // Two purchases within 30 days of the first visit:
/// assert_eq!(within(0.0, &[3.0, 29.0], 2, 30.0, 90.0), Reached::At(29.0));
/// assert_eq!(within(0.0, &[3.0, 31.0], 2, 30.0, 90.0), Reached::Not);
/// assert_eq!(within(0.0, &[3.0], 2, 30.0, 10.0), Reached::Open);
/// ```
pub fn within(beginning: f64, events: &[f64], times: usize, span: f64, now: f64) -> Reached {
    let counted: Vec<f64> =
        events.iter().copied().filter(|time| (beginning..=beginning + span).contains(time) && *time <= now).collect();
    match sorted(&counted).get(times.max(1) - 1) {
        Some(time) => Reached::At(*time),
        None if now > beginning + span => Reached::Not,
        None => Reached::Open,
    }
}

/// The longest run of days in a row. With `business_days` Saturdays and Sundays neither count nor break a run.
///
/// ```
/// use privateer::growth::streak;
/// // 2026-03-06 is a Friday, day 20,518.
/// assert_eq!(streak(&[20_518, 20_521, 20_522], false), 2);
/// assert_eq!(streak(&[20_518, 20_521, 20_522], true), 3);
/// ```
pub fn streak(days: &[i64], business_days: bool) -> usize {
    runs(days, business_days).into_iter().map(|(_, run)| run).max().unwrap_or(0)
}

/// Whether, and on which day, somebody had done it so many days in a row (at least 1), within a span of days after the first one. While
/// `today` is within the span, nobody has failed. Days outside of the span, and after today, do not count.
///
/// ```
/// use privateer::growth::{Reached, in_a_row};
/// let monday = 20_514; // 2026-03-02
/// let used: Vec<i64> = [0, 1, 2, 3, 4, 7, 8].map(|day| monday + day).to_vec();
/// assert_eq!(in_a_row(monday, &used, 7, 30, monday + 40, true), Reached::At(20_522.0)); // the second Tuesday
/// assert_eq!(in_a_row(monday, &used, 7, 30, monday + 40, false), Reached::Not);
/// assert_eq!(in_a_row(monday, &used, 7, 30, monday + 20, false), Reached::Open);
/// ```
pub fn in_a_row(first: i64, days: &[i64], length: usize, span: i64, today: i64, business_days: bool) -> Reached {
    let last = first.saturating_add(span);
    let counted: Vec<i64> = days.iter().copied().filter(|day| (first..=last).contains(day) && *day <= today).collect();
    match runs(&counted, business_days).into_iter().find(|(_, run)| *run >= length.max(1)) {
        Some((day, _)) => Reached::At(day as f64),
        None if today > last => Reached::Not,
        None => Reached::Open,
    }
}

/// Each day that counts, in order, with the length of the run that it ends.
fn runs(days: &[i64], business_days: bool) -> Vec<(i64, usize)> {
    let numbered = |day: &i64| if business_days { Some((business_day(*day)?, *day)) } else { Some((*day, *day)) };
    let given: Vec<(i64, i64)> = days.iter().filter_map(numbered).collect();
    let mut numbers: Vec<(i64, i64)> =
        order(given.len(), &|one, other| given[one].cmp(&given[other])).into_iter().map(|place| given[place]).collect();
    numbers.dedup();
    let mut before: Option<(i64, usize)> = None;
    let run = |(number, day): (i64, i64)| {
        let length = before.map_or(1, |(last, length)| if last + 1 == number { length + 1 } else { 1 });
        before = Some((number, length));
        (day, length)
    };
    numbers.into_iter().map(run).collect()
}

/// The day of a moment where somebody is: whole days since 1970-01-01 there. `time_ms` counts from 1970-01-01 UTC; `offset_minutes` is how far
/// local clocks are ahead of UTC at that moment (120 in Berlin's summer, -300 in New York's winter): ask for each moment anew, since
/// it changes twice a year. `None` where a number is not finite.
///
/// ```
/// use privateer::growth::local_day;
/// let late = 1_772_409_600_000.0 - 1_800_000.0; // 2026-03-01, 23:30 UTC
/// assert_eq!([local_day(late, 0.0), local_day(late, 60.0)], [Some(20_513), Some(20_514)]);
/// ```
pub fn local_day(time_ms: f64, offset_minutes: f64) -> Option<i64> {
    let days = libm::floor((time_ms + 60_000.0 * offset_minutes) / 86_400_000.0);
    days.is_finite().then_some(days as i64)
}

/// The number of a working day among working days; 1970-01-01 was a Thursday.
fn business_day(day: i64) -> Option<i64> {
    let since_monday = day + 3;
    let (week, weekday) = (since_monday.div_euclid(7), since_monday.rem_euclid(7));
    (weekday < 5).then_some(week * 5 + weekday)
}

/// How many different modules were used in the span that ends now. Each use: which module, and when.
///
/// ```
/// use privateer::growth::breadth;
/// assert_eq!(breadth(&[("board", 1.0), ("reports", 8.0), ("board", 9.0), ("imports", 10.0)], 7.0, 10.0), 3);
/// ```
pub fn breadth(uses: &[(&str, f64)], span: f64, now: f64) -> usize {
    let lately = uses.iter().filter(|(_, time)| now - span < *time && *time <= now);
    let names: Vec<&str> = lately.map(|(module, _)| *module).collect();
    let mut rising: Vec<&str> =
        order(names.len(), &|one, other| names[one].cmp(names[other])).into_iter().map(|place| names[place]).collect();
    rising.dedup();
    rising.len()
}
