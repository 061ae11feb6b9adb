//! Referral codes that can be read aloud, and that notice typing mistakes.

use crate::base::{Host, random};
use alloc::string::String;

/// Digits and capitals without 0, 1, I, L and O, which are taken for each other. Their number is prime, which the
/// check character relies on.
pub const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

const ORDER: u32 = ALPHABET.len() as u32;

/// The inverse of 3 modulo 31. Summing with it from the left gives 0 exactly where weights of 1, 3, 9, … do.
const THIRD: u32 = 21;

/// A new random code of `length` characters, at least 2, the last of which is the check character.
///
/// Each character is equally likely (bytes past the last whole multiple of 31 are thrown away). With the default
/// length of 8 there are 31⁷ ≈ 2.75 · 10¹⁰ codes: among 10,000 codes the odds of any clash are 0.2 %, among
/// 100,000 they are 17 % (1 - exp(-k(k-1)/2N)), so a server that hands out rewards must check for clashes.
pub fn random(host: &dyn Host, length: usize) -> String {
    let mut code = String::new();
    let mut sum = 0;
    for _ in 1..length {
        let digit = random::below(host, ORDER);
        sum = (sum * THIRD + digit) % ORDER;
        push(&mut code, digit);
    }
    push(&mut code, (ORDER - sum * THIRD % ORDER) % ORDER);
    code
}

/// The code that somebody typed: capitals, without spaces and hyphens. `None` when it cannot be a code: a foreign
/// character, fewer than 4 or more than 20 characters, or a wrong check character.
///
/// The weighted sum Σ dᵢ·3ⁱ over all characters must be 0 modulo 31. No weight is 0, so every single wrong
/// character changes it; 3 generates all 30 residues, so neighbouring weights differ, and every swap of two different
/// neighbours changes it too.
///
/// ```
/// # use privateer::referral::code::normalise;
/// assert_eq!(normalise(" 2222-2222 ").as_deref(), Some("22222222")); // all digits are 0: the sum is 0
/// assert_eq!(normalise("22222223"), None);
/// ```
pub fn normalise(typed: &str) -> Option<String> {
    let mut code = String::new();
    let mut sum = 0;
    for byte in typed.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
        let digit = ALPHABET.iter().position(|letter| *letter == byte.to_ascii_uppercase())? as u32;
        sum = (sum * THIRD + digit) % ORDER;
        push(&mut code, digit);
    }
    (sum == 0 && (4..=20).contains(&code.len())).then_some(code)
}

fn push(code: &mut String, digit: u32) {
    if let Some(letter) = ALPHABET.get(digit as usize) {
        code.push(char::from(*letter));
    }
}
