//! Versions: how large a code is and how much it holds.

use super::{Level, segment};

/// Error correction codewords per block, by level and version (ISO/IEC 18004:2015, table 9).
#[rustfmt::skip]
const CORRECTION: [[u8; 40]; 4] = [
    [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
    [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
];

/// Blocks the codewords are divided into, by level and version (ISO/IEC 18004:2015, table 9).
#[rustfmt::skip]
const BLOCKS: [[u8; 40]; 4] = [
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
    [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
    [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
    [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
];

/// The smallest version, 1 to 40, whose data codewords hold `text` at `level`.
pub(super) fn smallest(text: &str, level: Level) -> Option<usize> {
    (1..=40).find(|&version| segment::bits(text, version) <= 8 * data_words(version, level))
}

/// Modules per edge.
pub(super) const fn side(version: usize) -> usize {
    4 * version + 17
}

/// Error correction codewords in each block.
pub(super) fn correction_words(version: usize, level: Level) -> usize {
    CORRECTION[level as usize][version - 1].into()
}

/// Number of blocks.
pub(super) fn blocks(version: usize, level: Level) -> usize {
    BLOCKS[level as usize][version - 1].into()
}

/// Codewords for data, those for error correction not counted.
pub(super) fn data_words(version: usize, level: Level) -> usize {
    words(version) - correction_words(version, level) * blocks(version, level)
}

/// All codewords: the modules that no fixed pattern takes, in eights.
pub(super) fn words(version: usize) -> usize {
    let edge = side(version);
    let finders = 3 * 64;
    let timing = 2 * (edge - 16);
    let format = 31;
    let about_version = if version < 7 { 0 } else { 36 };
    (edge * edge - finders - timing - format - about_version - alignment_modules(version)) / 8
}

/// Modules of alignment patterns that are not already counted as timing patterns.
fn alignment_modules(version: usize) -> usize {
    let lines = alignment_lines(version);
    if lines == 0 { 0 } else { 25 * (lines * lines - 3) - 10 * (lines - 2) }
}

/// On how many rows, and as many columns, alignment patterns are centred.
fn alignment_lines(version: usize) -> usize {
    if version == 1 { 0 } else { version / 7 + 2 }
}

/// Rows, and also columns, on which alignment patterns are centred, last first (ISO/IEC 18004:2015, annex E).
///
/// All lines are evenly spaced with an even step, but the first is always 6. Rounding the step as annex E does
/// is the fraction below; its table is reproduced for all 40 versions.
pub(super) fn alignment(version: usize) -> impl Iterator<Item = usize> + Clone {
    let lines = alignment_lines(version);
    let step = if lines < 2 { 0 } else { (8 * version + 3 * lines + 5) / (4 * lines - 4) * 2 };
    (0..lines).map(move |line| if line + 1 == lines { 6 } else { side(version) - 7 - line * step })
}
