//! Lead scores: points from what a visitor did and is, with reasons that sum to the score.

mod check;
mod score;
mod tally;

use crate::base::json::Document;
use alloc::vec::Vec;

pub use tally::Tally;

/// How leads are scored on this site. Rules are read where they stand in the definition.
#[derive(Debug, Default)]
pub struct Model {
    /// Whether leads are scored at all.
    pub scores: bool,
    /// The section of the site definition.
    document: Document,
    minimum: f64,
    maximum: f64,
    /// The places of the rules that can be used.
    rules: Vec<usize>,
}

/// A lead score.
#[derive(Clone, Debug, PartialEq)]
pub struct Score<'d> {
    /// The sum of all reasons' points, in their order.
    pub total: f64,
    /// What made it, largest first; last, where needed, the line that holds it within its bounds.
    pub reasons: Vec<Reason<'d>>,
}

/// One line of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason<'d> {
    /// The rule's id; `cap` or `floor` for the line that holds the total within bounds.
    pub rule: &'d str,
    /// The rule's label for people.
    pub label: &'d str,
    /// What it adds.
    pub points: f64,
    /// How often it matched.
    pub count: i64,
}
