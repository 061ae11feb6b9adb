//! Where everything goes: fixed patterns, codewords, mask, format (ISO/IEC 18004:2015, 6.3, 7.7 to 7.10).

use super::{Code, Level, penalty, version};
use alloc::{vec, vec::Vec};

/// A code being drawn. `fixed` marks the modules that codewords and masks leave alone.
struct Drawing {
    code: Code,
    fixed: Vec<bool>,
}

/// The whole code, under the mask that scanners like best.
pub(super) fn draw(version: usize, level: Level, words: &[u8]) -> Code {
    let mut drawing = Drawing::patterns(version, level);
    drawing.words(words);
    let best = (0..8).min_by_key(|&mask| penalty::of(&drawing.masked(mask, level))).unwrap_or(0);
    drawing.masked(best, level)
}

impl Drawing {
    /// Everything that does not depend on the text. The format is drawn to keep its place.
    fn patterns(version: usize, level: Level) -> Drawing {
        let side = version::side(version);
        let empty = vec![false; side * side];
        let mut drawing = Drawing { code: Code { side, dark: empty.clone() }, fixed: empty };
        drawing.timing();
        drawing.finders();
        drawing.alignments(version);
        drawing.format(level, 0);
        if version >= 7 {
            drawing.about_version(version);
        }
        drawing
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        let place = y * self.code.side + x;
        self.code.dark[place] = dark;
        self.fixed[place] = true;
    }

    fn timing(&mut self) {
        for place in 0..self.code.side {
            self.set(6, place, place % 2 == 0);
            self.set(place, 6, place % 2 == 0);
        }
    }

    /// Three finders of 7 by 7, each with the light separator on its inner sides.
    fn finders(&mut self) {
        let far = self.code.side - 4;
        for (x, y) in [(3, 3), (far, 3), (3, far)] {
            self.rings(x, y, 4, |ring| ring != 2 && ring != 4);
        }
    }

    /// Alignment patterns, except in the three corners taken by finders.
    fn alignments(&mut self, version: usize) {
        let (lines, last) = (version::alignment(version), self.code.side - 7);
        for y in lines.clone() {
            for x in lines.clone() {
                if (x, y) != (6, 6) && (x, y) != (6, last) && (x, y) != (last, 6) {
                    self.rings(x, y, 2, |ring| ring != 1);
                }
            }
        }
    }

    /// Square rings around a centre; what falls outside the code is left out.
    fn rings(&mut self, x: usize, y: usize, radius: usize, dark: impl Fn(usize) -> bool) {
        let side = self.code.side;
        for row in y.saturating_sub(radius)..=(y + radius).min(side - 1) {
            for column in x.saturating_sub(radius)..=(x + radius).min(side - 1) {
                self.set(column, row, dark(row.abs_diff(y).max(column.abs_diff(x))));
            }
        }
    }

    /// Level and mask, twice, each protected by a BCH(15,5) code; and the one module that is always dark.
    fn format(&mut self, level: Level, mask: usize) {
        let level = [1, 0, 3, 2][level as usize];
        let bits = with_remainder(level << 3 | mask, 10, 0x537) ^ 0x5412;
        let side = self.code.side;
        for place in 0..15 {
            let (near, far) = (near_format(place), far_format(place, side));
            self.set(near.0, near.1, bits >> place & 1 == 1);
            self.set(far.0, far.1, bits >> place & 1 == 1);
        }
        self.set(8, side - 8, true);
    }

    /// The version, twice, protected by a BCH(18,6) code.
    fn about_version(&mut self, version: usize) {
        let bits = with_remainder(version, 12, 0x1F25);
        for place in 0..18 {
            let (far, near) = (self.code.side - 11 + place % 3, place / 3);
            self.set(far, near, bits >> place & 1 == 1);
            self.set(near, far, bits >> place & 1 == 1);
        }
    }

    /// Codewords, most significant bit first, in columns two wide: up, down, up, from the right edge.
    /// The column of the vertical timing pattern is skipped.
    fn words(&mut self, words: &[u8]) {
        let side = self.code.side;
        let mut next = 0;
        for pair in 0..side / 2 {
            let right = side - 1 - 2 * pair;
            let right = if right <= 6 { right - 1 } else { right };
            for step in 0..2 * side {
                let y = if pair % 2 == 0 { side - 1 - step / 2 } else { step / 2 };
                let place = y * side + right - step % 2;
                if !self.fixed[place] {
                    // The few modules beyond the last codeword stay light.
                    self.code.dark[place] = words.get(next / 8).is_some_and(|word| word >> (7 - next % 8) & 1 == 1);
                    next += 1;
                }
            }
        }
    }

    /// A copy with every free module turned where the mask says so, and the mask named in the format.
    fn masked(&self, mask: usize, level: Level) -> Code {
        let mut copy = Drawing { code: self.code.clone(), fixed: self.fixed.clone() };
        let side = copy.code.side;
        for (place, dark) in copy.code.dark.iter_mut().enumerate() {
            *dark ^= !self.fixed[place] && turns(mask, place % side, place / side);
        }
        copy.format(level, mask);
        copy.code
    }
}

/// Column and row of a format bit around the first finder; the timing patterns are stepped over.
fn near_format(place: usize) -> (usize, usize) {
    match place {
        0..6 => (8, place),
        6..8 => (8, place + 1),
        8 => (7, 8),
        _ => (14 - place, 8),
    }
}

/// Column and row of the same bit's copy, shared between the other two finders.
fn far_format(place: usize, side: usize) -> (usize, usize) {
    if place < 8 { (side - 1 - place, 8) } else { (8, side - 15 + place) }
}

/// Whether a mask turns the module in column `x` of row `y` (ISO/IEC 18004:2015, table 10).
fn turns(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}

/// `value` followed by the remainder, `bits` wide, of its division by a BCH generator polynomial.
fn with_remainder(value: usize, bits: usize, generator: usize) -> usize {
    let rest = (0..bits).fold(value, |rest, _| (rest << 1) ^ ((rest >> (bits - 1)) * generator));
    value << bits | rest
}
