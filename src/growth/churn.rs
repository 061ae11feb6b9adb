//! Who is about to leave: three levels of alarm, and when a fall is more than chance.

/// What a customer did, in two windows that follow each other, and since.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
#[derive(Clone, Copy, Debug, PartialEq)]
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
/// the second window with its share of the days, so their number is binomial (Przyborowski and Wilenski, Biometrika 31, 1940).
fn chance((before, days_before): (u64, f64), (now, days_now): (u64, f64)) -> f64 {
    let share = days_now / (days_before + days_now);
    let n = before + now;
    let mut term = libm::pow(1.0 - share, n as f64);
    let mut sum = term;
    for k in 0..now {
        term *= (n - k) as f64 / (k + 1) as f64 * share / (1.0 - share);
        sum += term;
    }
    sum.min(1.0)
}
