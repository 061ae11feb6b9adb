//! A keyed permutation of pairs of numbers: what comes in order goes out without any to be seen.
//!
//! A Feistel network of eight rounds whose halves are numbers below m₀ and m₁, as in NIST's FF1 (SP 800-38G): in turn, each half has a
//! function of the other one added to it, modulo its own m. Adding can be undone whatever the function is, so every round is a
//! bijection of the m₀·m₁ pairs, and all of them together are one. Nothing has to be tried again, for no pair leaves the range.
//!
//! The function is the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). That mixes
//! well and is no cipher: see [`Key`](super::Key).

const ROUNDS: [u64; 4] = [0, 2, 4, 6]; // and each time the next
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Two numbers, each below its modulus. A modulus of 0 is 2⁶⁴.
pub(super) type Pair = [u64; 2];

/// One of the permutations of the pairs below `moduli`.
pub(super) struct Permutation {
    pub key: u64,
    pub moduli: Pair,
}

impl Permutation {
    /// Where a pair goes.
    pub fn forth(&self, [mut left, mut right]: Pair) -> Pair {
        let [first, second] = self.moduli;
        for round in ROUNDS {
            left = add(left, self.of(round, right), first);
            right = add(right, self.of(round + 1, left), second);
        }
        [left, right]
    }

    /// Where a pair came from.
    pub fn back(&self, [mut left, mut right]: Pair) -> Pair {
        let [first, second] = self.moduli;
        for round in ROUNDS.into_iter().rev() {
            right = subtract(right, self.of(round + 1, left), second);
            left = subtract(left, self.of(round, right), first);
        }
        [left, right]
    }

    fn of(&self, round: u64, half: u64) -> u64 {
        mix(half ^ mix(self.key.wrapping_add(GOLDEN.wrapping_mul(round + 1))))
    }
}

fn add(one: u64, other: u64, modulus: u64) -> u64 {
    one.wrapping_add(remainder(other, modulus)).checked_rem(modulus).unwrap_or(one.wrapping_add(other))
}

fn subtract(one: u64, other: u64, modulus: u64) -> u64 {
    add(one, modulus.wrapping_sub(remainder(other, modulus)), modulus)
}

fn remainder(number: u64, modulus: u64) -> u64 {
    number.checked_rem(modulus).unwrap_or(number)
}

/// SplitMix64's finaliser: a bijection in which every bit of the number moves about half of those that come out.
pub(super) fn mix(number: u64) -> u64 {
    let mixed = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
