//! Whether somebody has found out what a product is for: so many times within so many days, so many days in a row, so many modules at once.
//!
//! Times and spans are numbers of one unit, the caller's. Days are counted by the caller in the visitor's own time zone, as whole
//! days since 1970-01-01.

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
    let mut counted: Vec<f64> =
        events.iter().copied().filter(|time| (beginning..=beginning + span).contains(time) && *time <= now).collect();
    counted.sort_by(f64::total_cmp);
    match counted.get(times.max(1) - 1) {
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
    let mut numbers: Vec<i64> =
        days.iter().filter_map(|day| if business_days { business_day(*day) } else { Some(*day) }).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut longest = 0;
    let mut run = 0;
    let mut expected = None;
    for number in numbers {
        run = if expected == Some(number) { run + 1 } else { 1 };
        expected = Some(number + 1);
        longest = longest.max(run);
    }
    longest
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
    lately.map(|(module, _)| *module).collect::<std::collections::BTreeSet<_>>().len()
}
