//! Lead scores: a pure function of a model, a visitor's events and the time, with reasons that sum to them.
//!
//! The order of operations: the events that match a rule are counted (cool-down, window, session); each one's points fade by its
//! age; the caps of an event, a day and the rule hold them; the sum is rounded to thousandths of a point; then the bounds of
//! groups, of axes and of the total hold the sums. METHODS.md has the formulas.

mod decay;
mod ledger;
mod missing;
mod read;
mod report;
mod rule;
mod score;
mod stage;
mod standing;
mod threshold;
mod trigger;
mod version;

use crate::base::json::Document;
use alloc::{string::String, vec::Vec};
use ledger::Matcher;
use rule::Rule;
use score::Bound;
use stage::Stage;
use threshold::Threshold;
use trigger::Trigger;

pub use decay::Decay;
pub use ledger::{Fact, Ledger, Moment, OWN, session};
pub use rule::{POINT, Present};
pub use score::{AXES, Reason, Score};
pub use standing::Standing;
pub use trigger::{Mood, remember};
pub use version::version;

/// How leads are scored on this site. Conditions are read where they stand in the definition.
#[derive(Debug, Default)]
pub struct Model {
    /// The section of the site definition.
    document: Document,
    matchers: Vec<Matcher>,
    rules: Vec<Rule>,
    /// In the order in which they hold.
    bounds: Vec<Bound>,
    /// Where fit and engagement are parted into letters and digits, from high to low, in thousandths.
    grid: [Option<Vec<i64>>; 2],
    thresholds: Vec<Threshold>,
    stages: Vec<Stage>,
    triggers: Vec<Trigger>,
    /// How many events of a visitor are kept.
    most_events: usize,
    /// The time zone of days, an IANA name; empty for UTC.
    pub zone: String,
}

impl Model {
    /// Whether leads are scored at all.
    pub fn is_some(&self) -> bool {
        self.document.root().is_some()
    }
}
