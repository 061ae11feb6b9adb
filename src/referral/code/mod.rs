//! Referral codes that can be read aloud, and that notice typing mistakes.
//!
//! A code is an optional prefix, then characters of an [`Alphabet`], the last of which is a [check] character. It is
//! [random](Codes::random), or [derived](Codes::derived) from who the advocate is; a server may number its own. None has a
//! [blocked word](blocked) in it. What people type is [repaired](Codes::normalise) before it is compared.

mod alphabet;
pub mod blocked;
pub mod check;
#[cfg(feature = "insights")]
mod clash;
mod derive;
mod draw;
mod identity;
mod length;
mod normalise;
mod permutation;
mod read;
mod vanity;

use alloc::{string::String, vec::Vec};

use blocked::Words as _;
use check::Sum;

pub use alphabet::Alphabet;
#[cfg(feature = "insights")]
pub use clash::clash_odds;
pub use derive::Key;

/// Who makes an advocate's code.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Kind {
    /// The page, at random, at the first visit.
    #[default]
    Random,
    /// The page, from the id of an identified user: the same on every device.
    Derived,
    /// A server; the page makes none.
    Server,
}

/// How a program's codes look. The default knows none at all: see [`Codes::usual`] and [`Codes::read`].
#[derive(Clone, Debug, Default)]
pub struct Codes {
    /// Who makes them.
    pub kind: Kind,
    alphabet: Alphabet,
    /// Characters of a new code, the check character included and the prefix not.
    length: usize,
    check: bool,
    prefix: String,
    vanity: Vec<String>,
    /// The program's own blocked words, parted by spaces.
    words: String,
}

impl Codes {
    /// Random codes of 8 safe characters, the last of which is a check character.
    ///
    /// ```
    /// let codes = privateer::referral::code::Codes::usual();
    /// assert_eq!(codes.normalise(" 2222-2222 ").as_deref(), Some("22222222"));
    /// ```
    pub fn usual() -> Codes {
        Codes { alphabet: Alphabet::safe(), length: length::USUAL, check: true, ..Codes::default() }
    }

    /// The characters that codes are made of.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// How many characters a new code has, the check character included and the prefix not.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether the last character is a check character.
    pub fn has_check(&self) -> bool {
        self.check
    }

    /// What codes begin with, as it is written; empty for nothing.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Characters of a code that can be chosen freely.
    fn free(&self) -> usize {
        self.length.saturating_sub(usize::from(self.check))
    }

    /// Writes the code with these digits: prefix, characters, check character.
    fn spell(&self, digits: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(self.prefix.as_bytes());
        out.extend(digits.iter().map(|digit| self.alphabet.letter(*digit)));
        if self.check {
            out.push(self.alphabet.letter(Sum::of(self.alphabet.size(), digits).closing()));
        }
    }

    /// Whether a code has a blocked word that is not of the prefix alone.
    fn refuses(&self, code: &[u8], words: &(impl blocked::Words + ?Sized)) -> bool {
        words.occur_in(code, self.prefix.len()) || self.words.as_str().occur_in(code, self.prefix.len())
    }
}

/// Letters, digits and a few marks: always text.
fn text(code: Vec<u8>) -> String {
    String::from_utf8(code).unwrap_or_default()
}
