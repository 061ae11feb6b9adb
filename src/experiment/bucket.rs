//! From a place on the line from 0 to 1 to a variation.

use crate::base::json::Json;

/// Whether `place` lies in the range `[start, end]`; the start belongs to it, the end does not.
pub fn holds(range: Json<'_>, place: f64) -> bool {
    range.item_number(0).is_some_and(|start| start <= place) && range.item_number(1).is_some_and(|end| place < end)
}

/// The variation that owns `place`: by the rule's `ranges`, else by its weights and coverage.
pub fn choose(rule: Json<'_>, count: usize, place: f64) -> Option<usize> {
    match rule.get("ranges").filter(|ranges| ranges.is_list() && ranges.item(0).is_some()) {
        Some(ranges) => ranges.children().position(|range| holds(range, place)),
        None => by_weight(rule, count, place),
    }
}

/// Each variation owns a part of the line as long as its weight; coverage takes the first share of each part, so
/// that raising it moves nobody to another variation.
///
/// Plain doubles in exactly this order of operations: a different rounding would move visitors at the seams.
fn by_weight(rule: Json<'_>, count: usize, place: f64) -> Option<usize> {
    let coverage = rule.get_number("coverage").unwrap_or(1.0);
    #[allow(clippy::manual_clamp)] // clamp's assertion brings float formatting, 20 KB
    let coverage = coverage.max(0.0).min(1.0);
    let weights = rule.get("weights").filter(|weights| fits(*weights, count));
    let mut start = 0.0;
    for index in 0..count {
        let weight = weights.map_or(1.0 / count as f64, |weights| weights.item_number(index).unwrap_or(0.0));
        if start <= place && place < start + coverage * weight {
            return Some(index);
        }
        start += weight;
    }
    None
}

/// Weights of the wrong number, or that do not sum to 1 within 0.01, are replaced by equal ones.
fn fits(weights: Json<'_>, count: usize) -> bool {
    let sum = weights.children().fold(0.0, |sum, weight| sum + weight.number().unwrap_or(f64::NAN));
    weights.is_list() && weights.children().count() == count && (0.99..=1.01).contains(&sum)
}
