//! The modules as lines of bits: every row, and every column once more, so that both are looked at in the same way.

use super::fixed::Fixed;
use alloc::{vec, vec::Vec};

/// A part of a line. It has [`OWN`] modules of its own, from bit [`LEAD`] on; before and after them stand their neighbours, for
/// patterns that begin here and end in the next part. What is outside of the code is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Window {
    pub(super) dark: u64,
    /// The modules that a mask may turn round.
    pub(super) free: u64,
}

/// A multiple of 12, after which every mask repeats.
pub(super) const OWN: usize = 48;
/// As many neighbours as a pattern's light edge has modules.
pub(super) const LEAD: usize = 4;

/// All lines of a code: rows from the top, then columns from the left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) side: usize,
    /// Windows a line.
    pub(super) width: usize,
    pub(super) windows: Vec<Window>,
}

impl Grid {
    /// What every code of a version has.
    pub(super) fn of(version: usize) -> Grid {
        let side = version * 4 + 17;
        let width = side.div_ceil(OWN);
        let mut grid = Grid { side, width, windows: vec![Window::default(); 2 * side * width] };
        let fixed = Fixed::of(version);
        for y in 0..side {
            for x in 0..side {
                let module = fixed.module(x, y);
                grid.put(x, y, module == Some(true), module.is_none());
            }
        }
        grid
    }

    /// Puts the codewords where they belong: from the right, two columns at a time, upwards and downwards by turns (ISO/IEC
    /// 18004:2015, 7.7.3). The timing has a column of its own. What is left in the end stays light.
    pub(super) fn fill(&mut self, codewords: &[u8]) {
        let mut bit = 0;
        for pair in 0..self.side / 2 {
            let right = self.side - 1 - 2 * pair;
            let right = if right < 7 { right - 1 } else { right };
            for step in 0..self.side * 2 {
                let (x, down) = (right - step % 2, step / 2);
                let y = if pair % 2 == 0 { self.side - 1 - down } else { down };
                if self.is_free(x, y) {
                    let byte = codewords.get(bit / 8).copied().unwrap_or(0);
                    if byte >> (7 - bit % 8) & 1 == 1 {
                        self.turn(x, y);
                    }
                    bit += 1;
                }
            }
        }
    }

    fn is_free(&self, x: usize, y: usize) -> bool {
        self.windows.get(y * self.width + x / OWN).is_some_and(|window| window.free >> (x % OWN + LEAD) & 1 == 1)
    }

    /// Turns a module round.
    pub(super) fn turn(&mut self, x: usize, y: usize) {
        self.put(x, y, true, false);
    }

    /// Whether a module is dark with a mask that inverts it, if it may, or does not.
    pub(super) fn is_dark(&self, x: usize, y: usize, inverts: bool) -> bool {
        self.windows.get(y * self.width + x / OWN).is_some_and(|window| is_dark(window, u64::from(inverts) * u64::MAX, x))
    }

    fn put(&mut self, x: usize, y: usize, dark: bool, free: bool) {
        for (line, place) in [(y, x), (self.side + x, y)] {
            let windows = self.windows.iter_mut().skip(line * self.width).take(self.width);
            for (number, window) in windows.enumerate() {
                let bit = (place + LEAD).wrapping_sub(number * OWN);
                if bit < 64 {
                    window.dark ^= u64::from(dark) << bit;
                    window.free |= u64::from(free) << bit;
                }
            }
        }
    }
}

impl Window {
    /// The modules when those are turned round that a mask turns and may turn.
    pub(super) fn masked(&self, turned: u64) -> u64 {
        self.dark ^ turned & self.free
    }
}

/// Whether the module at a place of a line, of which this is the part, is dark.
pub(super) fn is_dark(window: &Window, turned: u64, place: usize) -> bool {
    window.masked(turned) >> (place % OWN + LEAD) & 1 == 1
}
