//! Codes that somebody wished for.
//!
//! There are two kinds, and neither can be taken for a code that was made, or make one be taken for it:
//!
//! - With a check character after it, a wish of the alphabet's characters is a code like any other: valid everywhere without being listed.
//!   It has another length than codes that are made, so that none of these is ever the same.
//! - As it stands, of letters and digits in general, it is valid where the program lists it, under `codes.vanity`. A wish that would
//!   pass as a code that is made is refused.

use super::{
    Codes,
    alphabet::{FOREIGN, SEPARATOR},
    blocked::Words,
    check,
    length::{LONGEST, SHORTEST},
    text,
};
use crate::error::Error;
use alloc::{string::String, vec::Vec};

impl Codes {
    /// A wish as a code with its check character, behind the prefix: repaired as [`Codes::normalise`] does.
    ///
    /// ```
    /// let codes = privateer::referral::code::Codes::usual();
    /// assert_eq!(codes.vanity("ada-wants", "").as_deref(), Ok("ADAWANTS2"));
    /// ```
    ///
    /// # Errors
    ///
    /// `no-check-character` where codes have none, `foreign-character` for what is not in the alphabet, `out-of-range` for another length than
    /// 4 to 20 with the check character, or that of codes which are made, `blocked-words` for a word that must not be.
    pub fn vanity(&self, wish: &str, words: &(impl Words + ?Sized)) -> Result<String, Error> {
        let wrong = |code, advice| Err(Error::new(code, "", advice));
        if !self.check {
            return wrong("no-check-character", "Codes of this program have no check character; list this code under vanity.");
        }
        let digits: Vec<u8> =
            wish.chars().map(|letter| self.alphabet.digit(letter)).filter(|digit| *digit != SEPARATOR).collect();
        if digits.contains(&FOREIGN) {
            return wrong(
                "foreign-character",
                "A character is not in the program's alphabet; leave it out, or list this code under vanity.",
            );
        }
        if !(SHORTEST..=LONGEST).contains(&(digits.len() + 1)) {
            return wrong("out-of-range", "This is too short or too long: with the check character, 4 to 20 characters.");
        }
        if digits.len() + 1 == self.length {
            return wrong("out-of-range", "Codes that are made have this length; take a character more or fewer.");
        }
        let mut code = Vec::new();
        self.spell(&digits, &mut code);
        if self.refuses(&code, words) {
            return wrong("blocked-words", "This has a blocked word in it.");
        }
        Ok(text(code))
    }

    /// What speaks against listing a code as it stands.
    ///
    /// # Errors
    ///
    /// `foreign-character` for anything but letters, digits and hyphens, `out-of-range` for another length than 4 to 20 without hyphens,
    /// `duplicate-code` for what is a code already, `blocked-words` for a word that must not be.
    pub fn check_listed(&self, wish: &str, words: &(impl Words + ?Sized)) -> Result<(), Error> {
        let wrong = |code, advice| Err(Error::new(code, "", advice));
        if !wish.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return wrong("foreign-character", "A vanity code has letters, digits and hyphens only.");
        }
        if !is_listable(wish) {
            return wrong("out-of-range", "A vanity code has 4 to 20 letters and digits.");
        }
        if self.is_code(wish) {
            return wrong("duplicate-code", "This is a code already; take another one.");
        }
        if words.occur_in(wish.as_bytes(), 0) || self.words.as_str().occur_in(wish.as_bytes(), 0) {
            return wrong("blocked-words", "This has a blocked word in it.");
        }
        Ok(())
    }

    /// Lists a code, if nothing but a blocked word speaks against it, which was for [`Codes::check_listed`] to find; whether it did.
    pub(super) fn list(&mut self, wish: &str) -> bool {
        let fits = is_listable(wish) && !self.is_code(wish);
        if fits {
            self.vanity.push(wish.into());
        }
        fits
    }

    /// Whether a check character exists for the alphabet.
    pub(super) fn can_check(&self) -> bool {
        check::exists(self.alphabet.size())
    }
}

/// Letters and digits, and hyphens besides, as many as a code has characters.
fn is_listable(wish: &str) -> bool {
    let mut count = 0;
    for byte in wish.bytes() {
        count += usize::from(byte.is_ascii_alphanumeric());
        if !byte.is_ascii_alphanumeric() && byte != b'-' {
            return false;
        }
    }
    (SHORTEST..=LONGEST).contains(&count)
}
