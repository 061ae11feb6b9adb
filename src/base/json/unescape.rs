//! Resolving the escapes of a string.

use super::scan::{after_plain, byte};
use alloc::string::String;

/// No UTF-16 code unit.
const NONE: u32 = u32::MAX;

/// Appends the letters of a string that begins at `start` and has its first escape at `end` to `out`; half a surrogate pair
/// becomes U+FFFD. Where it stopped: at the string's last quote, or at a mistake.
#[inline(never)]
pub fn unescape(text: &str, start: usize, mut end: usize, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    out.push_str(text.get(start..end).unwrap_or(""));
    while byte(bytes, end) == b'\\' {
        let escape = byte(bytes, end + 1);
        let mut unit = match escape {
            b'"' | b'\\' | b'/' => u32::from(escape),
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            _ => unit(bytes, end),
        };
        if unit == NONE {
            return end;
        }
        end += if escape == b'u' { 6 } else { 2 };
        if let (0xd800..=0xdbff, low @ 0xdc00..=0xdfff) = (unit, self::unit(bytes, end)) {
            unit = 0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff);
            end += 6;
        }
        out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        let next = after_plain(bytes, end);
        out.push_str(text.get(end..next).unwrap_or(""));
        end = next;
    }
    end
}

/// The code unit of an escape such as `\u00e9`; [`NONE`] of anything else.
fn unit(bytes: &[u8], at: usize) -> u32 {
    if byte(bytes, at) != b'\\' || byte(bytes, at + 1) != b'u' {
        return NONE;
    }
    let mut unit = 0;
    for place in at + 2..at + 6 {
        let Some(digit) = char::from(byte(bytes, place)).to_digit(16) else { return NONE };
        unit = unit << 4 | digit;
    }
    unit
}
