//! What had to be given up, counted exactly, and told to the collector like everything else.

use crate::base::json::Writer;
use alloc::string::String;

/// Why an event was given up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// More events waited than are kept.
    Overflow,
    /// The collector will never take it.
    Refused,
    /// More events were recorded in a minute than the site allows.
    Limited,
    /// The page's own hook held it back.
    Withheld,
}

const REASONS: [&str; 4] = ["overflow", "refused", "limited", "withheld"];

/// Losses that the collector has not been told.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    counts: [i64; 4],
    /// The key of the event that tells them, while it has not been sent.
    pub report: String,
    /// The number of that event.
    pub number: i64,
    /// Where it counts: the session's id, and the window's.
    pub place: String,
    /// Whether there are some that it does not tell yet.
    pub news: bool,
}

impl Losses {
    /// Counts some.
    pub fn add(&mut self, loss: Loss, events: usize) {
        if events > 0 {
            self.counts[loss as usize] += events as i64;
            self.news = true;
        }
    }

    /// The properties of the event that tells them: `{"count":…}` and a member for each reason that there is.
    pub fn properties(&self) -> String {
        let mut out = Writer::begin('{');
        out.count("count", self.counts.iter().sum());
        for (reason, count) in REASONS.iter().zip(self.counts) {
            if count > 0 {
                out.count(reason, count);
            }
        }
        out.end('}')
    }
}
