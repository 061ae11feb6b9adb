//! How hard a masked code would be to read (ISO/IEC 18004:2015, table 11), as the reference generator counts it: patterns like
//! finders are told by the lengths of their runs, at every size.

use super::{
    grid::{Grid, LEAD, OWN, Window, is_dark},
    mask::{PERIOD, Pattern},
};

/// For a run of five alike, and one more for each further module.
const RUN: u32 = 3;
const SQUARE: u32 = 3;
const FINDER: u32 = 40;
const BALANCE: u32 = 10;

/// The bits of a window that are its own.
const OWN_BITS: u64 = ((1 << OWN) - 1) << LEAD;

pub(super) fn penalty(grid: &Grid, pattern: &Pattern) -> u32 {
    let mut sum = 0;
    let mut dark = 0;
    let mut above: [u64; 4] = [0; 4];
    for (number, line) in grid.windows.chunks(grid.width).enumerate() {
        let is_row = number < grid.side;
        let place = if is_row { number % PERIOD } else { PERIOD + (number - grid.side) % PERIOD };
        let turned = pattern.get(place).copied().unwrap_or(0);
        let mut is_wide = false;
        for ((part, window), above) in line.iter().enumerate().zip(&mut above) {
            let bits = window.masked(turned);
            let found = Found::of(bits, grid.side, part);
            is_wide |= found.is_wide;
            sum += found.penalty;
            if is_row {
                dark += (bits & OWN_BITS).count_ones();
                sum += if number > 0 { squares(*above, bits, grid.side, part) } else { 0 };
                *above = bits;
            }
        }
        if is_wide {
            sum += wide(line, turned, grid.side);
        }
    }
    sum + balance(dark, grid.side)
}

/// What is found in one window.
struct Found {
    penalty: u32,
    /// Whether a dark run is as long as the middle of a pattern whose unit is more than one module.
    is_wide: bool,
}

impl Found {
    fn of(bits: u64, side: usize, part: usize) -> Found {
        let same = same(bits);
        let five = same & same >> 1 & same >> 2 & same >> 3 & inside(side - 4, part);
        let starts = five & !(five << 1);
        let run = (five & OWN_BITS).count_ones() + (RUN - 1) * (starts & OWN_BITS).count_ones();
        Found { penalty: run + finders(bits), is_wide: is_wide(five & five >> 1 & bits) }
    }
}

/// Whether a module and the next one are alike.
fn same(bits: u64) -> u64 {
    !(bits ^ bits >> 1)
}

/// The bits of modules before the `limit`th of a line.
fn inside(limit: usize, part: usize) -> u64 {
    let bits = (limit + LEAD).saturating_sub(part * OWN);
    let below = if bits < 64 { (1 << bits) - 1 } else { u64::MAX };
    if part == 0 { below >> LEAD << LEAD } else { below }
}

/// Patterns like a finder, dark, light, three dark, light, dark, with four light modules on one side, or on both: that counts twice.
fn finders(bits: u64) -> u32 {
    let light = !bits;
    let middle =
        light << 1 & bits & light >> 1 & bits >> 2 & bits >> 3 & bits >> 4 & light >> 5 & bits >> 6 & light >> 7 & OWN_BITS;
    if middle == 0 {
        return 0;
    }
    let before = middle & light << 2 & light << 3 & light << 4;
    let after = middle & light >> 8 & light >> 9 & light >> 10;
    FINDER * (before.count_ones() + after.count_ones())
}

/// `six` has the modules with which six dark ones begin. Of a middle, three units, there is one such, or there are four or more; a
/// finder's edge of seven has two.
fn is_wide(six: u64) -> bool {
    let single = six & !(six << 1) & !(six >> 1);
    let four = six & six >> 1 & six >> 2 & six >> 3;
    (single | four) & OWN_BITS != 0
}

/// Patterns like a finder whose unit is more than one module. They are rare: counted run by run.
fn wide(line: &[Window], turned: u64, side: usize) -> u32 {
    let mut runs = Runs { last: [0; 7], count: 0 };
    // Outside of the code everything is light.
    let (mut length, mut was_dark) = (side, false);
    for place in 0..side {
        let dark = line.get(place / OWN).is_some_and(|window| is_dark(window, turned, place));
        if dark != was_dark {
            runs.add(length, was_dark);
            (length, was_dark) = (0, dark);
        }
        length += 1;
    }
    if was_dark {
        runs.add(length, true);
        length = 0;
    }
    runs.add(length + side, false);
    runs.count * FINDER
}

/// The lengths of the last runs, the latest first, and how many patterns they were.
struct Runs {
    last: [usize; 7],
    count: u32,
}

impl Runs {
    fn add(&mut self, length: usize, is_dark: bool) {
        let [one, two, three, four, five, before, _] = self.last;
        let after = length;
        self.last = [after, one, two, three, four, five, before];
        if !is_dark && one > 1 && [two, three, four, five] == [one, one * 3, one, one] {
            let counts = |near, far| u32::from(near >= one * 4 && far >= one);
            self.count += counts(after, before) + counts(before, after);
        }
    }
}

/// Two by two modules alike, between a row and the one above.
fn squares(above: u64, bits: u64, side: usize, part: usize) -> u32 {
    let alike = same(above) & same(bits) & !(above ^ bits) & inside(side - 1, part) & OWN_BITS;
    SQUARE * alike.count_ones()
}

/// For every full 5 % by which the dark modules are more or less than half, beyond the first.
fn balance(dark: u32, side: usize) -> u32 {
    let total = (side * side) as u32;
    BALANCE * ((dark * 20).abs_diff(total * 10).div_ceil(total) - 1)
}
