//! From a text to modules.

use super::{
    Code, Level,
    blocks::{self, Blocks},
    format,
    grid::Grid,
    mask, segment,
};
use alloc::vec::Vec;

/// Within these versions, up to the last, lengths are written with as many bits (ISO/IEC 18004:2015, table 3), so that a text
/// is cut the same way.
const CLASSES: [usize; 3] = [9, 26, 40];

/// As many digits as the largest code holds. Nothing longer has to be looked at.
const LONGEST: usize = 7_089;

/// The smallest code from `version` on that holds the text; `None` when there is none.
pub(super) fn encoded(text: &[u8], level: Level, version: usize) -> Option<Code> {
    if text.len() > LONGEST {
        return None;
    }
    let mut first = version;
    for (class, last) in CLASSES.into_iter().enumerate() {
        let bits = segment::written(text, class);
        for version in first..=last {
            let blocks = Blocks::of(version, level);
            if bits.length <= blocks.data * 8 {
                return Some(drawn(&padded(bits, blocks.data), &blocks, level, version));
            }
        }
        first = first.max(last + 1);
    }
    None
}

/// Four bits 0, the rest of a byte, then two bytes by turns, as far as there is room (ISO/IEC 18004:2015, 7.4.9 and 7.4.10).
fn padded(bits: segment::Bits, length: usize) -> Vec<u8> {
    let mut bytes = bits.bytes;
    let rest = bytes.iter_mut().take(length).skip((bits.length + 4).div_ceil(8));
    for (place, byte) in rest.enumerate() {
        *byte = if place % 2 == 0 { 0xEC } else { 0x11 };
    }
    bytes
}

fn drawn(data: &[u8], blocks: &Blocks, level: Level, version: usize) -> Code {
    let mut grid = Grid::of(version);
    grid.fill(&blocks::interleaved(data, blocks));
    format::name(&mut grid, level);
    let mask = mask::choose(&mut grid);
    Code { grid, mask, logo: 0 }
}
