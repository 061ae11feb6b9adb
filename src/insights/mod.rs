//! Many visitors, later: what an experiment showed, how a funnel narrows. For the marketer's console.
//!
//! [`EventLog`] holds what visitors did; [`compare`], [`sample_ratio`] and the log's own questions learn from it. [`Leads`] scores many leads in one go.
//! Every formula, with its assumptions and source, is in METHODS.md.

mod fingerprint;
mod funnel;
mod leads;
mod log;
mod names;
mod proportions;
mod srm;
mod tally;
mod time;
mod variations;

pub use funnel::FunnelStep;
pub use leads::{LeadReason, LeadScore, Leads, Question};
pub use log::{EXPERIMENT_VIEWED, EventCount, EventLog, Exposure, Message};
pub use proportions::{
    Alternative, Comparison, Interval, ZTest, compare, difference_interval, lift_interval, rate_interval, z_test,
};
pub use srm::{MISMATCH_BELOW, SampleRatio, sample_ratio};
pub use tally::Tally;
pub use time::parse_time;
pub use variations::VariationCount;
