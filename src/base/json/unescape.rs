//! Resolving the escapes of a string.

use alloc::string::String;

/// Appends the letters of `inner`, a string without its quotes, to `out`; half a surrogate pair becomes U+FFFD.
pub fn unescape(inner: &str, out: &mut String) {
    let mut rest = inner.chars();
    let mut high: Option<u32> = None;
    while let Some(letter) = rest.next() {
        let escape = if letter == '\\' { rest.next() } else { None };
        let unit = match escape {
            None => letter as u32,
            Some('n') => 10,
            Some('t') => 9,
            Some('r') => 13,
            Some('b') => 8,
            Some('f') => 12,
            Some('u') => (0..4).fold(0u32, |unit, _| unit << 4 | rest.next().and_then(|digit| digit.to_digit(16)).unwrap_or(0)),
            Some(plain) => plain as u32,
        };
        match (high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => out.extend(char::from_u32(0x1_0000 + ((high & 0x3ff) << 10 | unit & 0x3ff))),
            (alone, _) => {
                out.extend(alone.map(|_| char::REPLACEMENT_CHARACTER));
                match unit {
                    0xd800..=0xdbff => high = Some(unit),
                    _ => out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
        }
    }
    out.extend(high.map(|_| char::REPLACEMENT_CHARACTER));
}
