//! What a customer costs who was brought by another.

/// All that a programme cost in some time, over the customers that it brought in that time, in minor units; `None` where it brought
/// none, for then there is no such number.
///
/// `rewards` are what both sides got, less what was taken back; `other` is the rest, such as fees and discounts that came with a
/// link. Rounded to the nearest minor unit, halves away from zero; a sum that no `i64` holds is held at
/// its ends.
///
/// ```
/// use privateer::growth::cost_per_referred;
/// assert_eq!(cost_per_referred(12_000, 3_000, 8), Some(1_875)); // 150.00 over 8
/// assert_eq!(cost_per_referred(1, 0, 2), Some(1)); // half a cent
/// assert_eq!(cost_per_referred(12_000, 0, 0), None);
/// ```
pub fn cost_per_referred(rewards: i64, other: i64, customers: u64) -> Option<i64> {
    let (sum, customers) = (rewards.saturating_add(other), i64::try_from(customers).unwrap_or(i64::MAX));
    if customers == 0 {
        return None;
    }
    let rest = (sum % customers).abs();
    let is_half = rest >= customers - rest;
    Some(sum / customers + if is_half { sum.signum() } else { 0 })
}
