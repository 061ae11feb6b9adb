//! The code that somebody typed.

use super::{
    Codes,
    alphabet::{FOREIGN, SEPARATOR, is_separator, looks, narrow},
    check::Sum,
    length::{LONGEST, SHORTEST},
    text,
};
use alloc::{string::String, vec::Vec};

impl Codes {
    /// The code that is meant by what somebody typed, as it is written; `None` when it cannot be one.
    ///
    /// Spaces, hyphens and dashes are dropped, full-width characters and letters of another case taken for the alphabet's; so are 0
    /// and O, and 1, I and L, if the alphabet has but one of them. A prefix has to be there, with or without its hyphen. Then the length and
    /// the check character decide. With a check character every length from 4 to 20 is taken (and that of a UUID's code), so that codes
    /// stay valid when new ones become longer; without one, only the program's own. Vanity codes that the program lists are
    /// taken as they are. To repair a repaired code changes nothing.
    pub fn normalise(&self, typed: &str) -> Option<String> {
        if let Some(known) = self.vanity.iter().find(|known| is_same(typed, known)) {
            return Some(known.clone());
        }
        let mut code = Vec::with_capacity(self.prefix.len() + LONGEST);
        code.extend_from_slice(self.prefix.as_bytes());
        self.scan(typed, |digit| code.push(self.alphabet.letter(digit))).then(|| text(code))
    }

    /// Whether somebody typed a code: [`Codes::normalise`] without writing it.
    pub fn is_code(&self, typed: &str) -> bool {
        self.vanity.iter().any(|known| is_same(typed, known)) || self.scan(typed, |_| ())
    }

    /// The digits of a typed code, the check digit included.
    pub(super) fn digits_of(&self, typed: &str) -> Option<Vec<u8>> {
        let mut digits = Vec::new();
        self.scan(typed, |digit| digits.push(digit)).then_some(digits)
    }

    /// Hands on the digits one by one; whether they make a code is known at the end.
    fn scan(&self, typed: &str, mut take: impl FnMut(u8)) -> bool {
        let Some(rest) = after(typed, &self.prefix) else { return false };
        let (mut sum, mut count) = (Sum::new(self.alphabet.size()), 0);
        for letter in rest.chars() {
            match self.alphabet.digit(letter) {
                SEPARATOR => {}
                FOREIGN => return false,
                digit => {
                    sum.add(digit);
                    count += 1;
                    take(digit);
                }
            }
        }
        self.fits(count) && (!self.check || sum.is_zero())
    }

    fn fits(&self, length: usize) -> bool {
        length > 0
            && (length == self.length
                || self.check && (SHORTEST..=LONGEST).contains(&length)
                || length > LONGEST && length == self.length_of_uuids())
    }
}

/// What follows in `typed` after `start`, of which hyphens may be left out.
pub(super) fn after<'t>(typed: &'t str, start: &str) -> Option<&'t str> {
    let mut rest = typed.chars();
    for wanted in start.bytes().filter(|wanted| *wanted != b'-') {
        let found = narrow(rest.by_ref().find(|letter| !is_separator(*letter))?);
        if looks(u8::try_from(found).ok()?) != looks(wanted) {
            return None;
        }
    }
    Some(rest.as_str())
}

fn is_same(typed: &str, known: &str) -> bool {
    after(typed, known).is_some_and(|rest| rest.chars().all(is_separator))
}
