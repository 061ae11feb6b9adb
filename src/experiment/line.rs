//! The line from 0 to 1 on which visitors are placed by a hash.

use crate::base::{
    Host,
    hash::Seeded,
    json::{Json, Writer, children},
};
use alloc::vec::Vec;

/// From (included) and to (excluded).
pub type Range = (f64, f64);

/// How an attribute is hashed to a place on the line, and the parts of the line that count.
#[derive(Debug)]
pub struct Line {
    /// The number of the hashed attribute.
    pub attribute: usize,
    /// The seeded hash; `None` for an unknown version of it.
    pub hash: Option<Seeded>,
    /// The parts, in order.
    pub ranges: Vec<Range>,
}

impl Line {
    /// The place of a text; `None` for an unknown version of the hash.
    pub fn place(&self, text: &str) -> Option<f64> {
        Some(self.hash.as_ref()?.place(text))
    }

    /// Whether it is hashed by version 1, under which experiments of similar names are not independent.
    pub fn is_weak(&self) -> bool {
        self.hash.as_ref().is_some_and(Seeded::is_first)
    }

    /// Whether the place of a text lies in one of the parts.
    pub fn holds(&self, text: &str) -> bool {
        self.place(text).is_some_and(|place| choose(&self.ranges, place).is_some())
    }
}

/// The first range that a place lies in.
pub fn choose(ranges: &[Range], place: f64) -> Option<usize> {
    ranges.iter().position(|(start, end)| *start <= place && place < *end)
}

/// A range of a definition; an empty one for what is none.
pub fn range(value: Json<'_>) -> Range {
    (value.item_number(0).unwrap_or(f64::NAN), value.item_number(1).unwrap_or(f64::NAN))
}

/// The ranges of a definition.
pub fn ranges(value: Option<Json<'_>>) -> Vec<Range> {
    let mut ranges = Vec::new();
    for part in children(value.filter(|value| value.is_list())) {
        ranges.push(range(part));
    }
    ranges
}

/// The line shared out: each variation owns a part as long as its weight, and coverage takes the first share of
/// each part, so that raising it moves nobody to another variation.
///
/// Weights of the wrong number, or that do not sum to 1 within 0.01, are replaced by equal ones. Plain doubles in
/// exactly this order of operations: a different rounding would move visitors at the seams.
pub fn shared_out(count: usize, coverage: f64, weights: Option<Json<'_>>) -> Vec<Range> {
    #[allow(clippy::manual_clamp)] // clamp's assertion brings float formatting, 20 KB
    let coverage = coverage.max(0.0).min(1.0);
    let weights = weights.filter(|weights| fits(*weights, count));
    let mut start = 0.0;
    let mut ranges = Vec::with_capacity(count);
    for index in 0..count {
        let weight = weights.map_or(1.0 / count as f64, |weights| weights.item_number(index).unwrap_or(0.0));
        ranges.push((start, start + coverage * weight));
        start += weight;
    }
    ranges
}

fn fits(weights: Json<'_>, count: usize) -> bool {
    let sum = weights.children().fold(0.0, |sum, weight| sum + weight.number().unwrap_or(f64::NAN));
    weights.is_list() && weights.length() == count && (0.99..=1.01).contains(&sum)
}

/// A namespace is `[id, from, to]`, always by version 1 of the hash. Nobody is in what is none.
pub fn namespace(namespace: Json<'_>, attribute: usize) -> Line {
    let id = namespace.item(0).and_then(Json::string);
    let part = (namespace.item_number(1).unwrap_or(f64::NAN), namespace.item_number(2).unwrap_or(f64::NAN));
    let hash = id.and_then(|id| Seeded::new(&["__", id].concat(), 1.0));
    Line { attribute, hash, ranges: alloc::vec![part] }
}

/// Writes `[[from, to], …]`.
pub fn write(ranges: &[Range], out: &mut Writer, host: &dyn Host) {
    out.open('[');
    for (from, to) in ranges {
        out.open('[').number(*from, host).number(*to, host).close(']');
    }
    out.close(']');
}
