//! Room for a logo.

use super::Code;

/// The side of a square that takes so many percent of the width, or a little less: an odd number of modules is in the middle of an odd
/// number.
pub(super) fn side(width: usize, percent: u8) -> usize {
    match width * usize::from(percent) / 100 {
        0 => usize::from(percent > 0),
        wide => wide - (wide + 1) % 2,
    }
}

/// Whether a module is in the square in the middle.
pub(super) fn covers(code: &Code, x: usize, y: usize) -> bool {
    let first = (code.side() - code.logo) / 2;
    let is_within = |place| place >= first && place < first + code.logo;
    is_within(x) && is_within(y)
}
