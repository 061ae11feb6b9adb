//! Who is about to leave: three levels of alarm, and when a fall is more than chance.

use serde::{Deserialize, Serialize};

/// When a customer did what, in days, as `now` and `since` are; in any order. What lies after `now`, or is no number, does not count.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Events {
    /// Since when they are a customer.
    pub since: f64,
    /// What matters: the key behaviour whose rate is watched.
    pub key: Vec<f64>,
    /// Events of core value, each time anew: not the aha moment, which comes but once.
    pub value: Vec<f64>,
    /// Whatever else they did.
    pub other: Vec<f64>,
}

impl Events {
    /// Counts, in two windows of so many days that end `now`. A moment on the border of two windows belongs to the earlier one.
    ///
    /// `now` is the end of what is known: where the record ended days ago, silence is counted to there. Who has not been a customer for two windows
    /// has a shorter one before, as long as they were; for less than one window there is nothing to compare with, and level 1 stays
    /// silent. Weeks without value, and idle days, count from `since` where there was nothing yet.
    ///
    /// ```
    /// use privateer::growth::Events;
    /// let events = Events { since: 0.0, key: vec![5.0, 20.0, 25.0, 50.0], value: vec![40.0], other: vec![55.0] };
    /// let found = events.activity(56.0, 28.0);
    /// assert_eq!((found.before, found.now), ((3, 28.0), (1, 28.0)));
    /// assert_eq!((found.weeks_without_value, found.idle_days), (2, 1.0));
    /// ```
    pub fn activity(&self, now: f64, window: f64) -> Activity {
        let between = |from: f64, to: f64| self.key.iter().filter(|time| from < **time && **time <= to).count() as u64;
        let border = now - window;
        let days_before = (border - self.since).min(window);
        let before = if days_before > 0.0 { (between(border - window, border), days_before) } else { (0, 0.0) };
        let last = |times: &mut dyn Iterator<Item = &f64>| times.copied().filter(|time| *time <= now).fold(self.since, f64::max);
        let silent = now - last(&mut self.value.iter());
        let weeks_without_value = libm::floor(silent / 7.0).max(0.0) as u32;
        let idle_days = (now - last(&mut self.key.iter().chain(&self.value).chain(&self.other))).max(0.0);
        Activity { before, now: (between(border, now), window), weeks_without_value, idle_days }
    }
}

/// What a customer did, in two windows that follow each other, and since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// How often they did what matters in the window before, and how many days it had.
    pub before: (u64, f64),
    /// The same of the window that has just ended.
    pub now: (u64, f64),
    /// How many whole weeks, counted back from now, have passed without an event of core value.
    pub weeks_without_value: u32,
    /// Days since they did anything at all.
    pub idle_days: f64,
}

/// When to raise an alarm. The defaults are those of the usual rules: a fall by 30 %, two weeks, 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Alarm {
    /// Level 1: the rate fell by at least this share…
    pub fall: f64,
    /// …from at least so many events, of which fewer say nothing…
    pub least: u64,
    /// …and so rarely by chance.
    pub p: f64,
    /// Level 2: so many weeks in a row without value.
    pub weeks: u32,
    /// Level 3: idle for so many days.
    pub idle_days: f64,
}

impl Default for Alarm {
    fn default() -> Self {
        Alarm { fall: 0.3, least: 5, p: 0.05, weeks: 2, idle_days: 30.0 }
    }
}

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What matters happens clearly less often: write to them.
    Less = 1,
    /// It has brought them nothing for weeks: call them.
    NoValue = 2,
    /// They are not there any more: win them back.
    Idle = 3,
}

/// The highest level that holds; `None` where there is no alarm.
///
/// ```
/// use privateer::growth::{Activity, Alarm, Level, alarm};
/// let fell = |before, now| alarm(&Activity { before: (before, 28.0), now: (now, 28.0), ..Activity::default() }, &Alarm::default());
/// assert_eq!(fell(3, 2), None); // a fall by a third, and no news at all
/// assert_eq!(fell(30, 12), Some(Level::Less));
/// ```
pub fn alarm(activity: &Activity, when: &Alarm) -> Option<Level> {
    if activity.idle_days >= when.idle_days {
        Some(Level::Idle)
    } else if activity.weeks_without_value >= when.weeks {
        Some(Level::NoValue)
    } else {
        fell(activity.before, activity.now, when).then_some(Level::Less)
    }
}

fn fell(before: (u64, f64), now: (u64, f64), when: &Alarm) -> bool {
    let [rate, present] = [before, now].map(|(events, days)| events as f64 / days);
    before.0 >= when.least && present <= rate * (1.0 - when.fall) && chance(before, now) < when.p
}

/// How probable so few events or fewer are in the second window, were the rate of both the same: of all n events each falls into
/// the second window with its share of the days, so their number is binomial (Przyborowski and Wilenski, Biometrika 31, 1940). Summed
/// from the largest term down, which is found by its logarithm: (1 - share)^n alone is soon below the smallest double.
fn chance((before, days_before): (u64, f64), (now, days_now): (u64, f64)) -> f64 {
    let (n, share) = ((before + now) as f64, days_now / (days_before + days_now));
    let ln_factorial = |count: f64| libm::lgamma(count + 1.0);
    let ways = ln_factorial(n) - ln_factorial(now as f64) - ln_factorial(before as f64);
    let mut term = libm::exp(ways + now as f64 * libm::log(share) + before as f64 * libm::log1p(-share));
    let mut sum = term;
    for k in (1..=now).rev() {
        term *= k as f64 / (n - k as f64 + 1.0) * ((1.0 - share) / share);
        sum += term;
        if term <= sum * f64::EPSILON / 8.0 && k as f64 <= n * share {
            break;
        }
    }
    sum.min(1.0)
}
