//! The characters that codes are made of, and what people type in their place.

use alloc::{string::String, vec::Vec};

/// What a typed character is when it is none of a code.
pub(super) const FOREIGN: u8 = 255;
/// What parts a code to make it readable, and means nothing.
pub(super) const SEPARATOR: u8 = 254;

/// 2 to 64 different characters. A character's place among them, from 0 on, is its digit.
#[derive(Clone, Debug, Default)]
pub struct Alphabet {
    letters: Vec<u8>,
    /// The digit of every ASCII character, as it is typed.
    digits: Vec<u8>,
}

impl Alphabet {
    /// `23456789ABCDEFGHJKMNPQRSTUVWXYZ`: digits and capitals without 0, 1, I, L and O, which are taken for each other. Their number,
    /// 31, is prime.
    pub fn safe() -> Alphabet {
        Alphabet::of(capitals(b"01ILO"))
    }

    /// The alphabet of that name: `safe`, `crockford` (32: digits and capitals without I, L, O and U; Douglas Crockford's Base 32),
    /// `lower` (the safe ones in lower case) or `numeric`; otherwise the characters of the text itself, if they make an alphabet: 2 to
    /// 64 letters, digits, dots and tildes, none of them twice. None of these is ever encoded in an address (RFC 3986, 2.3), and
    /// hyphens and spaces are left to part codes.
    ///
    /// Without `vowels` A, E, I, O, U and Y are left out, and what is read as one of them: 0, 1, 3, 4, L and V. So no code is a word in any
    /// language. Of `safe` and `crockford` the same 24 characters stay. An alphabet of digits alone spells nothing and stays as it is.
    ///
    /// ```
    /// use privateer::referral::code::Alphabet;
    /// assert_eq!(Alphabet::named("crockford", true).map(|alphabet| alphabet.size()), Some(32));
    /// assert_eq!(Alphabet::named("crockford", false).map(|alphabet| alphabet.size()), Some(24));
    /// assert_eq!(Alphabet::named("ABC-", true).map(|alphabet| alphabet.size()), None);
    /// ```
    pub fn named(name: &str, vowels: bool) -> Option<Alphabet> {
        let mut letters = match name {
            "safe" | "lower" => capitals(b"01ILO"),
            "crockford" => capitals(b"ILOU"),
            "numeric" => b"0123456789".to_vec(),
            _ => name.into(),
        };
        if name == "lower" {
            letters.make_ascii_lowercase();
        }
        if !vowels && letters.iter().any(u8::is_ascii_alphabetic) {
            letters.retain(|letter| !has(b"AEIOUYLV0134", letter.to_ascii_uppercase()));
        }
        is_alphabet(&letters).then(|| Alphabet::of(letters))
    }

    /// How many characters there are.
    pub fn size(&self) -> u32 {
        self.letters.len() as u32
    }

    /// The characters in their order.
    pub fn letters(&self) -> String {
        super::text(self.letters.clone())
    }

    /// The character of a digit.
    pub(super) fn letter(&self, digit: u8) -> u8 {
        self.letters.get(usize::from(digit)).copied().unwrap_or(b'?')
    }

    /// The digit of a typed character, or [`SEPARATOR`] or [`FOREIGN`].
    pub(super) fn digit(&self, typed: char) -> u8 {
        let typed = if typed.is_ascii() { typed as u32 } else { narrow(typed) };
        self.digits.get(typed as usize).copied().unwrap_or(FOREIGN)
    }

    fn of(letters: Vec<u8>) -> Alphabet {
        let mut digits = Vec::new();
        for typed in 0..128 {
            digits.push(meant(&letters, typed));
        }
        Alphabet { letters, digits }
    }
}

/// The digits, then the capitals, without those that are dropped.
fn capitals(dropped: &[u8]) -> Vec<u8> {
    let mut letters = Vec::new();
    for letter in b'0'..=b'Z' {
        if letter.is_ascii_alphanumeric() && !has(dropped, letter) {
            letters.push(letter);
        }
    }
    letters
}

fn is_alphabet(letters: &[u8]) -> bool {
    let mut rest = letters;
    while let [letter, others @ ..] = rest {
        if !(letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'~')) || has(others, *letter) {
            return false;
        }
        rest = others;
    }
    (2..=64).contains(&letters.len())
}

#[allow(clippy::manual_contains)] // `contains` would bring a search to the page that is fast in long lists
fn has(letters: &[u8], letter: u8) -> bool {
    letters.iter().any(|other| *other == letter)
}

/// The digit that is meant: of the character itself, else of its other case, else of the first that looks like it.
fn meant(letters: &[u8], typed: u8) -> u8 {
    if is_separator(char::from(typed)) {
        return SEPARATOR;
    }
    let mut found = FOREIGN;
    let mut likeness = 0;
    for (digit, letter) in letters.iter().enumerate() {
        let alike =
            u8::from(looks(*letter) == looks(typed)) + u8::from(letter.eq_ignore_ascii_case(&typed)) + u8::from(*letter == typed);
        if alike > likeness {
            (found, likeness) = (digit as u8, alike);
        }
    }
    found
}

/// What a character looks like: 0 and O, 1, I and L alike, and capitals like small letters.
pub(super) fn looks(letter: u8) -> u8 {
    match letter.to_ascii_uppercase() {
        b'0' => b'O',
        b'1' | b'L' => b'I',
        other => other,
    }
}

/// Whether a character parts a code to make it readable: a space, an end of line or a hyphen, in whatever form.
pub(super) fn is_separator(typed: char) -> bool {
    matches!(narrow(typed), 9..=13 | 32 | 45)
}

/// The ASCII character of a full-width one, and a space for Unicode's other spaces, invisible marks and dashes; the rest as it is.
pub(super) fn narrow(typed: char) -> u32 {
    match typed as u32 {
        wide @ 0xff01..=0xff5e => wide - 0xfee0,
        0xa0 | 0xad | 0x2000..=0x2015 | 0x2028..=0x202f | 0x2060 | 0x2212 | 0x3000 | 0xfeff => 32,
        other => other,
    }
}
