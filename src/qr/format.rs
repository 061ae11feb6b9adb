//! The format modules, which name level and mask (ISO/IEC 18004:2015, 7.9).

use super::{Level, grid::Grid};

/// Writes the level, and mask 0. Until now the modules are light.
pub(super) fn name(grid: &mut Grid, level: Level) {
    // As annex C has them, with the constant that is laid over.
    let bits = match level {
        Level::L => 0x77C4,
        Level::M => 0x5412,
        Level::Q => 0x355F,
        Level::H => 0x1689,
    };
    turn(grid, bits);
    grid.turn(8, grid.side - 8); // dark in every code
}

/// Rewrites the mask that a code names, from `from` to `to`.
///
/// Its error correction is linear: what is to be turned round is the code word of the bits in which the two differ, in the (15, 5) BCH
/// code with the generator 0x537, that is the sum of those of single bits.
pub(super) fn rename(grid: &mut Grid, from: usize, to: usize) {
    let other = from ^ to;
    turn(grid, ((other & 1) * 0x537) ^ ((other >> 1 & 1) * 0xA6E) ^ ((other >> 2) * 0x11EB));
}

fn turn(grid: &mut Grid, bits: usize) {
    for bit in (0..15).filter(|bit| bits >> bit & 1 == 1) {
        let (near, far) = places(grid.side, bit);
        grid.turn(near.0, near.1);
        grid.turn(far.0, far.1);
    }
}

/// Column and row of both copies of a bit: beside the first finder, and parted beside the two others.
fn places(side: usize, bit: usize) -> ((usize, usize), (usize, usize)) {
    let near = match bit {
        0..6 => (8, bit),
        6 | 7 => (8, bit + 1),
        8 => (7, 8),
        _ => (14 - bit, 8),
    };
    (near, if bit < 8 { (side - 1 - bit, 8) } else { (8, side + bit - 15) })
}
