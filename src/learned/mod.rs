//! Models that were learned elsewhere: read from their trainers' files, kept in a small file of our own, asked for a value
//! with its reasons.
//!
//! [`Model::import`] reads what LightGBM, XGBoost, scikit-learn (by `www/tools/privateer_export.py`) and PMML write.
//! [`Model::bytes`] is the model file, which a page reads too: `run` is what asks it, there and here, so both answer alike bit
//! for bit. METHODS.md has every rule with its source.

mod draft;
mod file;
mod import;
mod kinds;
mod model;
mod run;

pub use kinds::{Calibration, Feature, Kind, Of, Prediction, Reason};
pub use model::Model;

/// Bounds what is imported or read; a page's model is a few hundred kilobytes.
pub(crate) mod most {
    /// Bytes of a model's file.
    pub(crate) const BYTES: usize = 64 << 20;
    /// Categories of one feature.
    pub(crate) const CATEGORIES: usize = 65_536;
    /// Splits of one tree.
    pub(crate) const SPLITS: usize = 65_534;
    /// Features, and lines that a sum is told in.
    pub(crate) const FEATURES: usize = super::run::FEATURE as usize;
    /// What the predicates of one characteristic, or of a PMML tree, may come to.
    pub(crate) const PLACES: usize = 65_534;
    /// Levels of expressions and predicates.
    pub(crate) const LEVELS: usize = 64;
}
