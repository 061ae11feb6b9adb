//! The one clock.

use crate::base::Time;

/// Where the time comes from.
pub enum Clock {
    /// The visitor's own clock.
    Page,
    /// A simulated visitor's: the time it was set to.
    Set(Time),
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Time {
        match self {
            Clock::Page => Time(js_sys::Date::now() as i64),
            Clock::Set(time) => *time,
        }
    }
}
