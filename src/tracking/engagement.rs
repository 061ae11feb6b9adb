//! Engaged time: how long the page was visible and had the focus.

use crate::base::{Time, time::MINUTE};

/// One look at a page counts half an hour at most: a computer that slept with the page in front was not looked at.
const LONGEST_MS: i64 = 30 * MINUTE;

/// A stopwatch that runs while the visitor looks at the page. It needs no heartbeat: time is added up when
/// something changes and when it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Engagement {
    since: Option<Time>,
    spent_ms: i64,
}

impl Engagement {
    /// The visitor looks (`true`: visible and focused) or looks away.
    pub fn attend(&mut self, looking: bool, now: Time) {
        self.spent_ms += self.since.map_or(0, |since| now.since(since).clamp(0, LONGEST_MS));
        self.since = looking.then_some(now);
    }

    /// Milliseconds since the last time this was asked. A clock set back takes nothing away.
    pub fn take(&mut self, now: Time) -> i64 {
        self.attend(self.since.is_some(), now);
        core::mem::take(&mut self.spent_ms)
    }
}
