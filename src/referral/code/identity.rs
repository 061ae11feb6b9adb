//! Advocates' ids as pairs of numbers, and pairs of numbers as digits.

use super::permutation::Pair;
use crate::{base::text::push_digits, error::Error, referral::sentence};
use alloc::{string::String, vec::Vec};

/// The range of one kind of ids, and the digits that it takes.
pub(super) struct Range {
    pub moduli: Pair,
    pub digits: [usize; 2],
}

impl Range {
    /// Of so many digits, 2 to 20.
    pub fn of(size: u32, digits: usize) -> Range {
        let digits = [digits - digits / 2, digits / 2];
        Range { moduli: digits.map(|digits| u64::from(size).pow(digits as u32)), digits }
    }

    /// Of 128 bits.
    pub fn of_uuids(size: u32) -> Range {
        Range { moduli: [0, 0], digits: [half_of_uuid(size); 2] }
    }

    /// The pair of a whole number, if it is below m₀·m₁.
    pub fn split(&self, number: u64) -> Option<Pair> {
        let [first, second] = self.moduli;
        let pair = [number.checked_div(second)?, number.checked_rem(second)?];
        (pair[0] < first).then_some(pair)
    }

    /// The id of a pair: a whole number, or a UUID.
    pub fn id(&self, [left, right]: Pair) -> Option<String> {
        let mut id = String::new();
        match self.moduli {
            [0, _] => push_uuid(&mut id, left, right),
            [_, second] => push_digits(&mut id, left.checked_mul(second)?.checked_add(right)?, 10, 1),
        }
        Some(id)
    }

    pub fn push(&self, pair: Pair, size: u32, out: &mut Vec<u8>) {
        for (number, digits) in pair.into_iter().zip(self.digits) {
            let start = out.len();
            let mut rest = number;
            for _ in 0..digits {
                out.push((rest % u64::from(size)) as u8);
                rest /= u64::from(size);
            }
            if let Some(part) = out.get_mut(start..) {
                part.reverse();
            }
        }
    }

    /// The pair that so many digits stand for, if it is in the range.
    pub fn pair(&self, digits: &[u8], size: u32) -> Option<Pair> {
        let (left, right) = digits.split_at_checked(self.digits[0])?;
        let number = |part: &[u8]| {
            part.iter().try_fold(0u64, |number, digit| number.checked_mul(u64::from(size))?.checked_add(u64::from(*digit)))
        };
        Some([number(left)?, number(right)?])
    }
}

/// How many digits 64 bits take.
pub(super) fn half_of_uuid(size: u32) -> usize {
    let mut most = u64::MAX;
    let mut digits = 0;
    while most > 0 {
        most /= u64::from(size.max(2));
        digits += 1;
    }
    digits
}

/// An advocate's id.
pub(super) enum Identity {
    Whole(u64),
    Uuid(Pair),
}

impl Identity {
    /// A whole number as it is usually written, without zeros before it, or a UUID (RFC 9562: 8-4-4-4-12 hexadecimal digits in
    /// whatever case). Two ids that are not the same are never taken for the same one.
    pub fn read(id: &str) -> Result<Identity, Error> {
        let whole = || whole(id).map(Identity::Whole);
        uuid(id).map(Identity::Uuid).or_else(whole).ok_or_else(|| {
            let advice = sentence(
                "A code can be derived from a whole number or a UUID only: of other texts two might get the same code. \
                Give such a number, or let a server make the codes.",
            );
            Error::new("unplaceable-id", "", advice)
        })
    }
}

fn whole(id: &str) -> Option<u64> {
    let mut number = 0u64;
    for byte in id.bytes() {
        let digit = byte.wrapping_sub(b'0');
        number = number.checked_mul(10).filter(|_| digit < 10)?.checked_add(u64::from(digit))?;
    }
    (!id.is_empty() && (id == "0" || !id.starts_with('0'))).then_some(number)
}

fn uuid(id: &str) -> Option<Pair> {
    let mut pair = [0u64; 2];
    for (place, byte) in id.bytes().enumerate() {
        if matches!(place, 8 | 13 | 18 | 23) {
            if byte != b'-' {
                return None;
            }
        } else {
            let half = &mut pair[usize::from(place > 18)];
            *half = *half << 4 | u64::from(char::from(byte).to_digit(16)?);
        }
    }
    (id.len() == 36).then_some(pair)
}

fn push_uuid(id: &mut String, left: u64, right: u64) {
    let parts = [(left >> 32, 8), (left >> 16 & 0xffff, 4), (left & 0xffff, 4), (right >> 48, 4), (right & 0xffff_ffff_ffff, 12)];
    for (number, digits) in parts {
        if !id.is_empty() {
            id.push('-');
        }
        push_digits(id, number, 16, digits);
    }
}
