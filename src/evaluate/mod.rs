//! How good predictions are, and how to make them honest: what was predicted of each case against what became of it.
//!
//! [`evaluate`] asks three questions. Are those who will convert put first (area under the curve, lift)? Are the probabilities true
//! (calibration bins, expected calibration error)? And both at once (Brier score, log loss). [`Platt`] and [`Isotonic`] learn from
//! outcomes what a prediction is worth. Everything here is for cases that **nothing was learned from**: a model, and a calibration, look
//! better on their own training cases than they are.

mod auc;
mod bins;
mod isotonic;
mod lift;
mod loss;
mod platt;
mod report;
mod sample;

pub use auc::RocPoint;
pub use bins::{BINS, Bin};
pub use isotonic::{Isotonic, increasing};
pub use lift::LIFT_SHARE;
pub use platt::Platt;
pub use report::{Evaluation, evaluate};
pub use sample::Sample;
