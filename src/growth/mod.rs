//! Where customers stand: what they are worth, how they are, who is about to leave, whom they bring. Pure functions over what a site has counted.
//!
//! The models are those of textbooks; where a textbook leaves a rule open (ties, missing data, small counts), METHODS.md says
//! which one is taken here, and why.

mod activation;
mod bg_nbd;
mod bg_nbd_fit;
mod churn;
mod cost;
mod cycle;
mod fields;
mod health;
mod leaderboard;
mod lifecycle;
mod nps;
mod projection;
mod referred;
mod rfm;
mod silence;
mod tiers;
mod tree;
mod viral;
mod waitlist;

pub use activation::{Reached, breadth, in_a_row, local_day, streak, within};
pub use bg_nbd::{BgNbd, Purchases};
pub use bg_nbd_fit::BgNbdFit;
pub use churn::{Activity, Alarm, Events, Level, alarm};
pub use cost::cost_per_referred;
pub use cycle::{Cycle, Follow, Invitation, cycle};
pub use fields::{Field, next_fields};
pub use health::{Health, PRESET, Part, health, scaled};
pub use leaderboard::{Leader, leaderboard};
pub use lifecycle::LIFECYCLES;
pub use nps::{Nps, nps};
pub use projection::Projection;
pub use referred::Referral;
pub use rfm::{Customer, Rfm, Segment, rfm};
pub use silence::{Missing, Patience, Signs, Silence, silence};
pub use tiers::{Earning, Standing, Tiers};
pub use tree::{Cut, Member, Tree, Why, tree};
pub use viral::{Conversion, KFactor, k_factor};
pub use waitlist::{Place, Waiting, waitlist};
