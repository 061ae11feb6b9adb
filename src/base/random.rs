//! Random choices from a host's random bytes.

use super::{Host, Time, text::push_digits};
use alloc::string::String;

/// A UUID version 7 (RFC 9562): 48 bits of time in ms, 12 bits of `sequence`, 62 random bits.
///
/// Ids sort by their time, and within a millisecond by the sequence number (RFC 9562, 6.2, method 1).
pub fn uuid(host: &dyn Host, now: Time, sequence: i64) -> String {
    let mut bytes = [0u8; 16];
    host.fill(&mut bytes);
    let first = (now.0 as u64) << 16 | 0x7000 | sequence as u64 & 0x0fff;
    let second = 1 << 63 | u128::from_be_bytes(bytes) as u64 & u64::MAX >> 2;
    let mut text = String::new();
    let mut push = |number: u64, digits| {
        if !text.is_empty() {
            text.push('-');
        }
        push_digits(&mut text, number, 16, digits);
    };
    push(first >> 32, 8);
    push(first >> 16 & 0xffff, 4);
    push(first & 0xffff, 4);
    push(second >> 48, 4);
    push(second & 0xffff_ffff_ffff, 12);
    text
}

/// A number from 0 to `bound - 1`, each equally likely: bytes past the last whole multiple are thrown away.
///
/// `bound` is 1 to 256.
pub fn below(host: &dyn Host, bound: u32) -> u32 {
    let last_fair = 256 - 256 % bound;
    loop {
        let mut byte = [0u8];
        host.fill(&mut byte);
        if u32::from(byte[0]) < last_fair {
            return u32::from(byte[0]) % bound;
        }
    }
}

/// A number from 0 (included) to 1 (excluded), in steps of 2⁻³².
pub fn fraction(host: &dyn Host) -> f64 {
    let mut bytes = [0u8; 4];
    host.fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / 4_294_967_296.0
}
