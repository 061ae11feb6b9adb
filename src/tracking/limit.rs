//! A bound for how many events are recorded a minute.

use crate::base::{Time, time::MINUTE};

/// Counts events by the minute.
#[derive(Clone, Debug, Default)]
pub struct Limit {
    minute: i64,
    events: i64,
}

impl Limit {
    /// Whether one more event is within `most` a minute; 0 is no bound.
    pub fn admits(&mut self, most: i64, now: Time) -> bool {
        let minute = now.0 / MINUTE;
        if self.minute != minute {
            *self = Limit { minute, events: 0 };
        }
        self.events += 1;
        most == 0 || self.events <= most
    }
}
