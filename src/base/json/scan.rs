//! Passing over bytes.

/// A byte in each of eight places.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The byte at a place; 0 past the end.
#[inline(always)]
pub fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Where white space ends. Mostly there is none, which is found out without a call.
#[inline(always)]
pub fn after_space(bytes: &[u8], at: usize) -> usize {
    if byte(bytes, at) > b' ' { at } else { after_much_space(bytes, at) }
}

#[inline(never)]
fn after_much_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(byte(bytes, at), b' ' | b'\t' | b'\n' | b'\r') {
        at += 1;
    }
    at
}

/// Where a plain stretch of a string ends: at a quote, a backslash, a control character, or the text's end.
///
/// Eight bytes at once, for most of a payload is strings: subtracting from each byte borrows through its highest bit
/// only where it is too small, and the lowest such bit is never wrong (Mycroft's test).
pub fn after_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(Ok(next)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
        let next = u64::from_le_bytes(next);
        let (quote, backslash) = (next ^ eight(b'"'), next ^ eight(b'\\'));
        let ends = quote.wrapping_sub(eight(1)) & !quote
            | backslash.wrapping_sub(eight(1)) & !backslash
            | next.wrapping_sub(eight(32)) & !next;
        let ends = ends & eight(128);
        if ends != 0 {
            return at + ends.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while !matches!(byte(bytes, at), b'"' | b'\\' | 0..=31) {
        at += 1;
    }
    at
}

/// Passes over an object or a list by its brackets, from the opening one on; where it does not close, the place of
/// what ends it instead. The curly brackets are the square ones with one bit more.
pub fn after_brackets(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    let mut depth = 0;
    loop {
        let next = byte(bytes, at);
        if next == b'"' {
            at = after_string(bytes, at + 1)?;
        } else if next | 32 == b'{' {
            depth += 1;
        } else if next | 32 == b'}' {
            depth -= 1;
            if depth == 0 {
                return Ok(at + 1);
            }
        } else if next == 0 && at >= bytes.len() {
            return Err(at);
        }
        at += 1;
    }
}

/// The place of the quote that ends a string, whatever its escapes are.
fn after_string(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    loop {
        at = after_plain(bytes, at);
        match byte(bytes, at) {
            b'"' => return Ok(at),
            b'\\' => at += 2,
            _ => return Err(at),
        }
    }
}
