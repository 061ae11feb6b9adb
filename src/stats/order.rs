//! Putting things in order.

use core::cmp::Ordering;

/// The places 0 to `count` - 1 in the order of what stands there, equal things as they stood.
///
/// Of numbers and comparisons as values, so that one sort serves all: each more that the compiler makes for a type of its own is 1 KB of
/// the insights module (brotli).
///
/// ```
/// # use privateer::stats::order;
/// let names = ["carol", "bob", "alice", "bob"];
/// assert_eq!(order(4, &|one, other| names[one].cmp(names[other])), [2, 1, 3, 0]);
/// ```
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}

/// Numbers in rising order; what is none stands at the ends (`f64::total_cmp`).
pub fn sorted(numbers: &[f64]) -> Vec<f64> {
    order(numbers.len(), &|one, other| numbers[one].total_cmp(&numbers[other])).into_iter().map(|place| numbers[place]).collect()
}
