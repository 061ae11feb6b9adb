//! What stands where in a model's file.

use super::{
    MAGIC,
    curve::{CURVES, ISOTONIC, SIGMOID},
    flag,
    read::Reader,
};

/// A model's sizes and places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    /// How many numbers a row has.
    pub features: usize,
    /// How many lines a sum has, besides its base and the rounding.
    pub lines: usize,
    /// How many reason codes there are.
    pub codes: usize,
    /// Flags, link and calibration.
    pub kinds: usize,
    pub tree_count: usize,
    pub term_count: usize,
    pub base: f64,
    /// The base with what all trees expect.
    pub constant: f64,
    /// What the link multiplies a margin with.
    pub scale: f64,
    // How many bytes are left where these begin.
    pub defaults: usize,
    pub curve: usize,
    pub attributes: usize,
    pub trees: usize,
    pub terms: usize,
}

/// A baseline, a slope, a field and a code.
pub(super) const ATTRIBUTE_BYTES: usize = 20;

impl Plan {
    /// How many places the trees of a file can take: eight bytes or more make one, ten or more two.
    pub fn most_nodes(length: usize) -> usize {
        length / 4
    }

    /// Finds its way through the fixed part of a file, whose header names so many features, lines and codes; `None` where it is none.
    /// Whether all was there is seen at the end of [`Plan::unfold`].
    pub fn of(file: &[u8], features: usize, lines: usize, codes: usize) -> Option<Plan> {
        let mut reader = Reader(file);
        if reader.long() != MAGIC {
            return None;
        }
        let header = reader.long();
        reader.take(header);
        let mut plan = Plan {
            features,
            lines,
            codes,
            kinds: reader.long(),
            tree_count: reader.long(),
            term_count: reader.long(),
            base: reader.double(),
            constant: reader.double(),
            scale: reader.double(),
            defaults: reader.left(),
            curve: 0,
            attributes: 0,
            trees: 0,
            terms: 0,
        };
        reader.take(if plan.kinds & flag::DEFAULTS == 0 { 0 } else { 8 * features });
        plan.curve = reader.left();
        let bytes = match plan.kinds & CURVES {
            SIGMOID => 16,
            ISOTONIC => reader.long().saturating_mul(16),
            _ => 0,
        };
        reader.take(bytes);
        let attributes = reader.short();
        plan.attributes = reader.left();
        reader.take(attributes * ATTRIBUTE_BYTES);
        plan.trees = reader.left();
        Some(plan)
    }
}
