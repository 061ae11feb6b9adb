//! Codes that follow from who the advocate is: the same on every device, and no two advocates have the same one.
//!
//! An id is a number x, and a code's digits are t and π(x): π is a [permutation](super::permutation) that belongs to the program, and t, the
//! first digit, says how often the code was drawn again because of a blocked word. For each t there is another π, and t has a
//! function of the other digits added to it, so that it does not show. Both can be undone, so a code tells its t and x: two ids
//! never have one code, whatever words are blocked. (Walking on along the permutation from a blocked code to the next, as is done
//! with numbers out of range, would not do: a code whose own number is an id would be reached twice.)
//!
//! The price is a digit: of d characters without the check character, sizeᵈ⁻¹ ids have codes, 887,503,681 with 31 characters
//! and a length of 8. Codes of UUIDs are as long as 128 bits need, and longer than any of numbers.

use super::{
    Codes,
    blocked::Words,
    identity::{Identity, Range, half_of_uuid},
    permutation::{Pair, Permutation, mix},
    text,
};
use crate::{error::Error, referral::sentence};
use alloc::{string::String, vec::Vec};

/// What a program's codes are derived with.
///
/// Not a cipher. Without a secret everybody who knows the program's id can compute the code of an id and the id of a code: what
/// is not to be told must not be derived in a page. A server's secret makes that hard for a bystander, not for somebody who studies
/// many codes: 64 bits and SplitMix64 keep no state secret.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key(u64);

impl Key {
    /// The key of a program; `secret` is for servers, and empty in pages.
    pub fn new(program: &str, secret: &str) -> Key {
        let parted = program.bytes().chain([0xff]).chain(secret.bytes()); // 0xff is in no UTF-8
        Key(parted.fold(1, |key, byte| mix(key ^ u64::from(byte)).wrapping_add(1)))
    }

    fn permutation(self, range: &Range, again: u32) -> Permutation {
        Permutation { key: mix(self.0.wrapping_add(u64::from(again))), moduli: range.moduli }
    }

    /// What hides how often a code was drawn again.
    fn veil(self, [left, right]: Pair, size: u32) -> u32 {
        (mix(mix(self.0 ^ left).wrapping_add(right)) % u64::from(size.max(1))) as u32
    }
}

impl Codes {
    /// The code of an advocate of a program. For a page; see [`Codes::derive`].
    ///
    /// ```
    /// let codes = privateer::referral::code::Codes::usual();
    /// let code = codes.derived("neighbours", "4711", "").unwrap();
    /// assert_eq!(codes.normalise(&code), Some(code));
    /// assert_eq!(codes.derived("neighbours", "ada@example.com", "").unwrap_err().code, "unplaceable-id");
    /// ```
    pub fn derived(&self, program: &str, advocate: &str, words: &(impl Words + ?Sized)) -> Result<String, Error> {
        self.derive(Key::new(program, ""), advocate, words)
    }

    /// The code of an advocate whose id is a whole number (from 0 on, below the number of codes of this length, and below
    /// 2⁶⁴) or a UUID, without any of `words` in it. Another list of words gives another code to the few whose code has one
    /// that is new in it: keep to one list, or keep the codes.
    ///
    /// # Errors
    ///
    /// `unplaceable-id` for other ids, `out-of-range` for a number that is too large for this length, `blocked-words` when every
    /// code of this id has a blocked word.
    pub fn derive(&self, key: Key, advocate: &str, words: &(impl Words + ?Sized)) -> Result<String, Error> {
        match Identity::read(advocate)? {
            Identity::Whole(number) => self.sequential(key, number, words),
            Identity::Uuid(pair) => self.place(key, &Range::of_uuids(self.alphabet.size()), pair, words),
        }
    }

    /// The code of a server's counter: the same as that of the id which is this number.
    ///
    /// # Errors
    ///
    /// `out-of-range` and `blocked-words`, as above.
    pub fn sequential(&self, key: Key, counter: u64, words: &(impl Words + ?Sized)) -> Result<String, Error> {
        let range = self.range();
        let advice = sentence("This id is larger than the number of codes of this length; make codes longer.");
        let pair = range.split(counter).ok_or_else(|| Error::new("out-of-range", "", advice))?;
        self.place(key, &range, pair, words)
    }

    /// The id that a code, as [`Codes::normalise`] gives it, was derived from; `None` where it was not derived with this key, as far as
    /// can be told: codes of whole numbers are dense, so one that was drawn at random usually has an id, too.
    pub fn id_of(&self, key: Key, code: &str) -> Option<String> {
        let size = self.alphabet.size();
        let digits = self.digits_of(code)?;
        let range = [self.range(), Range::of_uuids(size)].into_iter().find(|range| self.digits_for(range) == digits.len())?;
        let (first, rest) = digits.split_first()?;
        let pair = range.pair(rest.get(..range.digits.iter().sum())?, size)?;
        let again = (u32::from(*first) + size - key.veil(pair, size)) % size;
        range.id(key.permutation(&range, again).back(pair))
    }

    /// How many ids that are whole numbers have codes; the largest number there is where there are more.
    pub fn capacity(&self) -> u64 {
        let [first, second] = self.range().moduli;
        first.saturating_mul(second)
    }

    /// The digits of codes of a range, the first and the check digit included.
    fn digits_for(&self, range: &Range) -> usize {
        range.digits.iter().sum::<usize>() + 1 + usize::from(self.check)
    }

    /// How long codes of UUIDs are.
    pub(super) fn length_of_uuids(&self) -> usize {
        2 * half_of_uuid(self.alphabet.size()) + 1 + usize::from(self.check)
    }

    fn range(&self) -> Range {
        Range::of(self.alphabet.size(), self.free().saturating_sub(1))
    }

    fn place(&self, key: Key, range: &Range, pair: Pair, words: &(impl Words + ?Sized)) -> Result<String, Error> {
        let size = self.alphabet.size();
        let (mut digits, mut code) = (Vec::new(), Vec::new());
        for again in 0..size {
            let placed = key.permutation(range, again).forth(pair);
            digits.clear();
            digits.push(((again + key.veil(placed, size)) % size) as u8);
            range.push(placed, size, &mut digits);
            code.clear();
            self.spell(&digits, &mut code);
            if !self.refuses(&code, words) {
                return Ok(text(code));
            }
        }
        let advice = sentence("Every code of this id has a blocked word; block fewer words, or make codes longer.");
        Err(Error::new("blocked-words", "", advice))
    }
}
