//! What runs a model, in the page and everywhere else: the same few functions, so that they agree bit for bit.
//!
//! No allocation, no panic, nothing but `core`: the module that the page loads (`src/predictor`) is this folder and what
//! hands out memory. The file's form is told in METHODS.md, "The model file". Trees alone are unfolded when a model is
//! loaded ([`Plan::unfold`]); everything else is read where it stands.

mod exp;
mod plan;
mod read;
mod terms;
mod unfold;
mod value;
mod walk;

pub(crate) use plan::Plan;
pub(crate) use read::END;
pub(crate) use terms::LENIENT;
pub(crate) use walk::NEARLY_ZERO;

/// What a file begins with: the name of the form and its version.
pub(crate) const MAGIC: usize = u32::from_le_bytes(*b"PVM\x01") as usize;

/// One place of a tree. The children of a node stand side by side, so that a step is one addition.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub(crate) struct Node {
    /// Of a split its threshold, or where the bits of its set are.
    pub at: f64,
    /// Of a split what is expected here, before the question is answered; of a leaf what it says.
    pub says: f64,
    /// Where the left child is, before the right one; 0 in a leaf.
    pub child: u32,
    /// As in the file.
    pub test: u16,
    /// Which line an answer belongs to.
    pub line: u16,
}

/// What a node's first two bytes hold: of a split its feature, of a leaf its attribute (all ones: none), and the bits below.
pub(crate) const FEATURE: u16 = 0x0fff;
/// In the file: the number takes eight bytes; four are enough for the others.
pub(crate) const WIDE: u16 = 0x1000;
/// A set of categories is asked, not a threshold; the number in the file is how many bytes it takes.
pub(crate) const SET: u16 = 0x2000;
/// A zero counts as missing (LightGBM's `zero_as_missing`).
pub(crate) const ZERO: u16 = 0x4000;
/// Both: a leaf.
pub(crate) const LEAF: u16 = SET | ZERO;
/// What is missing goes right.
pub(crate) const RIGHT: u16 = 0x8000;

/// Value, margin, base and rounding stand between a row and the lines.
pub(crate) const HEAD: usize = 4;

/// No line, no field, no code.
pub(crate) const NONE: u16 = u16::MAX;
/// The line of a tree without a split: nobody's, so that it is part of the base.
pub(crate) const NOWHERE: u16 = NONE - 1;

/// What holds for a whole model: the lowest byte of its kinds.
pub(crate) mod flag {
    /// Inputs are rounded to single precision before they are compared (XGBoost, scikit-learn's trees).
    pub(crate) const ROUND: usize = 1;
    /// Leaves are added up in single precision (XGBoost).
    pub(crate) const SINGLE: usize = 2;
    /// Some features have a value for when they are missing.
    pub(crate) const DEFAULTS: usize = 4;
    /// Reasons count what a characteristic is above its baseline, not below.
    pub(crate) const ABOVE: usize = 8;
}

/// From a margin to a value.
pub(crate) mod link {
    pub(crate) const LINKS: usize = 0xff00;
    pub(crate) const IDENTITY: usize = 0;
    pub(crate) const LOGISTIC: usize = 0x100;
    pub(crate) const EXP: usize = 0x200;
    pub(crate) const CLOGLOG: usize = 0x300;
    pub(crate) const LOGLOG: usize = 0x400;
}

/// Calibrations.
pub(crate) mod curve {
    pub(crate) const CURVES: usize = 0xff_0000;
    pub(crate) const NOT: usize = 0;
    pub(crate) const SIGMOID: usize = 0x1_0000;
    pub(crate) const ISOTONIC: usize = 0x2_0000;
    /// It is of the value, not of the margin.
    pub(crate) const OF_VALUE: usize = 0x100_0000;
}
