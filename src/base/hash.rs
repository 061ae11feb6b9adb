//! Bucketing hashes, exactly as GrowthBook's SDKs compute them.

use alloc::string::String;

/// FNV-1a, 32 bits, over UTF-16 code units: each whole 16-bit unit is mixed in at once.
///
/// For ASCII this is the usual byte-wise FNV-1a; beyond it the results differ, and only this variant agrees
/// with the JavaScript SDKs. Constants: Fowler, Noll, Vo (offset basis 0x811c9dc5, prime 0x01000193).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fnv(u32);

impl Fnv {
    /// The state before any text.
    pub const START: Fnv = Fnv(0x811c_9dc5);

    /// The state after `text`.
    #[must_use]
    pub fn text(self, text: &str) -> Fnv {
        let mut state = self;
        if text.is_ascii() {
            for byte in text.bytes() {
                state = state.unit(u32::from(byte));
            }
        } else {
            for unit in text.encode_utf16() {
                state = state.unit(u32::from(unit));
            }
        }
        state
    }

    /// The hash.
    pub fn value(self) -> u32 {
        self.0
    }

    /// The slot of a table with `size` slots; 0 for an empty table.
    pub fn slot(self, size: usize) -> usize {
        (self.0 as usize).checked_rem(size).unwrap_or(0)
    }

    /// The state after the decimal digits of `number`.
    fn decimal(self, mut number: u32) -> Fnv {
        // Digits come last first, ten at most; divisions by a constant are multiplications to those who compile this.
        let mut digits = 0u64;
        let mut count = 0;
        while count == 0 || number > 0 {
            digits = digits << 4 | u64::from(number % 10);
            number /= 10;
            count += 1;
        }
        let mut state = self;
        while count > 0 {
            state = state.unit(u32::from(b'0') + (digits & 15) as u32);
            digits >>= 4;
            count -= 1;
        }
        state
    }

    fn unit(self, unit: u32) -> Fnv {
        Fnv((self.0 ^ unit).wrapping_mul(0x0100_0193))
    }
}

/// A bucketing hash with its seed worked in.
///
/// Version 1 has 1,000 places and correlates between similarly named experiments; version 2 has 10,000 places
/// and does not. Source: GrowthBook SDK specification 0.12.0.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// The state before the value: version 2 begins with the seed.
    start: Fnv,
    /// What follows the value: version 1 ends with the seed.
    end: String,
    second: bool,
}

impl Seeded {
    /// Version 1 or 2 of the hash; `None` for any other.
    pub fn new(seed: &str, version: f64) -> Option<Seeded> {
        match version {
            1.0 => Some(Seeded { start: Fnv::START, end: seed.into(), second: false }),
            2.0 => Some(Seeded { start: Fnv::START.text(seed), end: String::new(), second: true }),
            _ => None,
        }
    }

    /// Whether this is version 1.
    pub fn is_first(&self) -> bool {
        !self.second
    }

    /// Where `value` falls on the line from 0 (included) to 1 (excluded).
    pub fn place(&self, value: &str) -> f64 {
        let once = self.start.text(value).text(&self.end);
        if self.second { f64::from(Fnv::START.decimal(once.0).0 % 10_000) / 10_000.0 } else { f64::from(once.0 % 1000) / 1000.0 }
    }
}

/// Where `value` falls on the line from 0 (included) to 1 (excluded); `None` for an unknown version.
///
/// ```
/// use privateer::base::hash::place;
/// assert_eq!(place("b", "seed", 1.0), Some(0.156));
/// assert_eq!(place("b", "seed", 3.0), None);
/// ```
pub fn place(value: &str, seed: &str, version: f64) -> Option<f64> {
    Some(Seeded::new(seed, version)?.place(value))
}
