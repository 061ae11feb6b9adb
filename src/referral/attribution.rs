//! Who is credited with a visitor: one of several advocates, or none.

use super::touch::{Touch, Touches};
use crate::base::{
    Time,
    json::{Json, Section, children},
    time::DAY,
};
use alloc::{string::String, vec::Vec};

/// Which of several touches counts. Direct visits are no touches, so they never overwrite one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Model {
    /// The first advocate, whoever came after.
    #[default]
    First,
    /// The last advocate, whatever came after.
    Last,
    /// Whatever came last: where that was a campaign, a search or another site, no advocate is credited.
    LastNonDirect,
}

/// How advocates are credited.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Which touch counts.
    pub model: Model,
    /// How long a touch counts, in ms. It is told by the times of both, not by how long a browser keeps anything.
    pub window_ms: i64,
    /// The events that bind a visitor to whoever is credited then, for good.
    pub binds: Vec<String>,
}

impl Default for Attribution {
    fn default() -> Attribution {
        Attribution { model: Model::First, window_ms: 90 * DAY, binds: Vec::new() }
    }
}

impl Attribution {
    /// Reads the section `attribution`; `conversion`, where there is one, binds as well.
    pub fn read(&mut self, mut section: Section<'_, '_>, conversion: &str) {
        match section.text("model").unwrap_or("first") {
            "first" => {}
            "last" => self.model = Model::Last,
            "last-non-direct" => self.model = Model::LastNonDirect,
            _ => section.problem("unknown-word", "model", "The model is \"first\", \"last\" or \"last-non-direct\"."),
        }
        self.window_ms = section.whole("window_days", 90, 1, 3_650) * DAY;
        self.binds = match section.get("bind_on") {
            None => ["Signed Up"].map(String::from).into(),
            names => children(names).filter_map(Json::string).map(String::from).collect(),
        };
        if !conversion.is_empty() {
            self.binds.push(conversion.into());
        }
    }

    /// Whose touch counts at a time; `None` where nobody's does. `own` is the visitor's own code: a link with it was none. A touch that
    /// lies ahead, because the clock was set back, is fresh, and comes before those that do not.
    pub fn credit<'t>(&self, touches: &'t Touches, at: Time, own: &str) -> Option<&'t Touch> {
        let is_fresh = |touch: &&Touch| at.since(touch.time) <= self.window_ms && (!touch.is_referral() || touch.code != own);
        let fresh = || touches.0.iter().filter(is_fresh);
        let last = || {
            let past =
                fresh().rev().find(|touch| touch.time <= at && (touch.is_referral() || self.model == Model::LastNonDirect));
            past.or(fresh().rev().find(|touch| touch.is_referral() || self.model == Model::LastNonDirect))
        };
        match self.model {
            Model::First => fresh().find(|touch| touch.is_referral()),
            Model::Last | Model::LastNonDirect => last().filter(|touch| touch.is_referral()),
        }
    }
}
