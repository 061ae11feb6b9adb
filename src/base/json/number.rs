//! Reading numbers.

use super::scan::byte;
use crate::base::Host;

/// The number that a text has at a place, and where it ends; `None` for what is no number.
///
/// A mantissa up to 2⁵³ with up to 22 decimals is exact by one division (Clinger 1990); the host reads the rest.
pub fn number(text: &str, start: usize, host: &dyn Host) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let negative = byte(bytes, start) == b'-';
    let first = start + usize::from(negative);
    let mut mantissa = 0;
    let mut at = digits(bytes, first, &mut mantissa);
    let mut valid = at == first + 1 || at > first && byte(bytes, first) != b'0';
    let mut count = at - first;
    let mut decimals = 0;
    if byte(bytes, at) == b'.' {
        let end = digits(bytes, at + 1, &mut mantissa);
        decimals = end - at - 1;
        count += decimals;
        valid &= decimals > 0;
        at = end;
    }
    let exponent = matches!(byte(bytes, at), b'e' | b'E');
    if exponent {
        let sign = usize::from(matches!(byte(bytes, at + 1), b'+' | b'-'));
        let end = digits(bytes, at + 1 + sign, &mut 0);
        valid &= end > at + 1 + sign;
        at = end;
    }
    if !valid {
        return None;
    }
    let exact = !exponent && count < 20 && mantissa <= 1 << 53;
    let number = match POWERS.get(decimals).filter(|_| exact) {
        Some(power) => mantissa as f64 / power,
        None => return Some((host.parse_number(text.get(start..at)?), at)),
    };
    Some((if negative { -number } else { number }, at))
}

/// Passes over digits and appends them to `number`, which wraps around past 19 of them.
fn digits(bytes: &[u8], mut at: usize, number: &mut u64) -> usize {
    while let digit @ b'0'..=b'9' = byte(bytes, at) {
        *number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    at
}

static POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];
