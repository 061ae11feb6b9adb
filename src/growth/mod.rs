//! Where customers stand: what they are worth, how they are, who is about to leave. Pure functions over what a site has counted.
//!
//! The models are those of textbooks; where a textbook leaves a rule open (ties, missing data, small counts), METHODS.md says
//! which one is taken here, and why.

mod activation;
mod churn;
mod fields;
mod health;
mod nps;
mod rfm;
mod tiers;

pub use activation::{Reached, breadth, streak, within};
pub use churn::{Activity, Alarm, Level, alarm};
pub use fields::{Field, next_fields};
pub use health::{Health, PRESET, Part, health, scaled};
pub use nps::{Nps, nps};
pub use rfm::{Customer, Rfm, Segment, rfm};
pub use tiers::{Earning, Standing, Tiers};
