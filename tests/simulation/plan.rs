//! What kind of visit it is: the site's settings, the collector's limits, and how rough a time it will be.

use super::dice::Dice;
use serde_json::{Value, json};

/// All that stays the same during a visit.
pub struct Plan {
    pub site: String,
    pub pageviews: bool,
    /// Whether a site counts experiments.
    pub tests: bool,
    pub batch_events: usize,
    /// Events a minute that are recorded; 0 for any number.
    pub most_a_minute: i64,
    /// Delivered events that are kept.
    pub history: usize,
    /// `granted`, `pending` or `denied`.
    pub initial: &'static str,
    /// How much the visitor does.
    pub acts: usize,
    /// With what a collector answers a batch with an event that it cannot take.
    pub poison: i32,
    /// What a collector takes at most in one request.
    pub most_bytes: usize,
    pub most_events: usize,
    /// Whether the browser has Web Locks.
    pub locks: bool,
    /// Whether the site remembers nobody.
    pub memory: bool,
    /// Whether the browser denies all storage.
    pub denied: bool,
    /// Whether IndexedDB refuses.
    pub spill_denied: bool,
    /// Whether the page holds events back.
    pub hook: bool,
    /// Between two effects something happens once in so many times; never for 0.
    pub trouble: usize,
    /// How likely a request fails, in percent.
    pub failing: usize,
    /// Whether clocks jump.
    pub jumps: bool,
    /// Whether the collector answers for each event.
    pub partial: bool,
    /// Whether the browser refuses marketing for the visitor, as by Global Privacy Control.
    pub refuses: bool,
    /// Whether there are thousands of events.
    pub crowded: bool,
    /// Whether the page records something when it has been closed already, as handlers of `unload` do.
    pub late: bool,
}

impl Plan {
    pub fn of(dice: &Dice) -> Plan {
        let mut plan = Plan {
            site: String::new(),
            pageviews: !dice.once_in(3),
            tests: dice.once_in(4),
            batch_events: *dice.pick(&[1, 3, 8, 8, 30, 100, 2_500]),
            most_a_minute: if dice.once_in(6) { dice.between(3, 20) } else { 0 },
            history: if dice.once_in(6) { 5 } else { 0 },
            initial: dice.pick::<&str>(&["granted", "granted", "granted", "granted", "pending", "pending", "denied"]),
            acts: 8 + dice.below(60),
            poison: *dice.pick(&[400, 422]),
            most_bytes: *dice.pick(&[usize::MAX, usize::MAX, 100_000, 20_000, 4_000]),
            most_events: *dice.pick(&[usize::MAX, usize::MAX, 50, 5]),
            locks: !dice.once_in(12),
            memory: dice.once_in(25),
            denied: dice.once_in(25),
            spill_denied: dice.once_in(12),
            hook: dice.once_in(6),
            trouble: *dice.pick(&[0, 0, 400, 100, 40]),
            failing: *dice.pick(&[0, 10, 30, 60, 90]),
            jumps: dice.once_in(3),
            refuses: dice.once_in(8),
            partial: dice.once_in(5),
            crowded: dice.once_in(400),
            late: dice.once_in(4),
        };
        plan.spill_denied |= plan.denied;
        plan.tests &= plan.most_a_minute == 0;
        if plan.crowded {
            plan.most_a_minute = 0;
            plan.batch_events = 2_500;
        }
        plan.site = plan.definition(dice).to_string();
        plan
    }

    fn definition(&self, dice: &Dice) -> Value {
        let mut site = json!({
            "tracking": {
                "pageviews": self.pageviews, "engagement": self.most_a_minute == 0, "history": self.history,
                "most_a_minute": self.most_a_minute, "sample": { "Never": 0, "Half": 0.5 },
                "session_on_campaign": dice.once_in(4),
            },
            "delivery": { "url": "/collect", "gather_ms": *dice.pick(&[0, 1_000, 1_000, 5_000]), "batch_events": self.batch_events },
            "consent": { "initial": self.initial },
        });
        if self.tests {
            site["experiments"] = json!({ "payload": { "features": { "hero": { "rules": [{ "variations": ["a", "b"] }] } } } });
        }
        site
    }
}
