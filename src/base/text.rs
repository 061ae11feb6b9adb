//! Small cuts of text, byte by byte: the general searchers of the standard library cost the page a kilobyte.

use alloc::string::String;

/// Cuts a text at the first `mark`, an ASCII character, which belongs to neither part.
pub fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == mark).and_then(|at| text.split_at_checked(at)) {
        Some((before, after)) => (before, after.get(1..)),
        None => (text, None),
    }
}

/// Writes a number with at least so many digits, zeros first. `radix` is 10 or 16.
pub fn push_digits(text: &mut String, number: u64, radix: u32, least: u32) {
    let higher = number / u64::from(radix);
    if higher > 0 || least > 1 {
        push_digits(text, higher, radix, least.saturating_sub(1));
    }
    text.push(char::from_digit((number % u64::from(radix)) as u32, radix).unwrap_or('0'));
}

/// The whole number that a text of digits stands for; `None` for anything else and beyond 18 digits.
pub fn number(text: &str) -> Option<i64> {
    let mut number = 0;
    for byte in text.bytes() {
        number = number * 10 + i64::from(byte.wrapping_sub(b'0'));
        if !byte.is_ascii_digit() || text.len() > 18 {
            return None;
        }
    }
    (!text.is_empty()).then_some(number)
}
