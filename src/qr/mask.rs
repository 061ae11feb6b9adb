//! Which of the eight masks is the best, and the code with it.

use super::{
    format,
    grid::{Grid, LEAD},
    penalty::penalty,
};

/// After so many modules every mask repeats, along a line and from line to line.
pub(super) const PERIOD: usize = 12;

/// What a mask turns round, as the bits of a window: for rows, then for columns. Both repeat.
pub(super) type Pattern = [u64; 2 * PERIOD];

/// Finds the best mask for a code that names mask 0: the first of those with the least penalty. The code names it then.
pub(super) fn choose(grid: &mut Grid) -> usize {
    let mut best = (0, u32::MAX);
    for mask in 0..8_usize {
        format::rename(grid, mask.saturating_sub(1), mask);
        let penalty = penalty(grid, &pattern(mask));
        if penalty < best.1 {
            best = (mask, penalty);
        }
    }
    format::rename(grid, 7, best.0);
    best.0
}

fn pattern(mask: usize) -> Pattern {
    core::array::from_fn(|line| {
        let is_turned = |place| if line < PERIOD { inverts(mask, place, line) } else { inverts(mask, line - PERIOD, place) };
        // The first bit of a window is LEAD modules before a multiple of the period.
        let bits = (0..PERIOD).map(|bit| u64::from(is_turned((bit + PERIOD - LEAD) % PERIOD)) << bit).sum::<u64>();
        bits.wrapping_mul(0x1001_0010_0100_1001)
    })
}

/// Whether a mask inverts the module in column `x` of row `y` (ISO/IEC 18004:2015, table 10).
pub(super) fn inverts(mask: usize, x: usize, y: usize) -> bool {
    let other = match mask {
        0 => x + y,
        1 => y,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => x / 3 + y / 2,
        5 => x * y % 6,
        6 => x * y % 2 + x * y % 3,
        _ => (x + y) % 2 + x * y % 3,
    };
    match mask {
        2 | 3 | 5 => other == 0,
        _ => other % 2 == 0,
    }
}
