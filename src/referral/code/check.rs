//! The check character: every single wrong character is noticed, and every swap of two neighbours.
//!
//! Digits are elements of a ring R with as many elements as the alphabet has characters; the sum of a code d₁ … dₙ is
//! s = ((d₁·r + d₂)·r + …)·r + dₙ, and the check character is the one that makes it 0. A wrong character changes s by
//! (d - d')·rᵏ, a swap of neighbours by (d - d')·(r - 1)·rᵏ. So where r and r - 1 are both units of R, neither ever gives 0 for
//! two different characters. With N = 2ᵇ·m and m odd, R is GF(2ᵇ) × ℤ/m:
//!
//! - in ℤ/m, r = 2: 2 and 1 are units for every odd m. For m = 31 r is 21, the inverse of 3: of order 30, so that swaps
//!   at any distance are noticed, where 2 has order 5 and would miss those five places apart;
//! - in GF(2ᵇ), r is the element x, and x and x + 1 are units for b ≥ 2.
//!
//! GF(2) has no such r, so N = 2, 6, 10, 14, … have no linear check. (For N > 2, N ≠ 6, other quasigroups exist: H. M. Damm,
//! "Total anti-symmetrische Quasigruppen", Marburg 2004.) For 10 characters Damm's own quasigroup is here; else there is none, and
//! one character more or fewer makes it possible.

/// Whether there is a check character for an alphabet of so many characters.
pub fn exists(size: u32) -> bool {
    size % 4 != 2 || size == 10
}

/// The sum of a code's digits so far.
///
/// ```
/// use privateer::referral::code::check::Sum;
/// assert_eq!(Sum::of(10, &[5, 7, 2]).closing(), 4); // Wikipedia's example of Damm's algorithm
/// assert!(Sum::of(31, &[0, 0, 0]).is_zero() && !Sum::of(31, &[0, 1, 0]).is_zero());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    size: u32,
    bits: u32,
    /// m, and r in ℤ/m.
    odd: u64,
    factor: u64,
    /// The part in GF(2ᵇ), or in Damm's quasigroup, and that in ℤ/m, which is not always below m.
    field: u32,
    rest: u64,
}

impl Sum {
    /// Of no digits. `size` is one for which a check [exists].
    pub fn new(size: u32) -> Sum {
        let bits = size.trailing_zeros() & 7;
        let odd = u64::from(size >> bits).max(1);
        Sum { size, bits, odd, factor: if odd == 31 { 21 } else { 2 }, field: 0, rest: 0 }
    }

    /// Of these digits.
    pub fn of(size: u32, digits: &[u8]) -> Sum {
        let mut sum = Sum::new(size);
        for digit in digits {
            sum.add(*digit);
        }
        sum
    }

    /// Goes on with a digit.
    #[inline(always)]
    pub fn add(&mut self, digit: u8) {
        if self.size == 10 {
            self.field = damm(self.field, digit);
            return;
        }
        if self.bits > 0 {
            self.field = double(self.field, self.bits) ^ u32::from(digit) & ((1 << self.bits) - 1);
        }
        self.rest = self.rest * self.factor + u64::from(digit >> self.bits);
        if self.rest >> 56 != 0 {
            self.rest %= self.odd; // a division takes longer than all the rest of this, so it is left for when it must be
        }
    }

    /// Whether the digits, the check digit last, belong together.
    pub fn is_zero(self) -> bool {
        self.field == 0 && self.rest.is_multiple_of(self.odd)
    }

    /// The check digit that belongs after the digits.
    pub fn closing(self) -> u8 {
        if self.size == 10 {
            return self.field as u8;
        }
        let over = self.rest * self.factor % self.odd;
        let rest = if over == 0 { 0 } else { self.odd - over };
        ((rest as u32) << self.bits | double(self.field, self.bits)) as u8
    }
}

/// x times an element of GF(2ᵇ), modulo x⁵ + x² + 1 for b = 5 and xᵇ + x + 1 else: irreducible for 2 to 6 (Lidl and Niederreiter,
/// "Finite Fields", 2nd edition, table C).
fn double(element: u32, bits: u32) -> u32 {
    let twice = element << 1;
    let over = twice >> bits & 1;
    twice ^ (over * (1 << bits | if bits == 5 { 5 } else { 3 }))
}

/// Damm's quasigroup of order 10, one row of ten digits a number.
fn damm(interim: u32, digit: u8) -> u32 {
    let row: u64 = match interim {
        0 => 0x03_1759_8642,
        1 => 0x70_9215_4863,
        2 => 0x42_0687_1359,
        3 => 0x17_5098_3426,
        4 => 0x61_2304_5978,
        5 => 0x36_7420_9581,
        6 => 0x58_6972_0134,
        7 => 0x89_4536_2017,
        8 => 0x94_3861_7205,
        _ => 0x25_8143_6790,
    };
    (row >> (36 - 4 * u32::from(digit.min(9))) & 15) as u32
}
