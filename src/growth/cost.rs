//! What a customer costs who was brought by another.

/// All that a programme cost in some time, over the customers that it brought in that time, in minor units; `None` where it brought
/// none, for then there is no such number.
///
/// `rewards` are what both sides got, less what was taken back; `other` is the rest, such as fees and discounts that came with a
/// link. Rounded to the nearest minor unit, halves away from zero; what no `i64` holds is held at its ends.
///
/// ```
/// use privateer::growth::cost_per_referred;
/// assert_eq!(cost_per_referred(120_00, 30_00, 8), Some(18_75)); // 150.00 over 8
/// assert_eq!(cost_per_referred(1, 0, 2), Some(1)); // half a cent
/// assert_eq!(cost_per_referred(120_00, 0, 0), None);
/// ```
pub fn cost_per_referred(rewards: i64, other: i64, customers: u64) -> Option<i64> {
    let (sum, customers) = (i128::from(rewards) + i128::from(other), i128::from(customers));
    if customers == 0 {
        return None;
    }
    let rounded = (2 * sum.abs() + customers) / (2 * customers) * sum.signum();
    Some(rounded.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
}
