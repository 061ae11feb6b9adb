//! From text to data codewords: mode, count, characters, padding (ISO/IEC 18004:2015, 7.4).

use super::{Level, version};
use alloc::vec::Vec;

/// The 45 characters of alphanumeric mode; a character's value is its place here.
const CAPITALS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// How the characters are packed.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Digits = 1,
    Capitals = 2,
    Bytes = 4,
}

/// Codewords under construction.
struct Bits {
    words: Vec<u8>,
    length: usize,
}

impl Bits {
    fn push(&mut self, value: usize, bits: usize) {
        for place in (0..bits).rev() {
            if self.length.is_multiple_of(8) {
                self.words.push(0);
            }
            if let Some(last) = self.words.last_mut() {
                *last |= ((value >> place & 1) << (7 - self.length % 8)) as u8;
            }
            self.length += 1;
        }
    }
}

/// Bits that `text` takes in a code of this version, padding excluded.
pub(super) fn bits(text: &str, version: usize) -> usize {
    let mode = mode(text);
    let characters = match mode {
        Mode::Digits => (10 * text.len()).div_ceil(3),
        Mode::Capitals => (11 * text.len()).div_ceil(2),
        Mode::Bytes => 8 * text.len(),
    };
    if text.is_empty() { 0 } else { 4 + count_bits(mode, version) + characters }
}

/// All data codewords of a code of this version: `text`, then padding up to capacity.
pub(super) fn codewords(text: &str, version: usize, level: Level) -> Vec<u8> {
    let capacity = version::data_words(version, level);
    let mut bits = Bits { words: Vec::with_capacity(capacity), length: 0 };
    if !text.is_empty() {
        write(text, version, &mut bits);
    }
    let terminator = (8 * capacity - bits.length).min(4);
    bits.push(0, terminator);
    for pad in [0xEC, 0x11].into_iter().cycle().take(capacity - bits.words.len()) {
        bits.words.push(pad);
    }
    bits.words
}

fn write(text: &str, version: usize, bits: &mut Bits) {
    let mode = mode(text);
    bits.push(mode as usize, 4);
    bits.push(text.len(), count_bits(mode, version));
    let (base, group) = match mode {
        Mode::Digits => (10, 3),
        Mode::Capitals => (45, 2),
        Mode::Bytes => (256, 1),
    };
    for characters in text.as_bytes().chunks(group) {
        let value = characters.iter().fold(0, |sum, &byte| base * sum + worth(byte, mode));
        bits.push(value, width(mode, characters.len()));
    }
}

fn worth(byte: u8, mode: Mode) -> usize {
    match mode {
        Mode::Bytes => byte.into(),
        _ => CAPITALS.iter().position(|&known| known == byte).unwrap_or(0),
    }
}

fn width(mode: Mode, characters: usize) -> usize {
    match mode {
        Mode::Digits => 3 * characters + 1,
        Mode::Capitals => 5 * characters + 1,
        Mode::Bytes => 8,
    }
}

fn mode(text: &str) -> Mode {
    let all = |known: &[u8]| text.bytes().all(|byte| known.contains(&byte));
    match () {
        () if all(&CAPITALS[..10]) => Mode::Digits,
        () if all(CAPITALS) => Mode::Capitals,
        () => Mode::Bytes,
    }
}

/// Width of the character count (ISO/IEC 18004:2015, table 3).
fn count_bits(mode: Mode, version: usize) -> usize {
    let wide = usize::from(version > 9) + usize::from(version > 26);
    match mode {
        Mode::Digits => 10 + 2 * wide,
        Mode::Capitals => 9 + 2 * wide,
        Mode::Bytes => 8 + 8 * wide.min(1),
    }
}
