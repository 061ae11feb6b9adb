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
    /// ```
    /// use privateer::referral::code::Alphabet;
    /// assert_eq!(Alphabet::named("crockford").map(|alphabet| alphabet.size()), Some(32));
    /// assert_eq!(Alphabet::named("ABC-").map(|alphabet| alphabet.size()), None);
    /// ```
    pub fn named(name: &str) -> Option<Alphabet> {
        let letters = match name {
            "safe" => capitals(b"01ILO"),
            "crockford" => capitals(b"ILOU"),
            "lower" => capitals(b"01ILO").iter().map(u8::to_ascii_lowercase).collect(),
            "numeric" => (b'0'..=b'9').collect(),
            _ => name.bytes().collect(),
        };
        is_alphabet(&letters).then(|| Alphabet::of(letters))
    }

    /// The same without A, E, I, O, U and Y, and without what is read as one of them: 0, 1, 3, 4, L and V. So no code is a word in any
    /// language. Of `safe` and `crockford` the same 24 stay. An alphabet of digits alone spells nothing and stays as it is; `None`
    /// where fewer than 2 would stay.
    pub fn without_vowels(&self) -> Option<Alphabet> {
        let mut letters = self.letters.clone();
        if letters.iter().any(u8::is_ascii_alphabetic) {
            letters.retain(|letter| !b"AEIOUYLV0134".contains(&letter.to_ascii_uppercase()));
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
        let digits = (0..128).map(|typed| meant(&letters, typed)).collect();
        Alphabet { letters, digits }
    }
}

/// The digits, then the capitals, without those that are dropped.
fn capitals(dropped: &[u8]) -> Vec<u8> {
    (b'0'..=b'9').chain(b'A'..=b'Z').filter(|letter| !dropped.contains(letter)).collect()
}

fn is_alphabet(letters: &[u8]) -> bool {
    let fits = |letter: &u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'~');
    let once = |(at, letter): (usize, &u8)| letters.iter().position(|other| other == letter) == Some(at);
    (2..=64).contains(&letters.len()) && letters.iter().all(fits) && letters.iter().enumerate().all(once)
}

/// The digit that is meant: of the character itself, else of its other case, else of the first that looks like it.
fn meant(letters: &[u8], typed: u8) -> u8 {
    if is_separator(char::from(typed)) {
        return SEPARATOR;
    }
    let find = |alike: fn(u8, u8) -> bool| letters.iter().position(|letter| alike(*letter, typed));
    let place = find(|one, other| one == other)
        .or_else(|| find(|one, other| one.eq_ignore_ascii_case(&other)))
        .or_else(|| find(|one, other| looks(one) == looks(other)));
    place.map_or(FOREIGN, |place| place as u8)
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
